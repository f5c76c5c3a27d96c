package io.github.gpucdi.doctor;

/** Words of a shell's command line. */
final class ShellWord {
    private static final String SAFE = "/._-+=:@%,";

    private ShellWord() {}

    /** {@code text} as one word that means itself: a path may come from anywhere. */
    static String of(String text) {
        boolean safe = !text.isEmpty() && !text.startsWith("-");
        for (int i = 0; safe && i < text.length(); i++) {
            char c = text.charAt(i);
            safe = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || SAFE.indexOf(c) >= 0;
        }
        return safe ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
