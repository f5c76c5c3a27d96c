package io.github.gpucdi.host;

import java.util.List;

/**
 * What one line of a CSV file names, and what was found. Only the list that belongs to its type can have something.
 *
 * @param type what kind of thing is to be looked for
 * @param line number of its line, from 1
 * @param path as it stands there, perhaps with wildcards
 * @param nodes of {@link Type#DEV}
 * @param directories of {@link Type#DIR}
 * @param libraries of {@link Type#LIB}; any file can be one
 * @param links of {@link Type#SYM}
 * @param failed what was looked for in vain or cannot be used
 */
public record CsvEntry(
        Type type,
        int line,
        String path,
        List<CharNode> nodes,
        List<FoundFile> directories,
        List<Library> libraries,
        List<CsvLink> links,
        List<FailedLookup> failed) {

    /** The first word of a line. */
    public enum Type {
        /** A character device below the dev root. */
        DEV,
        /** A directory. */
        DIR,
        /** A file, at the end of all links. */
        LIB,
        /** A symbolic link, and what it leads to. */
        SYM
    }

    public CsvEntry {
        nodes = List.copyOf(nodes);
        directories = List.copyOf(directories);
        libraries = List.copyOf(libraries);
        links = List.copyOf(links);
        failed = List.copyOf(failed);
    }
}
