package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The C library of the machine that builds: an image has no host's.
 *
 * @param version with the distribution's own part, if it has one
 * @param files by where they lie in an image: there the dynamic linker of the same build looks
 */
record Glibc(String version, Map<String, Path> files) {
    /** What the files of a package ask for, and what NVML does besides. */
    private static final List<String> LIBRARIES =
            List.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1");

    private static final List<Path> NOTICES = List.of(
            Path.of("/usr/share/doc/libc6/copyright"),
            Path.of("/usr/share/licenses/glibc/LICENSES"),
            Path.of("/usr/share/licenses/glibc/LICENSES.txt"));

    private static final Pattern SAYS =
            Pattern.compile("GNU C Library \\((.*)\\) (?:stable|development) release version ([0-9.]+)\\.");

    static Glibc ofCompiler(Architecture architecture) throws IOException, InterruptedException {
        Map<String, Path> files = new TreeMap<>();
        Path interpreter = Path.of(architecture.interpreter());
        Path linker = found(interpreter.getFileName().toString());
        files.put(interpreter.toString(), linker);
        for (String name : LIBRARIES) {
            Path library = found(name);
            files.put(library.toString(), library);
        }
        return new Glibc(version(found("libc.so.6")), files);
    }

    private static Path found(String name) throws IOException, InterruptedException {
        Path file = Path.of(Commands.run(List.of(Launcher.COMPILER, "-print-file-name=" + name))
                        .strip())
                .normalize();
        if (!file.isAbsolute() || !Files.isRegularFile(file)) {
            throw new IllegalStateException("an image needs glibc, and " + Launcher.COMPILER + " finds no " + name);
        }
        return file;
    }

    /** Such as {@code 2.41 (Debian GLIBC 2.41-12)}: it says it itself, also where it cannot be run. */
    private static String version(Path library) throws IOException {
        Matcher matcher = SAYS.matcher(Files.readString(library, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IllegalStateException(library + " tells no version");
        }
        return matcher.group(2) + " (" + matcher.group(1) + ")";
    }

    /** What the distribution says of its authors, if that is installed. */
    static Optional<Path> notice() {
        return NOTICES.stream().filter(Files::isRegularFile).findFirst();
    }
}
