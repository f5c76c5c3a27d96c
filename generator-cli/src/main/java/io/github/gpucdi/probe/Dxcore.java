package io.github.gpucdi.probe;

import java.util.OptionalInt;

/** A loaded {@code libdxcore.so}: its functions of Microsoft's {@code d3dkmthk.h}, each of which takes a pointer to one structure. */
@FunctionalInterface
public interface Dxcore {

    /**
     * Calls one function. What it changes is in the arrays when it returns, whatever it answers.
     *
     * @param symbol such as {@code D3DKMTCloseAdapter}
     * @param struct the structure; its size is a multiple of 8 if there is a buffer
     * @param pointerAt where in it a pointer to the buffer is to stand; of no meaning without a buffer
     * @param buffer what that pointer leads to; of length 0 for none: the structure is passed as it is
     * @return the {@code NTSTATUS}, 0 for success; empty if the library has no such function
     */
    OptionalInt call(String symbol, byte[] struct, int pointerAt, byte[] buffer);
}
