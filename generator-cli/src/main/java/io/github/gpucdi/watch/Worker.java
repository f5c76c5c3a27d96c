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
import java.util.function.Consumer;

/**
 * A process that looks at the machine and writes, and can be killed while it waits for a driver that does not answer. It is asked
 * by a line, and answers by a line, so that the next run finds a virtual machine that is warm; in between it has no session of NVML.
 * It ends by itself when its input does, as it does whenever this process is gone.
 */
final class Worker {
    /** What a run is asked for by. */
    static final String ASKED = "generate";

    private static final Duration KILLED_WITHIN = Duration.ofSeconds(2);

    private final Process process;

    private Worker(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param command the program and its arguments; it has our standard error, and none of the service manager's variables
     * @param events is told its answers and its end
     */
    static Worker start(List<String> command, Consumer<Event> events) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(ServiceNotifier.VARIABLES);
        Worker worker = new Worker(builder.start());
        Thread reader = new Thread(() -> worker.read(events), "worker");
        reader.setDaemon(true);
        reader.start();
        return worker;
    }

    private void read(Consumer<Event> events) {
        String why = "it ended";
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                events.accept(new Event.Answered(this, Report.of(line)));
            }
        } catch (IOException | IllegalArgumentException e) {
            why = String.valueOf(e.getMessage());
        }
        events.accept(new Event.Lost(this, why));
    }

    /** Asks for a run; that it is gone is told as an event. */
    void ask() {
        OutputStream in = process.getOutputStream();
        try {
            in.write((ASKED + "\n").getBytes(StandardCharsets.UTF_8));
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
