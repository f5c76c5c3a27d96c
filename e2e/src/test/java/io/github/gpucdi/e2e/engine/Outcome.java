package io.github.gpucdi.e2e.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
public record Outcome(int status, String out, String err) {
    /** Runs a command without input, for five minutes at most. */
    public static Outcome of(ProcessBuilder builder) {
        try {
            Path err = Files.createTempFile("engine", ".err");
            Path out = Files.createTempFile("engine", ".out");
            try {
                Process process = builder.redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after five minutes: " + builder.command());
                }
                return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(err);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Itself, if the command was well; else the test ends. */
    public Outcome orFail(Object what) {
        if (status != 0) {
            throw new AssertionError(what + " ended with " + status + ": " + err + out);
        }
        return this;
    }
}
