package io.github.gpucdi.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * That one process alone watches for an output file: a lock on a hidden file beside it, which no engine reads. Beside it, and not
 * in {@code /run}, since a container may write the same file for its node; the kernel gives it up when the process ends.
 */
public final class OutputLock implements AutoCloseable {
    private final FileChannel channel;

    private OutputLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; empty if another process has it.
     *
     * @throws IOException if there cannot be one, as in a directory that cannot be written
     */
    public static Optional<OutputLock> take(Path output) throws IOException {
        Path directory = output.getParent();
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        FileChannel channel = FileChannel.open(
                file(output),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return of(channel);
    }

    /** The file that is locked. */
    public static Path file(Path output) {
        return output.resolveSibling("." + output.getFileName() + ".watch");
    }

    /** The lock of a file that is open, and is closed without one. */
    static Optional<OutputLock> of(FileChannel channel) throws IOException {
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new OutputLock(channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: as good as another process.
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
