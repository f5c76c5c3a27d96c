package io.github.gpucdi.probe;

import java.util.ArrayList;
import java.util.List;

/** Lines of a small text file. */
final class Lines {
    private Lines() {}

    /** The lines without their newlines. */
    static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            lines.add(text.substring(from, to));
            from = to + 1;
        }
        return lines;
    }
}
