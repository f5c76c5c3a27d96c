package io.github.gpucdi.host;

import java.util.Optional;

/**
 * What a path of the host leads to.
 *
 * @param path the path, absolute and normalised
 * @param kind what is there, links followed
 * @param link whether the name is itself a symbolic link
 * @param node the character device that is there, under its path with every link resolved
 */
public record PathFact(String path, Kind kind, boolean link, Optional<CharNode> node) {

    /** What a path leads to. */
    public enum Kind {
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
        DANGLING_LINK,
        /** Links that lead in a circle. */
        LINK_LOOP,
        /** Permission or I/O. */
        UNREADABLE;

        /** Whether there is nothing at the path, for certain. */
        public boolean isGone() {
            return this == MISSING || this == DANGLING_LINK || this == LINK_LOOP;
        }
    }
}
