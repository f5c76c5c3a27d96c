package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rule of the specification for annotations. Loaders do not check it, schema tools do, hence warnings.
 */
final class AnnotationRules {
    /** UTF-8 bytes of all keys and values of one map. */
    private static final long MAX_BYTES = 262_144;

    private static final int MAX_PREFIX = 253;
    private static final int MAX_NAME = 63;

    private final Findings findings;

    AnnotationRules(Findings findings) {
        this.findings = findings;
    }

    void check(String where, Map<String, String> annotations) {
        long bytes = 0;
        for (Map.Entry<String, String> entry : new TreeMap<>(annotations).entrySet()) {
            String key = entry.getKey();
            String at = JsonPointer.member(where, key);
            findings.text(at, key);
            findings.text(at, entry.getValue());
            bytes += utf8Length(key) + utf8Length(entry.getValue());
            if (!isKey(key)) {
                findings.warning(
                        Code.ANNOTATION_KEY_INVALID,
                        at,
                        "'" + key + "' is not a valid annotation key",
                        "write [prefix/]name: a DNS name, then at most 63 letters, digits, _ . -");
            }
        }
        if (bytes > MAX_BYTES) {
            findings.warning(
                    Code.ANNOTATIONS_TOO_LARGE,
                    where,
                    "the annotations hold " + bytes + " bytes, more than " + MAX_BYTES,
                    "shorten them");
        }
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** {@code [prefix/]name}, without regard to letter case. */
    static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return (slash < 0 || isPrefix(key.substring(0, slash))) && isName(key.substring(slash + 1));
    }

    /** A DNS-1123 subdomain; the key is lower-cased before the check. */
    private static boolean isPrefix(String prefix) {
        if (prefix.isEmpty() || prefix.length() > MAX_PREFIX) {
            return false;
        }
        int start = 0;
        while (start <= prefix.length()) {
            int dot = prefix.indexOf('.', start);
            int end = dot < 0 ? prefix.length() : dot;
            if (!isFramed(prefix, start, end, "-")) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isName(String name) {
        return name.length() <= MAX_NAME && isFramed(name, 0, name.length(), "-_.");
    }

    /** ASCII letters and digits, between the first and the last also {@code inner}; not empty. */
    private static boolean isFramed(String text, int start, int end, String inner) {
        if (start == end) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            boolean edge = i == start || i == end - 1;
            if (!alphanumeric && (edge || inner.indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }
}
