package io.github.gpucdi.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Which file a path leads to: each that is written anew is another.
 *
 * @param key what the file system tells files apart by
 * @param modified when its content was last written
 * @param regular whether it is a file, and no link or directory
 */
record FileMark(Object key, FileTime modified, boolean regular) {
    /** Empty where there is nothing; links are not followed. */
    static Optional<FileMark> of(Path file) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new FileMark(found.fileKey(), found.lastModifiedTime(), found.isRegularFile()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
