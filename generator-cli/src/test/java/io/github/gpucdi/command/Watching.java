package io.github.gpucdi.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A {@code gpu-cdi watch} in a process of its own, for tests. */
final class Watching implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path log;

    private Watching(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one; what it says goes to a file. */
    static Watching start(Path log, Map<String, String> environment, String... options) throws IOException {
        return start(List.of(), log, environment, options);
    }

    /** Starts one of a host that looks often; what it says goes to a file {@code log} in {@code folder}. */
    static Watching start(Path folder, Path root, Path output, List<String> more) throws IOException {
        List<String> options = new ArrayList<>(
                List.of("--host-root=" + root, "--output=" + output, "--interval=0.05", "--hooks=none"));
        options.addAll(more);
        return start(folder.resolve("log"), Map.of(), options.toArray(String[]::new));
    }

    /** Starts one by another program, which becomes it: the words before its own. */
    static Watching start(List<String> starter, Path log, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.addAll(program());
        command.add("watch");
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new Watching(builder.start(), log);
    }

    /** What runs the program in a process of its own: the words before its arguments. */
    static List<String> program() {
        String modules = System.getProperty("jdk.module.path", "");
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                modules + File.pathSeparator + System.getProperty("java.class.path"),
                Main.class.getName());
    }

    /** Waits for what will be true: no length of time is right on a machine that is busy. */
    void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what + "\n" + said());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    /** Its workers and what else it started. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(pid(), name);
    }

    /** To one of its children. */
    static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** Its exit status, once it has ended. */
    int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    /** Kills it with all that it started, at once. */
    @Override
    public void close() {
        List<ProcessHandle> children = children();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** Kills it alone, as the kernel does when memory is short. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
