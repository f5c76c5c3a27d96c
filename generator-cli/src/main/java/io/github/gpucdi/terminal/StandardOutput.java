package io.github.gpucdi.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Remembers why writing failed, which a print stream keeps to itself. */
public final class StandardOutput extends FilterOutputStream {
    /** What a shell says of a program that the signal SIGPIPE ended; the JVM gets the error EPIPE in its place. */
    public static final int BROKEN_PIPE_STATUS = 141;

    private final Console console;
    private IOException failure;

    /** What is waited for is no longer shown when something is printed: both may be on one terminal. */
    public StandardOutput(OutputStream out, Console console) {
        super(out);
        this.console = console;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        console.endWaiting();
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** The first failure. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the reader went away, as {@code head} does: nobody is to be told. */
    public boolean isClosedPipe() {
        return failure()
                .map(IOException::getMessage)
                .filter("Broken pipe"::equals)
                .isPresent();
    }
}
