package io.github.gpucdi.e2e.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the host has, and what a container shall get of it: the tables of {@code src/test/engine-host}, whose README
 * tells their columns. {@code engine-host.sh} makes the host of the same tables.
 *
 * @param version the driver's
 * @param nodes device nodes
 * @param links links in {@code /dev}
 * @param libraries fake libraries of the driver; the NVML double is not among them
 * @param files further files of the driver
 * @param sockets those of the driver's daemons
 */
public record HostTables(
        String version,
        List<Node> nodes,
        List<Link> links,
        List<Library> libraries,
        List<String> files,
        List<String> sockets) {
    /** Where the host's libraries are, and where a hook-free spec puts them for Debian-like images. */
    public static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu";

    private static final Path DIRECTORY = Path.of("src/test/engine-host");

    /**
     * A character device.
     *
     * @param mode octal, such as {@code 666}
     * @param devices the CDI devices that it belongs to, {@code common} for all
     */
    public record Node(String path, int major, int minor, String mode, int uid, int gid, Set<String> devices) {
        /** The same under another path. */
        Node at(String other) {
            return new Node(other, major, minor, mode, uid, gid, devices);
        }
    }

    /** A link in {@code /dev}. */
    public record Link(String path, String target, Set<String> devices) {}

    /**
     * A fake library.
     *
     * @param file its file below {@link #LIBRARIES}
     * @param links names that lead to it, the first to the file, each other to the one before
     */
    public record Library(String file, String soname, List<String> links) {
        /** Every name below {@link #LIBRARIES} that it has. */
        List<String> names() {
            List<String> names = new ArrayList<>(List.of(file));
            names.addAll(links);
            return names;
        }

        /** What its function says, see {@code fake.c} and {@code build-engines.sh}. */
        String says(String version) {
            return file.substring(file.lastIndexOf('/') + 1) + " of " + version;
        }
    }

    public static HostTables read() {
        String version = rows("version").get(0);
        List<Node> nodes = new ArrayList<>();
        for (String row : rows("nodes")) {
            String[] words = row.split(" ");
            nodes.add(new Node(
                    words[0],
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    words[3],
                    Integer.parseInt(words[4]),
                    Integer.parseInt(words[5]),
                    Set.of(words[6].split(","))));
        }
        List<Link> links = new ArrayList<>();
        for (String row : rows("links")) {
            String[] words = row.split(" ");
            links.add(new Link(words[0], words[1], Set.of(words[2].split(","))));
        }
        List<Library> libraries = new ArrayList<>();
        for (String row : rows("libraries")) {
            String[] words = row.replace("@", version).split(" ");
            libraries.add(
                    new Library(words[0], words[1], words[2].equals("-") ? List.of() : List.of(words[2].split(","))));
        }
        List<String> files =
                rows("files").stream().map(file -> file.replace("@", version)).toList();
        return new HostTables(version, nodes, links, libraries, files, rows("sockets"));
    }

    /** The library of a file name. */
    Library library(String prefix) {
        return libraries.stream()
                .filter(library -> library.file().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rows(String table) {
        try {
            List<String> rows = new ArrayList<>(Files.readAllLines(DIRECTORY.resolve(table)));
            rows.removeIf(row -> row.isEmpty() || row.startsWith("#"));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
