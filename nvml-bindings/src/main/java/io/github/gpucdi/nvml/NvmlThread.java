package io.github.gpucdi.nvml;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * A session on a daemon thread of its own, so that a call that never returns stops neither the caller nor the JVM's exit.
 *
 * <p>The time-out is for each single call, each {@linkplain Nvml#step step} and whatever the work does between them: a first
 * attach takes seconds per GPU, and a host may have many.
 *
 * @param <T> what the work gives
 */
public final class NvmlThread<T> {

    private final Duration timeout;
    private final CallWatch watch;
    private Optional<T> result = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();

    private NvmlThread(CallWatch watch, Duration timeout) {
        this.watch = watch;
        this.timeout = timeout;
    }

    /**
     * Opens a session, gives it to the work and closes it, all on a new thread, and waits for the result.
     *
     * @param library the loaded library
     * @param timeout longest wait for one call, one step, or what is between them; positive
     * @param work the queries; gives no null
     * @return what the work gave
     * @throws NvmlException if init fails, or whatever else the work throws
     * @throws NvmlTimeoutException if one of them has taken that long
     */
    public static <T> T call(NvmlLibrary library, Duration timeout, Function<? super Nvml, ? extends T> work) {
        return NvmlThread.<T>start(library, timeout, work).await();
    }

    /** As {@link #call}, but returns at once: the caller may do other things before it awaits the result. */
    public static <T> NvmlThread<T> start(
            NvmlLibrary library, Duration timeout, Function<? super Nvml, ? extends T> work) {
        NvmlThread<T> session = new NvmlThread<>(new CallWatch(library), timeout);
        Thread thread = new Thread(() -> session.run(work), "nvml");
        thread.setDaemon(true);
        thread.start();
        return session;
    }

    /**
     * Waits for the work.
     *
     * @return what the work gave
     * @throws NvmlException if init fails, or whatever else the work throws
     * @throws NvmlTimeoutException if a call or step has taken longer than the time-out; all later ones are refused
     * @throws CancellationException if this thread is interrupted, its interrupt flag set again
     */
    public T await() {
        synchronized (watch) {
            while (result.isEmpty() && failure.isEmpty()) {
                waitForCall();
            }
        }
        if (failure.isPresent()) {
            rethrow(failure.get());
        }
        return result.orElseThrow();
    }

    private void waitForCall() {
        Duration left = watch.left(timeout);
        if (left.isZero() || left.isNegative()) {
            watch.abandon();
            throw new NvmlTimeoutException(watch.current(), timeout);
        }
        try {
            watch.wait(left.toMillis() + 1);
        } catch (InterruptedException e) {
            watch.abandon();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for NVML");
        }
    }

    private void run(Function<? super Nvml, ? extends T> work) {
        try {
            finish(Optional.of(workIn(work)), Optional.empty());
        } catch (Throwable e) {
            finish(Optional.empty(), Optional.of(e));
        }
    }

    private T workIn(Function<? super Nvml, ? extends T> work) {
        try (Nvml nvml = Nvml.open(watch)) {
            return work.apply(nvml);
        }
    }

    private void finish(Optional<T> value, Optional<Throwable> thrown) {
        synchronized (watch) {
            result = value;
            failure = thrown;
            watch.notifyAll();
        }
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(thrown);
    }
}
