package io.github.gpucdi.help;

/** Text broken at its spaces alone: {@code podman-4.3.1} stays whole, however narrow the terminal is. */
final class Flow {
    private Flow() {}

    /**
     * Appends {@code line} and the end of the line; what is in the line already counts as {@code column} characters.
     *
     * @param rest how far further lines are indented
     */
    static void append(StringBuilder text, String line, int width, int column, int rest) {
        int at = column;
        boolean fresh = true;
        int start = 0;
        while (start < line.length()) {
            int end = start;
            while (end < line.length() && line.charAt(end) == ' ') {
                end++;
            }
            int word = end;
            while (end < line.length() && line.charAt(end) != ' ') {
                end++;
            }
            if (!fresh && at + end - start > width) {
                text.append('\n').append(" ".repeat(rest));
                at = rest;
                start = word;
            }
            text.append(line, start, end);
            at += end - start;
            fresh = false;
            start = end;
        }
        text.append('\n');
    }
}
