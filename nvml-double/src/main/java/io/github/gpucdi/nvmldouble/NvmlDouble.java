package io.github.gpucdi.nvmldouble;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

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
        if (!canBuild()) {
            throw new IllegalStateException("no bash or no " + compiler() + " on the PATH to build the NVML double");
        }
        try {
            Path built = cached(version, symbols);
            Files.createDirectories(out.toAbsolutePath().getParent());
            return Files.copy(built, out, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        Files.delete(hanging);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("nvml")) {
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
        return isOnPath("bash") && isOnPath(compiler());
    }

    private static String compiler() {
        return System.getenv().getOrDefault("CC", "gcc");
    }

    private static boolean isOnPath(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(directory).resolve(program))) {
                return true;
            }
        }
        return false;
    }

    private static Path cached(String version, SymbolSet symbols) throws IOException {
        byte[] source = resource("nvml_double.c");
        byte[] script = resource("build.sh");
        String key = compiler() + ' ' + version + ' ' + symbols.argument() + ' ' + System.getProperty("os.arch");
        Path directory = cacheDirectory();
        Path library = directory.resolve(hash(source, script, key.getBytes()) + ".so");
        if (!Files.exists(library)) {
            Path work = Files.createTempDirectory(directory, "build");
            Files.write(work.resolve("nvml_double.c"), source);
            Files.write(work.resolve("build.sh"), script);
            compile(work, version, symbols);
            // Another JVM may have been as quick: both built the same, and the move is atomic.
            Files.move(work.resolve("out.so"), library, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(work.resolve("nvml_double.c"));
            Files.delete(work.resolve("build.sh"));
            Files.delete(work.resolve("build.log"));
            Files.delete(work);
        }
        return library;
    }

    /** A directory that outlives the JVM, but only if it is ours alone: what lies in it will be loaded. */
    private static Path cacheDirectory() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path shared = temporary.resolve("gpu-cdi-nvml-double-" + System.getProperty("user.name"));
        if (!Files.exists(shared, LinkOption.NOFOLLOW_LINKS)) {
            try {
                return Files.createDirectory(shared, PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Made by another JVM in between: judged below.
            }
        }
        Path own = Files.createTempFile("gpu-cdi", "owner");
        boolean ours = Files.isDirectory(shared, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(shared).equals(Files.getOwner(own))
                && Files.getPosixFilePermissions(shared).equals(PRIVATE);
        Files.delete(own);
        return ours ? shared : Files.createTempDirectory("gpu-cdi-nvml-double");
    }

    private static void compile(Path work, String version, SymbolSet symbols) throws IOException {
        Path log = work.resolve("build.log");
        Process process = new ProcessBuilder(
                        "bash", work.resolve("build.sh").toString(), "out.so", version, symbols.argument())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the NVML double does not build:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = NvmlDouble.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not beside " + NvmlDouble.class);
            }
            return in.readAllBytes();
        }
    }

    private static String hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
