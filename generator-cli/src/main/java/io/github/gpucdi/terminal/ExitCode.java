package io.github.gpucdi.terminal;

/** What the program's exit status says. */
public enum ExitCode {
    /** Done. */
    OK(0),
    /** Differs, or has findings; never anything else. */
    DIFFERS(1),
    /** The command line, a snapshot or a configuration file cannot be used. */
    USAGE(2),
    /** No driver, no GPU, or none that can be offered. */
    NOTHING_TO_OFFER(3),
    /** Incomplete and {@code --strict}, or not what {@code --engine} can read or run: nothing was written. */
    INCOMPLETE(4),
    /** The driver is half-upgraded: an old spec was kept. */
    HALF_UPGRADED(5),
    /** The target cannot or must not be written. */
    NOT_WRITTEN(6),
    /** Written, but a GPU or MIG device that the driver reports is not in it. */
    LEFT_OUT(7),
    /** A bug of ours. */
    BUG(70);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }
}
