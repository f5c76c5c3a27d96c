package io.github.gpucdi.nvmldouble;

import java.nio.file.Path;
import java.util.List;

/**
 * Builds the C double of WSL's {@code libdxcore.so}, and tells it what to answer: the head of {@code dxcore_double.c} lists the
 * lines that it reads.
 */
public final class DxcoreDouble {

    private DxcoreDouble() {}

    /**
     * Puts a double at a path.
     *
     * @param out the file to write; parent directories are made
     * @param without functions that it is to lack: {@code WITHOUT_ENUM2}, {@code WITHOUT_ENUM3}
     * @return {@code out}
     * @throws IllegalStateException if there is no compiler, see {@link NvmlDouble#canBuild}, or it fails
     */
    public static Path build(Path out, String... without) {
        return Compiled.plain(out, "dxcore_double.c", "libdxcore.so", without);
    }

    /** Makes these lines the configuration of one double from its next call on. */
    public static void configure(Path library, String... lines) {
        Compiled.configure(library, List.of(lines));
    }
}
