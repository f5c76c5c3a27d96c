package io.github.gpucdi.host;

/**
 * Text that a snapshot may carry: one line that shows what it says.
 *
 * <p>Refused are control characters (C0, DEL, C1), the line and paragraph separators U+2028 and U+2029, the
 * bidirectional controls of UAX #9 (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) and surrogates without
 * their other half, which UTF-8 cannot carry.
 */
public final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    /** Whether the text holds nothing that is refused. The empty text is plain. */
    public static boolean isPlain(String text) {
        return firstRefused(text) < 0;
    }

    /** The text with U+FFFD in place of each refused character; the same text if it is plain. */
    public static String of(String text) {
        int first = firstRefused(text);
        if (first < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        for (int i = first; i < text.length(); i++) {
            if (refusedAt(text, i)) {
                plain.setCharAt(i, REPLACEMENT);
            }
        }
        return plain.toString();
    }

    /**
     * The text with what is refused spelled out where it can be, such as {@code \x0a}, for who is to know what stood
     * there; {@code ?} for the rest and for U+FFFD, which says that the bytes were no UTF-8.
     */
    public static String escaped(String text) {
        if (isPlain(text) && text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            String character = Character.toString(point);
            if (point != REPLACEMENT && isPlain(character)) {
                escaped.append(character);
            } else if (point > 0xff) {
                escaped.append('?');
            } else {
                escaped.append("\\x")
                        .append(Character.forDigit(point >> 4, 16))
                        .append(Character.forDigit(point & 15, 16));
            }
        }
        return escaped.toString();
    }

    private static int firstRefused(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (refusedAt(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean refusedAt(String text, int index) {
        char c = text.charAt(index);
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c)
                    ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
                    : index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || isBidiControl(c);
    }

    private static boolean isBidiControl(char c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || c >= '\u202A' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069';
    }
}
