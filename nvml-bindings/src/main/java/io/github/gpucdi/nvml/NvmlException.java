package io.github.gpucdi.nvml;

import java.io.Serial;

/**
 * An NVML call answered something that the caller has to judge; it says which call and which code.
 *
 * <p>Unchecked, because nearly every query can throw it, often inside a function given to {@link NvmlThread}, while only the
 * few places that drop a device or end a command can do anything about it.
 */
public final class NvmlException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int code;

    NvmlException(NvmlFunction function, int code) {
        this(function.symbol(), code, NvmlReturn.of(code).meaning());
    }

    /**
     * A failure of one call.
     *
     * @param call the C name of the call, {@code dlopen} when the library itself could not be loaded
     * @param code what it answered
     * @param detail what is known about it, as the loader's own message
     */
    public NvmlException(String call, int code, String detail) {
        super(call + ": " + NvmlReturn.of(code) + ": " + detail);
        this.call = call;
        this.code = code;
    }

    /** The C name of the call that failed, with its newest suffix; {@code dlopen} for the load itself. */
    public String call() {
        return call;
    }

    /** What the call answered; never {@link NvmlReturn#SUCCESS}. */
    public NvmlReturn answer() {
        return NvmlReturn.of(code);
    }

    /**
     * Whether the whole enumeration must end, and not only this device be left out: nothing is to be had from a library that
     * does not load or initialise, nor after a code that {@link NvmlReturn#endsSession}.
     */
    public boolean isFatal() {
        if (call.equals(NvmlFunction.INIT.symbol())) {
            return !isEmptyHost();
        }
        return call.equals("dlopen") || answer().endsSession();
    }

    /** Whether it is init's answer "no GPUs" (28): a host without GPUs, no fault. */
    public boolean isEmptyHost() {
        return call.equals(NvmlFunction.INIT.symbol()) && NvmlFunction.INIT.isAbsence(code);
    }
}
