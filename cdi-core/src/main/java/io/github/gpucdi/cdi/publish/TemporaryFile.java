package io.github.gpucdi.cdi.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A file that becomes another by its name, once it is whole. */
final class TemporaryFile {
    private static final String PREFIX = ".spec-";
    private static final String SUFFIX = ".tmp";
    private static final int ATTEMPTS = 16;

    /** No writer takes as long as this, in milliseconds. */
    private static final long LEFT_OVER = Duration.ofHours(1).toMillis();

    private TemporaryFile() {}

    /** The new file under a name that no engine reads: hidden, and ending in neither .yaml nor .json. */
    static Path write(Path directory, byte[] content) throws IOException {
        for (int attempt = 1; ; attempt++) {
            String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
            Path temporary = directory.resolve(PREFIX + random + SUFFIX);
            FileChannel channel;
            try {
                channel = FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(Publisher.PRIVATE));
            } catch (FileAlreadyExistsException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                continue;
            }
            try (channel) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
                return temporary;
            } catch (IOException | RuntimeException e) {
                deleteQuietly(temporary);
                throw e;
            }
        }
    }

    /**
     * Deletes what writers that were killed have left: regular files of such names and of the same owner, an hour older than
     * {@code mine}, by the one clock that both have their times from. Safe beside other writers: should one of them have slept for
     * so long, it finds no file to rename, fails as on any other error, and what is in place stays whole. What cannot be deleted
     * stays: nobody reads it.
     */
    static void deleteLeftOver(Path directory, Path mine) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            PosixFileAttributes own = attributes(mine);
            for (Path file : files) {
                if (isName(file.getFileName().toString()) && isLeftOver(file, own)) {
                    deleteQuietly(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A directory that may be written to, but not read.
            return;
        }
    }

    private static boolean isName(String name) {
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return false;
        }
        int end = name.length() - SUFFIX.length();
        for (int i = PREFIX.length(); i < end; i++) {
            if ("0123456789abcdef".indexOf(name.charAt(i)) < 0) {
                return false;
            }
        }
        return end > PREFIX.length();
    }

    private static boolean isLeftOver(Path file, PosixFileAttributes own) {
        try {
            PosixFileAttributes found = attributes(file);
            long age =
                    own.lastModifiedTime().toMillis() - found.lastModifiedTime().toMillis();
            return found.isRegularFile() && found.owner().equals(own.owner()) && age > LEFT_OVER;
        } catch (IOException e) {
            // Another writer's, renamed meanwhile.
            return false;
        }
    }

    private static PosixFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // Nobody reads it, and a failure that led here says more.
            return;
        }
    }
}
