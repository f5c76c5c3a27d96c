package io.github.gpucdi.terminal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs command lines as {@code /bin/sh} takes them, with none of the caller's environment. */
public final class ShellCommand {
    private static final String LAUNCHER_PROPERTY = "io.github.gpucdi.launcher";
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> environment;

    /**
     * A shell.
     *
     * @param launcher the directory of the program that this process is: what its commands call it, if no directory for
     *     programs has it
     */
    public ShellCommand(Optional<String> launcher) {
        Map<String, String> variables = new HashMap<>(Map.of("LC_ALL", "C.UTF-8"));
        variables.put("PATH", launcher.map(directory -> PATH + ":" + directory).orElse(PATH));
        // The launcher may have been told where Java is by a variable.
        launcher.ifPresent(directory -> variables.put("JAVA_HOME", System.getProperty("java.home")));
        this.environment = Map.copyOf(variables);
    }

    /** That of this process. */
    public static ShellCommand ofProcess() {
        return new ShellCommand(Optional.ofNullable(System.getProperty(LAUNCHER_PROPERTY)));
    }

    /** Whether it finds a program of this name. */
    public boolean finds(String program) {
        for (String directory : environment.get("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    /** Where it looks for programs, for messages. */
    public String path() {
        return environment.get("PATH");
    }

    /**
     * Runs {@code command} to its end; it has nothing to read.
     *
     * @param said is given what it prints, by line
     * @return its exit status
     */
    public int run(String command, Consumer<String> said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.accept(line);
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
