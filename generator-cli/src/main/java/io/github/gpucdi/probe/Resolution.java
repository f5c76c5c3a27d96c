package io.github.gpucdi.probe;

import java.util.List;

/**
 * Where a path leads inside a root.
 *
 * @param kind what is there, or why nothing is
 * @param path the path with every link resolved, below the root; where the walk stopped if there is nothing
 * @param links the symbolic links on the way, as paths below the root, in the order met
 */
record Resolution(Kind kind, String path, List<String> links) {

    /** What a path leads to. */
    enum Kind {
        /** A regular file. */
        REGULAR,
        /** A directory. */
        DIRECTORY,
        /** A character device. */
        CHARACTER_DEVICE,
        /** A socket, a FIFO or a block device. */
        OTHER,
        /** Nothing has that name. */
        MISSING,
        /** The name is a symbolic link to nothing. */
        DANGLING,
        /** More than 40 links: they lead in a circle. */
        LOOP,
        /** Permission or I/O. */
        UNREADABLE
    }

    Resolution {
        links = List.copyOf(links);
    }

    /** Whether there is something. */
    boolean exists() {
        return kind.compareTo(Kind.MISSING) < 0;
    }

    /** Whether there is something that is no directory. */
    boolean isNonDirectory() {
        return exists() && kind != Kind.DIRECTORY;
    }
}
