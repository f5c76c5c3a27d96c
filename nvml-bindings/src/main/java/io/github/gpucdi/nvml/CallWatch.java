package io.github.gpucdi.nvml;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** A library that knows which call is in progress and since when. Its monitor guards that. */
final class CallWatch implements NvmlLibrary {

    private final NvmlLibrary library;
    private NvmlFunction current = NvmlFunction.INIT;
    private boolean inside;
    private boolean abandoned;
    private long since;

    CallWatch(NvmlLibrary library) {
        this.library = library;
    }

    @Override
    public int call(NvmlFunction function, Object... arguments) {
        enter(function);
        try {
            return library.call(function, arguments);
        } finally {
            leave();
        }
    }

    @Override
    public String errorString(int code) {
        return library.errorString(code);
    }

    /** How much of the time-out the call in progress has left; all of it between calls. */
    synchronized Duration left(Duration timeout) {
        return inside ? timeout.minusNanos(System.nanoTime() - since) : timeout;
    }

    /** The C name of the call in progress, or of the last one. */
    synchronized String current() {
        return current.symbol();
    }

    /** Refuses all calls to come but the one that ends the session. */
    synchronized void abandon() {
        abandoned = true;
    }

    private synchronized void enter(NvmlFunction function) {
        if (abandoned && function != NvmlFunction.SHUTDOWN) {
            throw new CancellationException("nobody waits for NVML any more");
        }
        current = function;
        since = System.nanoTime();
        inside = true;
    }

    private synchronized void leave() {
        inside = false;
    }
}
