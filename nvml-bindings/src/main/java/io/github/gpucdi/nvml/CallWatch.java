package io.github.gpucdi.nvml;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** A library that knows what the session's thread is at and since when, between calls too. Its monitor guards that. */
final class CallWatch implements NvmlLibrary {

    private final NvmlLibrary library;
    private String current = NvmlFunction.INIT.symbol();
    private boolean abandoned;
    private long since = System.nanoTime();

    CallWatch(NvmlLibrary library) {
        this.library = library;
    }

    @Override
    public int call(NvmlFunction function, Object... arguments) {
        enter(function.symbol(), function == NvmlFunction.SHUTDOWN);
        try {
            return library.call(function, arguments);
        } finally {
            now("after " + function.symbol());
        }
    }

    @Override
    public <T> T step(String what, Supplier<? extends T> work) {
        enter(what, false);
        try {
            return work.get();
        } finally {
            now("after " + what);
        }
    }

    @Override
    public String errorString(int code) {
        return library.errorString(code);
    }

    /** How much of the time-out what goes on has left. */
    synchronized Duration left(Duration timeout) {
        return timeout.minusNanos(System.nanoTime() - since);
    }

    /** The C name of the call in progress, the name of the step, or what came before nameless work. */
    synchronized String current() {
        return current;
    }

    /** Refuses all calls and steps to come but the call that ends the session. */
    synchronized void abandon() {
        abandoned = true;
    }

    private synchronized void enter(String what, boolean last) {
        if (abandoned && !last) {
            throw new CancellationException("nobody waits for NVML any more");
        }
        now(what);
    }

    private synchronized void now(String what) {
        current = what;
        since = System.nanoTime();
    }
}
