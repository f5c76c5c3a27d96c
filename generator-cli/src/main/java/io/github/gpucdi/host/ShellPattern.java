package io.github.gpucdi.host;

/**
 * A path or file name with a shell's wildcards: {@code *} for any text and {@code ?} for one character, neither of which is
 * a slash, {@code [a-z]} for one of a set, {@code [!a-z]} or {@code [^a-z]} for one of no set, and {@code \} for the
 * character behind it as it is. A bracket that nothing closes stands for itself. A name's first dot is no exception.
 *
 * @param text such as {@code /dev/nvhost-*}
 */
public record ShellPattern(String text) {
    private static final String SPECIAL = "*?[\\";

    /** Whether any character of a text has a meaning. */
    public static boolean isPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the whole of {@code name} fits. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int afterStar = -1;
        int retryFrom = 0;
        while (n < name.length() || p < text.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                afterStar = ++p;
                retryFrom = n;
                continue;
            }
            int next = n < name.length() ? matchOne(p, name.charAt(n)) : -1;
            if (next >= 0) {
                p = next;
                n++;
            } else if (afterStar >= 0 && retryFrom < name.length() && name.charAt(retryFrom) != '/') {
                p = afterStar;
                n = ++retryFrom;
            } else {
                return false;
            }
        }
        return true;
    }

    /** Where the pattern goes on if what stands at {@code p} fits one character; -1 if it does not. */
    private int matchOne(int p, char c) {
        if (p == text.length()) {
            return -1;
        }
        char wanted = text.charAt(p);
        if (wanted == '[') {
            int end = endOfSet(p);
            if (end >= 0) {
                return c != '/' && isInSet(p + 1, end, c) ? end + 1 : -1;
            }
        }
        if (wanted == '?') {
            return c == '/' ? -1 : p + 1;
        }
        boolean escaped = wanted == '\\' && p + 1 < text.length();
        int at = escaped ? p + 1 : p;
        return text.charAt(at) == c ? at + 1 : -1;
    }

    /** The bracket that closes the set; one that stands first in it belongs to it. */
    private int endOfSet(int open) {
        int first = isNegated(open + 1) ? open + 2 : open + 1;
        return text.indexOf(']', first + 1);
    }

    private boolean isNegated(int from) {
        return from < text.length() && (text.charAt(from) == '!' || text.charAt(from) == '^');
    }

    private boolean isInSet(int from, int end, char c) {
        boolean negated = isNegated(from);
        boolean found = false;
        int at = negated ? from + 1 : from;
        while (at < end) {
            boolean range = at + 2 < end && text.charAt(at + 1) == '-';
            char low = text.charAt(at);
            char high = range ? text.charAt(at + 2) : low;
            found |= low <= c && c <= high;
            at += range ? 3 : 1;
        }
        return found != negated;
    }
}
