package io.github.gpucdi.cdi.spec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** What may stand raw in a spec file. */
public final class Unicode {
    private Unicode() {}

    /**
     * Whether a UTF-16 unit may stand unescaped in a quoted string of a file that a YAML 1.1 parser reads. Not allowed:
     * controls, C1 controls (U+0085 is a line break to YAML), U+2028 and U+2029 (line breaks), the byte order mark and
     * the two non-characters at the end of the basic plane.
     */
    public static boolean isRawInYaml(char c) {
        return c >= ' ' && c < 0x7F || c >= 0xA0 && c != 0x2028 && c != 0x2029 && c != 0xFEFF && c < 0xFFFE;
    }

    /** {@code text} with U+FFFD in place of each surrogate that is not part of a pair. */
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (isPairAt(text, i)) {
                    i++;
                } else {
                    return repaired(text);
                }
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPairAt(text, i)) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }

    private static boolean isPairAt(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    /** UTF-8 as loaders decode it: each byte that is no part of a character becomes U+FFFD. */
    public static String decoded(byte[] utf8) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult end = decoder.decode(in, out, true);
        while (end.isError()) {
            for (int i = 0; i < end.length(); i++) {
                in.get();
                out.put('\ufffd');
            }
            end = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }
}
