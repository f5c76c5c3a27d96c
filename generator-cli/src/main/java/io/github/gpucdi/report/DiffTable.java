package io.github.gpucdi.report;

import io.github.gpucdi.cdi.edit.SpecDiff;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.util.Map;

/** The command diff's output for people: a line a change. */
public final class DiffTable {
    private DiffTable() {}

    /**
     * Prints the changes.
     *
     * @param diffs by the specs' kinds; if there are several, each that differs has its kind as heading
     */
    public static void print(Map<String, SpecDiff> diffs, PrintStream out) {
        diffs.forEach((kind, diff) -> {
            if (diffs.size() > 1 && !diff.isEmpty()) {
                out.println(SafeText.escape(kind) + ":");
            }
            diff.lines().forEach(line -> out.println(SafeText.escape(line)));
        });
    }
}
