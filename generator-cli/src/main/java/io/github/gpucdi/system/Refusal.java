package io.github.gpucdi.system;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import java.util.List;

/** Nothing is done where something is wrong: all that is wrong is told at once. */
final class Refusal {
    private static final int MOST_TOLD = 4;

    private Refusal() {}

    /**
     * @throws CommandFailure if anything is wrong
     */
    static void of(List<String> wrong, String hint) {
        if (wrong.isEmpty()) {
            return;
        }
        int told = Math.min(MOST_TOLD, wrong.size());
        String more = wrong.size() > told ? "; and " + (wrong.size() - told) + " more" : "";
        throw new CommandFailure(ExitCode.NOT_WRITTEN, String.join("; ", wrong.subList(0, told)) + more, hint);
    }
}
