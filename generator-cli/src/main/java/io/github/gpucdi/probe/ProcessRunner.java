package io.github.gpucdi.probe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs as processes of this machine. */
final class ProcessRunner implements ProgramRunner {
    /** A version is on the first line; who prints more is killed by its pipe. */
    private static final int MAX_OUTPUT = 4096;

    @Override
    public Ending version(String program, Duration limit) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program, "--version")
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        long end = System.nanoTime() + limit.toNanos();
        Process process = builder.start();
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread reader = new Thread(() -> output.complete(head(process.getInputStream())), "version of " + program);
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] head = output.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            boolean ended = process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return ended
                    ? new Ending(process.exitValue(), true, new String(head, StandardCharsets.UTF_8))
                    : new Ending(-1, false, "");
        } catch (TimeoutException | ExecutionException e) {
            return new Ending(-1, false, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending(-1, false, "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What is printed first; the rest goes nowhere, so that the program cannot wait for a reader. */
    private static byte[] head(InputStream in) {
        try (in) {
            return in.readNBytes(MAX_OUTPUT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
