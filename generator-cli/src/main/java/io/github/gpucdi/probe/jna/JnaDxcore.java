package io.github.gpucdi.probe.jna;

import com.sun.jna.Memory;
import io.github.gpucdi.nvml.jna.LoadedLibrary;
import io.github.gpucdi.probe.Dxcore;
import java.nio.file.Path;
import java.util.OptionalInt;

/** libdxcore through JNA. A call that hangs keeps its memory: it is freed by the thread that made the call. */
public final class JnaDxcore implements Dxcore {
    private final LoadedLibrary library;

    private JnaDxcore(LoadedLibrary library) {
        this.library = library;
    }

    /**
     * Loads one file.
     *
     * @param file absolute path
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     */
    public static Dxcore load(Path file) {
        return new JnaDxcore(LoadedLibrary.open(file.toString()));
    }

    @Override
    public OptionalInt call(String symbol, byte[] struct, int pointerAt, byte[] buffer) {
        try (Memory memory = new Memory(struct.length + (long) buffer.length)) {
            memory.write(0, struct, 0, struct.length);
            memory.write(struct.length, buffer, 0, buffer.length);
            if (buffer.length > 0) {
                memory.setPointer(pointerAt, memory.share(struct.length));
            }
            OptionalInt status = library.invokeInt(symbol, memory);
            memory.read(0, struct, 0, struct.length);
            memory.read(struct.length, buffer, 0, buffer.length);
            return status;
        }
    }
}
