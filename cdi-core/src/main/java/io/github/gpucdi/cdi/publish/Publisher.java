package io.github.gpucdi.cdi.publish;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Puts the bytes of a spec where engines find them. A reader sees the old file or the new one, never a part; on every
 * failure the old file is as it was. Engines that watch the directory notice, since they watch for renames within it.
 */
public final class Publisher {
    /** What {@link #publish} did. */
    public enum Outcome {
        /** The file is new or replaced. */
        WRITTEN,
        /** The file was there with the same bytes and mode; nothing was touched. */
        UNCHANGED
    }

    /** Readable for rootless engines too. */
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-r--r--");

    private static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwxr-xr-x");
    static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private Publisher() {}

    /**
     * Finds out, without writing, what would make {@link #publish} fail: for callers with several files to write, before
     * the first of them.
     *
     * @throws CdiException as {@link #publish}
     */
    public static void check(Path target, byte[] content, SpecFormat format) throws CdiException {
        requireReplaceable(target);
        requireNameOf(format, target);
        if (isPublished(target, content, FILE_MODE)) {
            return;
        }
        Path directory = directoryOf(target);
        while (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && directory.getParent() != null) {
            directory = directory.getParent();
        }
        if (!Files.isDirectory(directory)) {
            throw new CdiException(Code.UNWRITABLE, target.toString(), directory + " is not a directory");
        }
        try {
            directory.getFileSystem().provider().checkAccess(directory, AccessMode.WRITE);
        } catch (IOException e) {
            throw new CdiException(Code.UNWRITABLE, target.toString(), reason(e) + " in " + directory, e);
        }
    }

    /**
     * Makes {@code target} a regular file of mode 0644 with {@code content}, whatever the umask; missing directories
     * above it are made with mode 0755. Both file and directory are on disk when this returns. A symbolic link to
     * a regular file is replaced, not followed.
     *
     * @param format that of {@code content}
     * @throws CdiException {@code NAME_AGAINST_FORMAT} when engines do not read a file of that name as {@code format};
     *     {@code NOT_A_REGULAR_FILE} when {@code target} is a directory, device, socket or FIFO, or a link to one or to
     *     nothing; {@code UNWRITABLE} with the system's reason
     */
    public static Outcome publish(Path target, byte[] content, SpecFormat format) throws CdiException {
        requireReplaceable(target);
        requireNameOf(format, target);
        return publish(target, content, FILE_MODE);
    }

    /** As {@link #publish}, for what is no spec and only its owner may read: any name, and the file has mode 0600. */
    public static Outcome publishPrivate(Path target, byte[] content) throws CdiException {
        requireReplaceable(target);
        return publish(target, content, PRIVATE);
    }

    /** As {@link #publish}, for what is no spec and anybody may read: any name. */
    public static Outcome publishText(Path target, byte[] content) throws CdiException {
        requireReplaceable(target);
        return publish(target, content, FILE_MODE);
    }

    private static Outcome publish(Path target, byte[] content, Set<PosixFilePermission> mode) throws CdiException {
        if (isPublished(target, content, mode)) {
            return Outcome.UNCHANGED;
        }
        try {
            replace(target, content, mode);
        } catch (IOException e) {
            throw new CdiException(Code.UNWRITABLE, target.toString(), reason(e), e);
        }
        return Outcome.WRITTEN;
    }

    /**
     * Whether {@code target} lacks {@code content}: it is missing or holds other bytes. Never opens anything but a regular
     * file, links followed.
     *
     * @throws CdiException {@code NOT_A_REGULAR_FILE} where {@link #publish} would refuse it; {@code UNREADABLE} with the
     *     system's reason
     */
    public static boolean differs(Path target, byte[] content) throws CdiException {
        requireReplaceable(target);
        try {
            return !hasContent(target, content);
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new CdiException(Code.UNREADABLE, target.toString(), reason(e), e);
        }
    }

    private static void requireNameOf(SpecFormat format, Path target) throws CdiException {
        if (!target.getFileName().toString().endsWith(format.extension())) {
            throw new CdiException(
                    Code.NAME_AGAINST_FORMAT,
                    target.toString(),
                    "engines read " + format + " from files named *" + format.extension() + " only");
        }
    }

    private static void requireReplaceable(Path target) throws CdiException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(target, BasicFileAttributes.class);
        } catch (IOException e) {
            if (Files.isSymbolicLink(target)) {
                throw new CdiException(
                        Code.NOT_A_REGULAR_FILE, target.toString(), "the target is a link that leads nowhere");
            }
            // Missing or out of reach; the latter shows when the file is written.
            return;
        }
        if (!attributes.isRegularFile()) {
            String kind = attributes.isDirectory() ? "a directory" : "a device, socket or FIFO";
            throw new CdiException(Code.NOT_A_REGULAR_FILE, target.toString(), "the target is " + kind);
        }
        if (target.getFileName() == null) {
            throw new CdiException(Code.NOT_A_REGULAR_FILE, target.toString(), "the target has no name");
        }
    }

    private static boolean isPublished(Path target, byte[] content, Set<PosixFilePermission> mode) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(target, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    && attributes.permissions().equals(mode)
                    && attributes.size() == content.length
                    && hasContent(target, content);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasContent(Path file, byte[] content) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(content.length + 1), content);
        }
    }

    private static void replace(Path target, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        Path directory = directoryOf(target);
        makeDirectory(directory);
        Path temporary = TemporaryFile.write(directory, content);
        try {
            TemporaryFile.deleteLeftOver(directory, temporary);
            Files.setPosixFilePermissions(temporary, mode);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            TemporaryFile.deleteQuietly(temporary);
            throw e;
        }
        sync(directory);
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectory(parent);
        }
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY_MODE));
            Files.setPosixFilePermissions(directory, DIRECTORY_MODE);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new FileSystemException(directory.toString(), null, directory + " is not a directory");
            }
        }
        if (parent != null) {
            sync(parent);
        }
    }

    /** Makes a rename last through a crash. Some file systems cannot do that for a directory; the file is there then. */
    private static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The new file is complete and in place: nothing to undo, nothing that the user could do.
            return;
        }
    }

    private static Path directoryOf(Path target) {
        return target.toAbsolutePath().getParent();
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return plain(failure.getReason());
        }
        return e.getMessage() == null ? "input/output error" : plain(e.getMessage());
    }

    /** The system's message in lower case, as it continues a line. */
    private static String plain(String message) {
        if (message.startsWith("No space left")) {
            return "no space left on the device";
        }
        if (message.startsWith("Read-only file system")) {
            return "read-only file system";
        }
        if (message.startsWith("Not a directory")) {
            return "not in a directory";
        }
        return message;
    }
}
