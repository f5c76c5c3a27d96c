package io.github.gpucdi.terminal;

/** Text from outside, made safe for a terminal. */
public final class SafeText {
    private SafeText() {}

    /** {@code text} with control, format and line separator characters written as Java escapes of four digits. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                String hex = Integer.toHexString(c);
                safe.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static boolean isUnsafe(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
