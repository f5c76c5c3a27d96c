package io.github.gpucdi.command;

import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The program. */
public final class Main {
    private static final String DIFFERS_PROPERTY = "io.github.gpucdi.differs";

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(args, System.in, out, err, System.getenv());
        // A JVM that cannot start ends with 1 as well: a launcher asks for another number here, to tell them apart.
        System.exit(status == ExitCode.DIFFERS.status() ? Integer.getInteger(DIFFERS_PROPERTY, status) : status);
    }

    /**
     * Runs one command as the process would, with its streams and environment given.
     *
     * @return the exit status, see {@link ExitCode}
     */
    public static int run(
            String[] args, InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        Console console = Console.ofProcess(err, environment);
        int status = new Invocation(new Session(in, out, console, environment)).run(args);
        // A print stream keeps its failures to itself.
        if (out.checkError() && status == ExitCode.OK.status()) {
            console.error("cannot write to standard output");
            console.hint("is the disk full, or the pipe closed?");
            return ExitCode.NOT_WRITTEN.status();
        }
        return status;
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
