package io.github.gpucdi.nvml;

import java.io.Serial;
import java.time.Duration;

/** An NVML call, or other work of the session, did not end in time. It goes on in its daemon thread; NVML is not to be used again in this JVM. */
public final class NvmlTimeoutException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String call;
    private final Duration timeout;

    NvmlTimeoutException(String call, Duration timeout) {
        super(call + ": no answer within " + text(timeout));
        this.call = call;
        this.timeout = timeout;
    }

    /** The C name of the call that had no answer, or the name of the step that did not end. */
    public String call() {
        return call;
    }

    /** How long was waited for it. */
    public Duration timeout() {
        return timeout;
    }

    private static String text(Duration timeout) {
        long millis = timeout.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
