package io.github.gpucdi.nvml.jna;

import java.io.Serial;

/** JNA's own native part cannot be loaded: nothing is said about NVML, which nobody could look for. */
public final class JnaMissingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    JnaMissingException(Throwable cause) {
        super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
    }
}
