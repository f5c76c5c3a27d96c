package io.github.gpucdi.nvmldouble;

import java.nio.file.Path;
import java.util.List;

/**
 * Builds the C double of {@code libnvidia-sandboxutils.so.1}, and tells it what to answer: the head of
 * {@code sandboxutils_double.c} lists the lines that it reads.
 */
public final class SandboxutilsDouble {

    private SandboxutilsDouble() {}

    /**
     * Puts a double at a path.
     *
     * @param out the file to write; parent directories are made
     * @param without what it is to lack the function for: {@code WITHOUT_CONTENT}, {@code WITHOUT_RESOURCE},
     *     {@code WITHOUT_VERSION}
     * @return {@code out}
     * @throws IllegalStateException if there is no compiler, see {@link NvmlDouble#canBuild}, or it fails
     */
    public static Path build(Path out, String... without) {
        return Compiled.plain(out, "sandboxutils_double.c", "libnvidia-sandboxutils.so.1", without);
    }

    /** Makes these lines the configuration of one double from the next init of a session on. */
    public static void configure(Path library, List<String> lines) {
        Compiled.configure(library, lines);
    }
}
