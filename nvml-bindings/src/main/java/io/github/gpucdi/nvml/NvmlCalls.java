package io.github.gpucdi.nvml;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Calls by shape, with their retries and the one rule: absent is what the function says, the rest is thrown. */
final class NvmlCalls {

    private static final int LARGER = 8;

    private final NvmlLibrary library;

    NvmlCalls(NvmlLibrary library) {
        this.library = library;
    }

    /** Calls, once more if the system was not ready, and gives the code. Not for structs: a failure may spoil them. */
    int call(NvmlFunction function, Object... arguments) {
        int code = library.call(function, arguments);
        return code == NvmlReturn.NOT_READY.code() ? library.call(function, arguments) : code;
    }

    <T> T step(String what, Supplier<? extends T> work) {
        return library.step(what, work);
    }

    void require(NvmlFunction function, Object... arguments) {
        int code = call(function, arguments);
        if (code != 0) {
            throw new NvmlException(function, code);
        }
    }

    /** Whether there is a value; throws unless the code is this call's way to say that there is none. */
    private static boolean present(NvmlFunction function, int code) {
        if (code != 0 && !function.isAbsence(code)) {
            throw new NvmlException(function, code);
        }
        return code == 0;
    }

    Optional<String> text(NvmlFunction function, int size, Object... handle) {
        TextAnswer answer = readText(function, size, handle);
        return present(function, answer.code()) ? Optional.of(answer.text()) : Optional.empty();
    }

    String requireText(NvmlFunction function, int size, Object... handle) {
        TextAnswer answer = readText(function, size, handle);
        if (answer.code() != 0) {
            throw new NvmlException(function, answer.code());
        }
        return answer.text();
    }

    private record TextAnswer(int code, String text) {}

    private TextAnswer readText(NvmlFunction function, int size, Object... handle) {
        byte[] out = new byte[size];
        int code = call(function, append(handle, out));
        if (code == NvmlReturn.INSUFFICIENT_SIZE.code()) {
            out = new byte[size * LARGER];
            code = call(function, append(handle, out));
        }
        return new TextAnswer(code, code == 0 ? NvmlText.decode(out, 0, out.length) : "");
    }

    OptionalInt u32(NvmlFunction function, Object... in) {
        int[] out = new int[1];
        int code = call(function, append(in, out));
        return present(function, code) ? OptionalInt.of(out[0]) : OptionalInt.empty();
    }

    int requireU32(NvmlFunction function, Object... in) {
        int[] out = new int[1];
        require(function, append(in, out));
        return out[0];
    }

    OptionalLong u64(NvmlFunction function, Object... in) {
        long[] out = new long[1];
        int code = call(function, append(in, out));
        return present(function, code) ? OptionalLong.of(out[0]) : OptionalLong.empty();
    }

    /** Whether there was something within a time; if so the struct has it. */
    boolean awaited(NvmlFunction function, long handle, byte[] struct, int millis) {
        return present(function, call(function, handle, struct, millis));
    }

    /** Two numbers, or an array of none. */
    int[] pair(NvmlFunction function, long handle) {
        int[] first = new int[1];
        int[] second = new int[1];
        int code = call(function, handle, first, second);
        return present(function, code) ? new int[] {first[0], second[0]} : new int[0];
    }

    Optional<Boolean> flag(NvmlFunction function, long handle) {
        OptionalInt value = u32(function, handle);
        return value.isPresent() ? Optional.of(value.getAsInt() != 0) : Optional.empty();
    }

    long requireHandle(NvmlFunction function, Object... in) {
        long[] out = new long[1];
        require(function, append(in, out));
        return out[0];
    }

    /** A handle, or none where the answer says that the place is empty. */
    Optional<Long> handleOrHole(NvmlFunction function, Object... in) {
        long[] out = new long[1];
        int code = call(function, append(in, out));
        return present(function, code) ? Optional.of(out[0]) : Optional.empty();
    }

    /** The struct, if there is one. */
    Optional<byte[]> struct(NvmlFunction function, StructLayout layout, Object... in) {
        StructAnswer answer = readStruct(function, layout, in);
        return present(function, answer.code()) ? Optional.of(answer.struct()) : Optional.empty();
    }

    /** The struct, or none whatever the answer was. */
    Optional<byte[]> structIfAny(NvmlFunction function, StructLayout layout, Object... in) {
        StructAnswer answer = readStruct(function, layout, in);
        return answer.code() == 0 ? Optional.of(answer.struct()) : Optional.empty();
    }

    private record StructAnswer(int code, byte[] struct) {}

    private StructAnswer readStruct(NvmlFunction function, StructLayout layout, Object... in) {
        byte[] out = layout.allocate();
        int code = library.call(function, append(in, out));
        if (code == NvmlReturn.NOT_READY.code()) {
            out = layout.allocate();
            code = library.call(function, append(in, out));
        }
        return new StructAnswer(code, out);
    }

    private static Object[] append(Object[] in, Object out) {
        Object[] all = new Object[in.length + 1];
        System.arraycopy(in, 0, all, 0, in.length);
        all[in.length] = out;
        return all;
    }
}
