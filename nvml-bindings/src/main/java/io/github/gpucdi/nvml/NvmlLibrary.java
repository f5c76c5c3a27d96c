package io.github.gpucdi.nvml;

import java.util.function.Supplier;

/**
 * A loaded NVML, as the session sees it: one way to call a function, nothing native in sight.
 *
 * <p>An implementation passes values and copies results; it neither parses structs nor judges codes.
 */
@FunctionalInterface
public interface NvmlLibrary {

    /**
     * Calls one function and answers its return code.
     *
     * @param function what to call; the newest exported symbol of it is used, and a symbol that answers 13 counts as missing
     * @param arguments one Java value for each of {@link NvmlFunction#parameters()}, outputs written into the arrays given;
     *     after a code other than 0 the arrays may hold anything
     * @return the {@code nvmlReturn_t}; 13 (FUNCTION_NOT_FOUND) if the library has no such symbol
     */
    int call(NvmlFunction function, Object... arguments);

    /**
     * The library's own text for a code, for people only: it differs between driver branches.
     *
     * @param code an {@code nvmlReturn_t}
     * @return the text of {@code nvmlErrorString}, or our own where that is missing
     */
    default String errorString(int code) {
        return NvmlReturn.of(code).meaning();
    }

    /**
     * Does work of the caller's that may hang as a call may, such as reading a file of the kernel's: with {@link NvmlThread} the
     * time-out covers it and names it.
     *
     * @param what what the work does, for a message, as in {@code reading /proc/devices}
     * @param work run at once
     * @return what the work gave
     */
    default <T> T step(String what, Supplier<? extends T> work) {
        return work.get();
    }

    /**
     * A library that is loaded by its first call, on the thread of that call: with {@link NvmlThread#start} the load goes on
     * beside other work, and the time-out covers it.
     *
     * @param loader loads the library; called once; what it throws, the first call throws
     */
    static NvmlLibrary loadedOnFirstCall(Supplier<? extends NvmlLibrary> loader) {
        return new LazyLibrary(loader);
    }
}
