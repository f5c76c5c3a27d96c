package io.github.gpucdi.terminal;

/** Ends a command with an exit code, one line of what and one line of hint. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String hint;

    public CommandFailure(ExitCode exitCode, String what, String hint) {
        this(exitCode, what, hint, null);
    }

    public CommandFailure(ExitCode exitCode, String what, String hint, Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    public static CommandFailure usage(String what, String hint) {
        return new CommandFailure(ExitCode.USAGE, what, hint);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String hint() {
        return hint;
    }
}
