package io.github.gpucdi.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The oracles that were built, by name. Closing ends their processes. */
final class Oracles implements Iterable<Oracle>, AutoCloseable {
    /** Where {@code build-oracles.sh} has put them. */
    private static final String DIRECTORY = "oracle.directory";

    private final List<Oracle> oracles;

    private Oracles(List<Oracle> oracles) {
        this.oracles = Collections.unmodifiableList(oracles);
    }

    static Oracles built() {
        Path directory = Path.of(System.getProperty(DIRECTORY, "target/oracles"));
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(directory, "oracle-*.version")) {
            versions.forEach(files::add);
            Collections.sort(files);
            List<Oracle> oracles = new ArrayList<>();
            for (Path file : files) {
                String name = file.getFileName().toString();
                Path program = file.resolveSibling(name.substring(0, name.lastIndexOf('.')));
                oracles.add(new Oracle(program, Files.readString(file).strip()));
            }
            if (oracles.isEmpty()) {
                throw new IllegalStateException("no oracle in " + directory + ": run src/test/sh/build-oracles.sh");
            }
            return new Oracles(oracles);
        } catch (IOException e) {
            throw new UncheckedIOException("no oracles: run src/test/sh/build-oracles.sh", e);
        }
    }

    @Override
    public Iterator<Oracle> iterator() {
        return oracles.iterator();
    }

    @Override
    public void close() {
        oracles.forEach(Oracle::close);
    }
}
