package io.github.gpucdi.report;

import java.io.PrintStream;
import java.util.List;

/** Rows of text in columns as wide as their widest cell. */
public final class TextTable {
    private TextTable() {}

    /** Prints {@code rows}, which are safe text and equally long, each after {@code indent}. */
    public static void print(String indent, List<List<String>> rows, PrintStream out) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < widths.length - 1; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            line.append(row.get(widths.length - 1));
            out.println(line.toString().stripTrailing());
        }
    }
}
