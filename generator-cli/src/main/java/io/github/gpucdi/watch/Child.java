package io.github.gpucdi.watch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A process of our own program that asks NVML for us, and can be killed while it waits for a driver that does not answer. It tells
 * what it learns line by line. It ends by itself when its input does, as it does whenever this process is gone.
 */
final class Child {
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(2);

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param command the program and its arguments; it has our standard error, and none of the service manager's variables
     * @param meaning what a line says; {@link IllegalArgumentException} for what is none of its lines, which ends it
     * @param events is told what it says, and its end
     */
    static Child start(List<String> command, BiFunction<Child, String, Event> meaning, Consumer<Event> events)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(ServiceNotifier.VARIABLES);
        Child child = new Child(builder.start());
        Thread reader = new Thread(() -> child.read(meaning, events), "child");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read(BiFunction<Child, String, Event> meaning, Consumer<Event> events) {
        String why = "it ended";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.accept(meaning.apply(this, line));
            }
        } catch (IOException | IllegalArgumentException e) {
            why = String.valueOf(e.getMessage());
        }
        events.accept(new Event.Lost(this, why));
    }

    /** Tells it a line; that it is gone is told as an event. */
    void tell(String line) {
        OutputStream in = process.getOutputStream();
        try {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Kills and reaps it; false if the kernel does not let go of it, as in a call of a driver that hangs. */
    boolean end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            return process.waitFor(KILLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
