package io.github.gpucdi.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is installed, laid out as it will lie below a prefix such as {@code /usr}. It has files and directories only. */
record Tree(Path root, Instant time) {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** An empty one, whatever was there. */
    static Tree empty(Path root, Instant time) throws IOException {
        delete(root);
        Files.createDirectories(root);
        return new Tree(root, time);
    }

    Path path(String name) {
        return root.resolve(name);
    }

    void file(Path source, String name) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            write(in, name, Files.isExecutable(source) && executable(name));
        }
    }

    void executable(Path source, String name) throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            write(in, name, true);
        }
    }

    void write(InputStream content, String name, boolean executable) throws IOException {
        Path target = path(name);
        Files.createDirectories(target.getParent());
        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(target, executable ? EXECUTABLE : PLAIN);
        Files.setLastModifiedTime(target, FileTime.from(time));
    }

    /** All below a directory, links as what they lead to. */
    void directory(Path source, String name) throws IOException {
        try (Stream<Path> all = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
            for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
                file(one, name + "/" + source.relativize(one));
            }
        }
    }

    /** Relative paths of all files, in an order that is always the same. */
    List<String> files() throws IOException {
        return relative(Files::isRegularFile);
    }

    /** Relative paths of all directories but the root, each after the one that it lies in. */
    List<String> directories() throws IOException {
        return relative(path -> Files.isDirectory(path) && !path.equals(root));
    }

    boolean isExecutable(String name) {
        return Files.isExecutable(path(name)) && executable(name);
    }

    long bytes() throws IOException {
        long all = 0;
        for (String name : files()) {
            all += Files.size(path(name));
        }
        return all;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private List<String> relative(java.util.function.Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(wanted)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Libraries need no such bit, whatever the JDK gave them. */
    private static boolean executable(String name) {
        return name.startsWith("bin/") || name.endsWith("/jspawnhelper");
    }
}
