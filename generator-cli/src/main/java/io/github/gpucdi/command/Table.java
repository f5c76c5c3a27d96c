package io.github.gpucdi.command;

import java.io.PrintStream;
import java.util.List;

/** Rows of text in columns that line up. */
final class Table {
    private static final int GAP = 2;

    private Table() {}

    /** Prints {@code rows}, all of one length. */
    static void print(List<List<String>> rows, PrintStream out) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
