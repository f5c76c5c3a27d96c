package io.github.gpucdi.probe;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes of this machine. */
public final class ProcessRunner implements ProgramRunner {
    /** A version, or what went wrong, is on the first lines; who prints more is killed by its pipe. */
    private static final int MAX_OUTPUT = 4096;

    @Override
    public Ending version(String program, Duration limit) throws IOException {
        return run(new ProcessBuilder(program, "--version").redirectError(ProcessBuilder.Redirect.DISCARD), limit);
    }

    /**
     * Runs a program as {@link #version} does; what it says on standard error is part of its output.
     *
     * @param command its absolute path and its arguments
     */
    public Ending run(List<String> command, Duration limit) throws IOException {
        return run(new ProcessBuilder(command).redirectErrorStream(true), limit);
    }

    private static Ending run(ProcessBuilder builder, Duration limit) throws IOException {
        builder.directory(new File("/")).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        long end = System.nanoTime() + limit.toNanos();
        Process process = builder.start();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        Thread reader = new Thread(
                () -> readHead(process.getInputStream(), head),
                "output of " + builder.command().get(0));
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Ending(-1, false, "");
            }
            // A child of it may keep the output open: what came until then counts.
            reader.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            return new Ending(process.exitValue(), true, head.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending(-1, false, "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads what is printed first; then closes, so that the program cannot wait for a reader. */
    private static void readHead(InputStream in, ByteArrayOutputStream head) {
        byte[] buffer = new byte[MAX_OUTPUT];
        try (in) {
            int length = in.read(buffer);
            while (length > 0) {
                head.write(buffer, 0, length);
                length = in.read(buffer, 0, MAX_OUTPUT - head.size());
            }
        } catch (IOException e) {
            // What was read so far is all that there is.
        }
    }
}
