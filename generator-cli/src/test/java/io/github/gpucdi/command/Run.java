package io.github.gpucdi.command;

import io.github.gpucdi.settings.ConfigPlaces;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the program inside the test's process.
 *
 * @param status exit status
 * @param out what it printed
 * @param err what it said
 */
record Run(int status, String out, String err) {

    /** Runs the program with a search path and nothing else in its environment. */
    static Run of(String... args) {
        return of(Map.of(), args);
    }

    /** Runs the program with {@code environment} and a search path. */
    static Run of(Map<String, String> environment, String... args) {
        return of(environment, new byte[0], args);
    }

    /** Runs the program on a machine whose own configuration files are those of {@code folder}. */
    static Run configuredBy(Path folder, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(new PrintStream(err, true, StandardCharsets.UTF_8), false);
        Session session = new Session(InputStream.nullInputStream(), printed, console, environment);
        int status = new Invocation(session, new ConfigPlaces(folder)).run(args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs the program with {@code in} as its standard input. */
    static Run of(Map<String, String> environment, byte[] in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> whole = new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "NO_COLOR", "1"));
        whole.putAll(environment);
        int status = Main.run(
                args,
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                whole);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The messages of a level, without it. */
    List<String> messages(String level) {
        return err.lines()
                .filter(line -> line.startsWith(level + ": "))
                .map(line -> line.substring(level.length() + 2))
                .toList();
    }
}
