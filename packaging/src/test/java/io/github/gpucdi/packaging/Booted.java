package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A directory whose systemd runs as process 1 of its own namespaces. */
record Booted(Process process, long pid) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLISECONDS = 100;

    static Booted boot(Path root) throws Exception {
        Process process = new ProcessBuilder(
                        "unshare", "-mnCpiu", "--fork", "--kill-child", "sh", "src/test/sh/boot.sh", root.toString())
                .inheritIO()
                .start();
        until("a child", () -> process.children().findFirst().isPresent());
        Booted booted =
                new Booted(process, process.children().findFirst().orElseThrow().pid());
        try {
            until(
                    "systemd to be up",
                    () -> booted.run("systemctl is-system-running").out().equals("running\n"));
        } catch (Exception | AssertionError e) {
            booted.end();
            throw e;
        }
        return booted;
    }

    /** Runs a line of sh there. */
    Packaged.Result run(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(entering());
        command.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", "-c", line));
        return Packaged.execute(command);
    }

    /** The words before a command that is to run there. */
    List<String> entering() {
        // One by one: what follows a letter would be its file.
        return List.of("nsenter", "-t", Long.toString(pid), "-m", "-n", "-p", "-i", "-u", "-C", "-r", "-w");
    }

    /** Runs a line that must succeed; gives what it prints. */
    String must(String line) throws IOException, InterruptedException {
        Packaged.Result done = run(line);
        assertThat(done.status()).as(line + ": " + done).isZero();
        return done.out();
    }

    static void until(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(end);
            Thread.sleep(POLL_MILLISECONDS);
        }
    }

    /** All that runs there ends with process 1. */
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
