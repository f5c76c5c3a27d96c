package io.github.gpucdi.e2e;

/** Text for failure messages: whatever does not print, or does not print the same everywhere, as {@code <U+85>}. */
final class Escaped {
    private Escaped() {}

    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (codePoint == '\n' || codePoint >= ' ' && codePoint < 0x7f) {
                out.append((char) codePoint);
            } else {
                out.append("<U+").append(Integer.toHexString(codePoint)).append('>');
            }
        });
        return out.toString();
    }
}
