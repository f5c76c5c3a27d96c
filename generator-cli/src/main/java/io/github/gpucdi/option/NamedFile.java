package io.github.gpucdi.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that the user named: a path of the machine that the program runs on, whatever the host's root is.
 *
 * @param path absolute, normalised
 */
record NamedFile(Path path) {
    boolean exists() {
        return Files.exists(path);
    }

    /** Whether it is known not to be there, as opposed to out of reach. */
    boolean isMissing() {
        return Files.notExists(path);
    }

    boolean isRegular() {
        return Files.isRegularFile(path);
    }

    boolean isDirectory() {
        return Files.isDirectory(path);
    }

    /** Whether it is a device, socket or FIFO. */
    boolean isOther() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isOther();
        } catch (IOException e) {
            // Missing or out of reach; the latter shows when the file is written.
            return false;
        }
    }

    /** Names of what a directory holds that end in {@code suffix}; hidden ones are passed over. */
    List<String> names(String suffix) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.endsWith(suffix) && !name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
