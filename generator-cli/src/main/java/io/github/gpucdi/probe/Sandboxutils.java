package io.github.gpucdi.probe;

import java.util.OptionalInt;

/** A loaded {@code libnvidia-sandboxutils.so.1}. What it gives is in its own memory, and valid until its shutdown. */
public interface Sandboxutils {

    /**
     * Calls one function.
     *
     * @param symbol such as {@code nvSandboxUtilsInit}
     * @param arguments numbers, and arrays: passed as pointers, holding what it changed when it returns
     * @return its code, 0 for success; empty if the library has no such function
     */
    OptionalInt call(String symbol, Object... arguments);

    /** So many bytes at an address that it gave. */
    byte[] bytes(long address, int size);

    /** The bytes up to NUL at an address that it gave; the first {@code max} if none of them is one. */
    byte[] text(long address, int max);
}
