package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;

/** Ends a command with an exit code, one line of what and one line of hint. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String hint;

    CommandFailure(ExitCode exitCode, String what, String hint) {
        this(exitCode, what, hint, null);
    }

    CommandFailure(ExitCode exitCode, String what, String hint, Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** The failure of an assembler, as its exit code says it. */
    static CommandFailure of(AssembleException failure) {
        ExitCode code = switch (failure.reason()) {
            case GONE, NOTHING_TO_OFFER, NO_ANSWER -> ExitCode.NOTHING_TO_OFFER;
            case HALF_UPGRADED -> ExitCode.HALF_UPGRADED;
            case UNFIT -> ExitCode.INCOMPLETE;
            case USAGE -> ExitCode.USAGE;
        };
        return new CommandFailure(code, failure.getMessage(), failure.hint(), failure);
    }

    static CommandFailure usage(String what, String hint) {
        return new CommandFailure(ExitCode.USAGE, what, hint);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String hint() {
        return hint;
    }
}
