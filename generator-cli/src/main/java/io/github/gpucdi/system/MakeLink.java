package io.github.gpucdi.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a symbolic link.
 *
 * @param target where it leads on the host
 */
record MakeLink(Path file, String path, String target, boolean replaces) implements NewName {
    @Override
    public String text() {
        return "Creating link " + path + " => " + target;
    }

    @Override
    public void make(Path at) throws IOException {
        Files.createSymbolicLink(at, Path.of(target));
    }

    @Override
    public boolean isMade() throws IOException {
        return Files.isSymbolicLink(file)
                && Files.readSymbolicLink(file).toString().equals(target);
    }
}
