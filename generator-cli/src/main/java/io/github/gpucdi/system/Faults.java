package io.github.gpucdi.system;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong where something is to be made. Nothing is done then, and all of it is told at once. */
final class Faults {
    private static final int MOST_TOLD = 4;

    private final Map<String, List<String>> byHint = new LinkedHashMap<>();

    void add(String what, String hint) {
        byHint.computeIfAbsent(hint, any -> new ArrayList<>()).add(what);
    }

    /**
     * Tells what was added, in its order: what one hint is for in one line.
     *
     * @throws CommandFailure if there is anything: the last of these lines
     */
    void refuse(Console console) {
        CommandFailure last = null;
        for (Map.Entry<String, List<String>> entry : byHint.entrySet()) {
            if (last != null) {
                console.error(last.getMessage());
                console.hint(last.hint());
            }
            last = new CommandFailure(ExitCode.NOT_WRITTEN, line(entry.getValue()), entry.getKey());
        }
        if (last != null) {
            throw last;
        }
    }

    private static String line(List<String> wrong) {
        int told = Math.min(MOST_TOLD, wrong.size());
        String more = wrong.size() > told ? "; and " + (wrong.size() - told) + " more" : "";
        return String.join("; ", wrong.subList(0, told)) + more;
    }
}
