package io.github.gpucdi.system;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives a directory a name more, or puts something else behind one that it has. */
interface NewName extends Step {
    /** Where this machine finds it; no link leads there. */
    Path file();

    /** What the host calls it. */
    String path();

    /** Whether it has the name already, for something that is wrong. */
    boolean replaces();

    /**
     * Makes what the name is for.
     *
     * @param at where it is made
     * @throws FileAlreadyExistsException if there is something
     */
    void make(Path at) throws IOException;

    /** Whether the name has by now what it should have, whoever made it. */
    boolean isMade() throws IOException;

    @Override
    default String failure() {
        return "cannot make " + path();
    }

    @Override
    default String hint(IOException failure) {
        return failure instanceof AccessDeniedException
                ? "run as root; in a container device nodes take the capability MKNOD"
                : "can its directory be written, and is there free space?";
    }

    @Override
    default void run() throws IOException {
        if (replaces()) {
            replace();
            return;
        }
        try {
            make(file());
        } catch (FileAlreadyExistsException e) {
            // The driver's own tools make the same, at the same time of a boot.
            if (!isMade()) {
                throw taken();
            }
        }
    }

    private FileAlreadyExistsException taken() {
        return new FileAlreadyExistsException(file().toString(), null, "something else was put there meanwhile");
    }

    /** The name is never missing meanwhile. */
    private void replace() throws IOException {
        String random = Long.toHexString(System.nanoTime());
        Path beside = file().resolveSibling("." + file().getFileName() + ".gpu-cdi-" + random);
        make(beside);
        try {
            if (Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS)) {
                throw taken();
            }
            Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
