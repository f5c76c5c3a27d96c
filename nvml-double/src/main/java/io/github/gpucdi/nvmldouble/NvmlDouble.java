package io.github.gpucdi.nvmldouble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Builds the C double of {@code libnvidia-ml.so.1}, and tells it what to answer.
 *
 * <p>A double reads its configuration at every init: the file beside it, or for all doubles of a process the one that the
 * variable {@link #CONFIG_VARIABLE} names. A program started by a test is told by the variable; for tests in the JVM itself it
 * is of use where the library's file is not known, and must be set before the JVM starts.
 */
public final class NvmlDouble {

    /** The variable that names the configuration file. */
    public static final String CONFIG_VARIABLE = "NVML_DOUBLE_CONFIG";

    /** The driver version of a double that was built with no other. */
    public static final String DEFAULT_VERSION = "580.95.05";

    private NvmlDouble() {}

    /**
     * Puts a double at a path: a file of its own, so that two of them in one JVM share no state. Compiled once per version and
     * symbols, and kept in a directory of the user's below the temporary one.
     *
     * @param out the file to write, by custom {@code libnvidia-ml.so.<version>}; parent directories are made
     * @param version driver version that it reports unless its configuration says otherwise
     * @param symbols what it exports
     * @return {@code out}
     * @throws IllegalStateException if there is no compiler, see {@link #canBuild}, or it fails
     */
    public static synchronized Path build(Path out, String version, SymbolSet symbols) {
        return Compiled.put(out, "nvml_double.c", "build.sh", List.of(version, symbols.argument()));
    }

    /** As {@link #build(Path, String, SymbolSet)}, named {@code libnvidia-ml.so.<version>} in a directory, everything exported. */
    public static Path buildIn(Path directory, String version) {
        return build(directory.resolve("libnvidia-ml.so." + version), version, SymbolSet.FULL);
    }

    /**
     * The file that all doubles loaded by this JVM read.
     *
     * @throws IllegalStateException if {@link #CONFIG_VARIABLE} is not set: each reads its own then
     */
    public static Path configFile() {
        String file = System.getenv(CONFIG_VARIABLE);
        if (file == null) {
            throw new IllegalStateException(CONFIG_VARIABLE + " is not set");
        }
        return Path.of(file);
    }

    /** The file that one double reads when this JVM has loaded it. */
    public static Path configFile(Path library) {
        String file = System.getenv(CONFIG_VARIABLE);
        return file == null ? library.resolveSibling(library.getFileName() + ".conf") : Path.of(file);
    }

    /** Makes this the configuration of {@link #configFile()} from the next init on. */
    public static void configure(DoubleConfig config) {
        config.write(configFile());
    }

    /** Makes this the configuration of one double from the next init on. */
    public static void configure(Path library, DoubleConfig config) {
        config.write(configFile(library));
    }

    /**
     * Releases the calls that hang until this file is gone, and waits for threads called {@code nvml}, as those of an
     * {@code NvmlThread} are: they still use the double's files.
     */
    public static void release(Path hanging) throws IOException {
        release(hanging, "nvml");
    }

    /** The same for calls of any double, made by threads of this name. */
    public static void release(Path hanging, String name) throws IOException {
        Files.delete(hanging);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                try {
                    thread.join(Duration.ofMinutes(1).toMillis());
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted", e);
                }
            }
        }
    }

    /** Whether the machine has what {@link #build} needs: bash, and gcc or the compiler that the variable CC names. */
    public static boolean canBuild() {
        return Compiled.canBuild();
    }
}
