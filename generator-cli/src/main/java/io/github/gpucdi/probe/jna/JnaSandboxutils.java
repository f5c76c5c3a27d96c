package io.github.gpucdi.probe.jna;

import com.sun.jna.Pointer;
import io.github.gpucdi.nvml.jna.LoadedLibrary;
import io.github.gpucdi.probe.Sandboxutils;
import java.io.ByteArrayOutputStream;
import java.util.OptionalInt;

/** libnvidia-sandboxutils through JNA: signatures, nothing else. */
public final class JnaSandboxutils implements Sandboxutils {
    private final LoadedLibrary library;

    private JnaSandboxutils(LoadedLibrary library) {
        this.library = library;
    }

    /**
     * Loads it.
     *
     * @param name absolute path, or SONAME
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     */
    public static Sandboxutils load(String name) {
        return new JnaSandboxutils(LoadedLibrary.open(name));
    }

    @Override
    public OptionalInt call(String symbol, Object... arguments) {
        return library.invokeInt(symbol, arguments);
    }

    @Override
    public byte[] bytes(long address, int size) {
        return new Pointer(address).getByteArray(0, size);
    }

    /** Byte by byte: what follows the NUL may belong to nobody. */
    @Override
    public byte[] text(long address, int max) {
        Pointer text = new Pointer(address);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < max; i++) {
            byte next = text.getByte(i);
            if (next == 0) {
                break;
            }
            bytes.write(next);
        }
        return bytes.toByteArray();
    }
}
