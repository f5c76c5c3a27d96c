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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Doubles built from C, each once for its source and arguments: kept in a directory of the user's below the temporary one. */
final class Compiled {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private Compiled() {}

    /**
     * Puts a double at a path: a file of its own, so that two of them in one JVM share no state.
     *
     * @param out the file to write; parent directories are made
     * @param source the resource with its C source
     * @param script the resource that builds it: {@code OUT_FILE}, then the arguments
     * @return {@code out}
     * @throws IllegalStateException if there is no compiler, see {@link #canBuild}, or it fails
     */
    static synchronized Path put(Path out, String source, String script, List<String> arguments) {
        if (!canBuild()) {
            throw new IllegalStateException("no bash or no " + compiler() + " on the PATH to build a double");
        }
        try {
            Path built = cached(source, script, arguments);
            Files.createDirectories(out.toAbsolutePath().getParent());
            return Files.copy(built, out, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for a library whose symbols have no versions. */
    static Path plain(Path out, String source, String soname, String... without) {
        List<String> arguments = new ArrayList<>(List.of(source, soname));
        arguments.addAll(List.of(without));
        return put(out, source, "build-plain.sh", arguments);
    }

    /** Writes the file beside a double that it reads, if no variable names another. */
    static void configure(Path library, List<String> lines) {
        try {
            Files.writeString(library.resolveSibling(library.getFileName() + ".conf"), String.join("\n", lines) + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the machine has what {@link #put} needs: bash, and gcc or the compiler that the variable CC names. */
    static boolean canBuild() {
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

    private static Path cached(String source, String script, List<String> arguments) throws IOException {
        String key = compiler() + ' ' + String.join(" ", arguments) + ' ' + System.getProperty("os.arch");
        Path directory = cacheDirectory();
        Path library = directory.resolve(hash(resource(source), resource(script), key.getBytes()) + ".so");
        if (!Files.exists(library)) {
            Path work = Files.createTempDirectory(directory, "build");
            Files.write(work.resolve(source), resource(source));
            Files.write(work.resolve(script), resource(script));
            compile(work, script, arguments);
            // Another JVM may have been as quick: both built the same, and the move is atomic.
            Files.move(work.resolve("out.so"), library, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(work.resolve(source));
            Files.delete(work.resolve(script));
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

    private static void compile(Path work, String script, List<String> arguments) throws IOException {
        Path log = work.resolve("build.log");
        List<String> command =
                new ArrayList<>(List.of("bash", work.resolve(script).toString(), "out.so"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("a double does not build:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Compiled.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not beside " + Compiled.class);
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
