package io.github.gpucdi.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * picocli, compiled anew from the sources of its release: those classes are of Java 5's version, which no start-up cache
 * can hold. Nothing in them is changed.
 */
final class Picocli {
    /** A jar has no zone for it, but of its very first second, which would be written with the time zone of here. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String SOURCES = "picocli-.*-sources\\.jar";

    private Picocli() {}

    /** The jar with the sources, among those of this JVM's class path. */
    static Path sources() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().matches(SOURCES)) {
                return path;
            }
        }
        throw new IllegalStateException("the sources of picocli are not on the class path");
    }

    /**
     * Compiles it.
     *
     * @param released the jar of the release: its manifest is kept
     * @param sources the jar with the sources
     * @return a jar of the same name in {@code work}
     */
    static Path compiled(Path released, Path sources, Path work) throws IOException {
        Path source = work.resolve("picocli-source");
        Path classes = work.resolve("picocli-classes");
        Tree.delete(source);
        Tree.delete(classes);
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-proc:none", "-nowarn", "-Xlint:none", "-g:none"));
        arguments.addAll(List.of("-d", classes.toString()));
        for (Path file : unpacked(sources, source)) {
            arguments.add(file.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IOException("picocli cannot be compiled: javac ends with " + status);
        }
        Path jar = work.resolve(released.getFileName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                JarFile old = new JarFile(released.toFile());
                Stream<Path> all = Files.walk(classes)) {
            try (InputStream manifest = old.getInputStream(old.getEntry(JarFile.MANIFEST_NAME))) {
                put(out, JarFile.MANIFEST_NAME, manifest.readAllBytes());
            }
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                put(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static List<Path> unpacked(Path sources, Path into) throws IOException {
        List<Path> files = new ArrayList<>();
        try (JarFile jar = new JarFile(sources.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.matches("picocli/[A-Za-z-]+\\.java")) {
                    Path file = into.resolve(name);
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
