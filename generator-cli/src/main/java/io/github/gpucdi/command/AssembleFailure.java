package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;

/** The failure of an assembler, as its exit code says it. */
final class AssembleFailure {
    private AssembleFailure() {}

    static CommandFailure of(AssembleException failure) {
        ExitCode code = switch (failure.reason()) {
            case GONE, NOTHING_TO_OFFER, NO_ANSWER -> ExitCode.NOTHING_TO_OFFER;
            case HALF_UPGRADED -> ExitCode.HALF_UPGRADED;
            case UNFIT -> ExitCode.INCOMPLETE;
            case USAGE -> ExitCode.USAGE;
        };
        return new CommandFailure(code, failure.getMessage(), failure.hint(), failure);
    }
}
