package io.github.gpucdi.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that the user named: a path of the machine that the program runs on, whatever the host's root is.
 *
 * @param path absolute, normalised
 */
record NamedFile(Path path) {
    boolean exists() {
        return Files.exists(path);
    }

    boolean isRegular() {
        return Files.isRegularFile(path);
    }

    boolean isDirectory() {
        return Files.isDirectory(path);
    }

    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
