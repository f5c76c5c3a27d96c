package io.github.gpucdi.probe;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Bounds the parts of a probe: no read of the kernel's files, nor of a file system whose server is gone, can be broken off, so
 * each part runs on a daemon thread that is left behind if it does not end.
 */
final class TimeLimit {
    private final Duration limit;
    private final BiConsumer<String, Runnable> starter;

    TimeLimit(Duration limit) {
        this(limit, TimeLimit::start);
    }

    /**
     * @param starter starts work of a name
     */
    TimeLimit(Duration limit, BiConsumer<String, Runnable> starter) {
        this.limit = limit;
        this.starter = starter;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A part did not end in time. What it has in hand is not to be touched by anyone else. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Exceeded(String what, TimeoutException cause) {
            super(what, cause);
        }
    }

    /**
     * What the work gives.
     *
     * @param what what it does, for a message, as in {@code reading device nodes}
     * @throws Exceeded with {@code what} as its message if the work takes longer than the limit
     */
    <T> T within(String what, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        starter.accept(what, task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Exceeded(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while " + what);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e);
        }
    }
}
