package io.github.gpucdi.command;

import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Session;
import io.github.gpucdi.terminal.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The program. */
public final class Main {
    private static final String DIFFERS_PROPERTY = "io.github.gpucdi.differs";

    private Main() {}

    public static void main(String[] args) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(args, System.in, out, err, System.getenv());
        // A JVM that cannot start ends with 1 as well: a launcher asks for another number here, to tell them apart.
        int exit = status == ExitCode.DIFFERS.status() ? Integer.getInteger(DIFFERS_PROPERTY, status) : status;
        // All is written and closed, and nobody waits for the end: exit would first set up a logger to tell of it.
        Runtime.getRuntime().halt(exit);
    }

    /**
     * Runs one command as the process would, with its streams and environment given.
     *
     * @return the exit status, see {@link ExitCode}
     */
    public static int run(
            String[] args, InputStream in, OutputStream out, PrintStream err, Map<String, String> environment) {
        Console console = Console.ofProcess(err, environment);
        StandardOutput sink = new StandardOutput(out, console);
        PrintStream printed = new PrintStream(sink, false, StandardCharsets.UTF_8);
        Session session = new Session(in, printed, console, environment);
        int status;
        do {
            status = new Invocation(session).run(args);
        } while (status == WatchCommand.RELOAD);
        printed.flush();
        console.endWaiting();
        if (sink.isClosedPipe()) {
            return StandardOutput.BROKEN_PIPE_STATUS;
        }
        if (sink.failure().isPresent()) {
            console.error("cannot write to standard output: "
                    + IoReason.of(sink.failure().get()));
            console.hint("is the disk full?");
            return ExitCode.NOT_WRITTEN.status();
        }
        return status;
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
