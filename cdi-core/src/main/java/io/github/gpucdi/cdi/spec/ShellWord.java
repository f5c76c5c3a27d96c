package io.github.gpucdi.cdi.spec;

import java.util.List;

/** Words of a command line as a shell takes them. */
public final class ShellWord {
    private static final String SAFE = "/._-+=:@%,";

    private ShellWord() {}

    /** {@code text} as one word that means itself, in single quotes if need be: it may come from anywhere. */
    public static String of(String text) {
        return isSafe(text) ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Each of {@code texts} as a word, with a space between them. Different lists give different lines. */
    public static String line(List<String> texts) {
        StringBuilder line = new StringBuilder();
        for (String text : texts) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(of(text));
        }
        return line.toString();
    }

    private static boolean isSafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean safe = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || SAFE.indexOf(c) >= 0;
            if (!safe) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
