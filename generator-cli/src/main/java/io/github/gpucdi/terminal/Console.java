package io.github.gpucdi.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Talk on standard error: one line a message, {@code level: text}. */
public final class Console {
    private static final String RESET = "\u001b[0m";

    private final PrintStream err;
    private static final long PATIENCE_MILLIS = 1000;

    private final boolean colour;
    private final boolean terminal;
    private boolean debug;
    private boolean quiet;
    private volatile Progress progress;

    public Console(PrintStream err, boolean colour) {
        this(err, colour, false);
    }

    Console(PrintStream err, boolean colour, boolean terminal) {
        this.err = err;
        this.colour = colour;
        this.terminal = terminal;
    }

    /** The process's standard error, coloured if it is a terminal and {@code NO_COLOR} is not set. */
    public static Console ofProcess(PrintStream err, Map<String, String> environment) {
        boolean terminal = isTerminal(2);
        boolean erases = terminal && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Console(err, environment.getOrDefault("NO_COLOR", "").isEmpty() && terminal, erases);
    }

    /** Whether a descriptor of this process is a terminal. */
    static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Sets what is shown; {@code quiet} wins. */
    public void setLevels(boolean debugShown, boolean errorsOnly) {
        debug = debugShown && !errorsOnly;
        quiet = errorsOnly;
    }

    /** Whether {@link #waiting} can show anything. */
    public boolean showsWaiting() {
        return terminal && !quiet;
    }

    /** Says on a terminal what is waited for, if it takes a second; whatever is said or printed next takes its place. */
    public void waiting(String what) {
        if (showsWaiting()) {
            waiting(what, PATIENCE_MILLIS);
        }
    }

    Progress waiting(String what, long delayMillis) {
        endWaiting();
        Progress begun = new Progress(err, what, delayMillis);
        progress = begun;
        return begun;
    }

    /** Nothing is waited for any longer: what was said of it is erased. */
    public void endWaiting() {
        Progress begun = progress;
        if (begun != null) {
            begun.end();
            progress = null;
        }
    }

    public boolean showsDebug() {
        return debug;
    }

    public void debug(String text) {
        if (debug) {
            line("\u001b[2m", "debug", text);
        }
    }

    public void info(String text) {
        if (!quiet) {
            line("\u001b[36m", "info", text);
        }
    }

    public void warning(String text) {
        if (!quiet) {
            line("\u001b[33m", "warning", text);
        }
    }

    public void error(String text) {
        line("\u001b[31m", "error", text);
    }

    /** What to do about the message before; shown wherever that message is an error, else unless quiet. */
    public void hint(String text) {
        if (!text.isEmpty()) {
            line("\u001b[2m", "hint", text);
        }
    }

    public void warning(String text, String hint) {
        warning(text);
        if (!quiet) {
            hint(hint);
        }
    }

    public void stackTrace(Throwable failure) {
        if (debug) {
            endWaiting();
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(line -> err.println(SafeText.escape(line.replace("\t", "    "))));
        }
    }

    private void line(String start, String level, String text) {
        String safe = SafeText.escape(text);
        endWaiting();
        err.println(colour ? start + level + ":" + RESET + " " + safe : level + ": " + safe);
    }
}
