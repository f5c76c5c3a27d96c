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
    private final boolean colour;
    private boolean debug;
    private boolean quiet;

    public Console(PrintStream err, boolean colour) {
        this.err = err;
        this.colour = colour;
    }

    /** The process's standard error, coloured if it is a terminal and {@code NO_COLOR} is not set. */
    public static Console ofProcess(PrintStream err, Map<String, String> environment) {
        return new Console(err, environment.getOrDefault("NO_COLOR", "").isEmpty() && isTerminal(2));
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
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(line -> err.println(SafeText.escape(line.replace("\t", "    "))));
        }
    }

    private void line(String start, String level, String text) {
        String safe = SafeText.escape(text);
        err.println(colour ? start + level + ":" + RESET + " " + safe : level + ": " + safe);
    }
}
