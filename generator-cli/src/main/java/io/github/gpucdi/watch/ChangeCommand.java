package io.github.gpucdi.watch;

import io.github.gpucdi.probe.HostFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What is run after a change, one at a time: a change meanwhile has it run once more. */
final class ChangeCommand {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final List<String> words;
    private final Duration limit;
    private final Consumer<Event> events;
    private Optional<Process> running = Optional.empty();
    private boolean again;

    /**
     * @param words the program's absolute path and its arguments; empty for nothing to run
     * @param limit it is killed with its children after this time
     */
    ChangeCommand(List<String> words, Duration limit, Consumer<Event> events) {
        this.words = words;
        this.limit = limit;
        this.events = events;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    void changed() {
        if (words.isEmpty()) {
            return;
        }
        if (running.isPresent()) {
            again = true;
            return;
        }
        // Judged each time: whoever could replace it since has it run as us.
        Optional<String> fault = HostFiles.below(Path.of("/")).faultOfProgram(words.get(0));
        if (fault.isPresent()) {
            events.accept(new Event.CommandEnded("was not run: " + words.get(0) + ": " + fault.get(), true));
            return;
        }
        try {
            Process process = start();
            running = Optional.of(process);
            Thread waiter = new Thread(() -> events.accept(await(process)), "on-change");
            waiter.setDaemon(true);
            waiter.start();
        } catch (IOException e) {
            events.accept(new Event.CommandEnded("cannot be started: " + e.getMessage(), true));
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private Event await(Process process) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Event.CommandEnded(
                        "ended with exit status " + process.exitValue(), process.exitValue() != 0);
            }
            kill(process);
            process.waitFor();
            return new Event.CommandEnded("was killed: it did not end within " + limit.toSeconds() + " s", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Event.CommandEnded("was not waited for", true);
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** It has ended: it is run again if something changed since it began. */
    void ended() {
        running = Optional.empty();
        if (again) {
            again = false;
            changed();
        }
    }

    /** Ends it with its children. */
    void stop() {
        running.ifPresent(ChangeCommand::kill);
    }
}
