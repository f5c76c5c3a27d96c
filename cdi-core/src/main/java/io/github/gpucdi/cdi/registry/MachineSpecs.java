package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Spec directories in the machine's file system. */
final class MachineSpecs implements SpecSource {
    @Override
    public boolean isLink(Path directory) {
        return Files.isSymbolicLink(directory);
    }

    @Override
    public boolean isFile(Path directory) {
        return Files.isRegularFile(directory, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public SpecDirectory list(Path directory) {
        return SpecDirectory.list(directory);
    }

    @Override
    public SpecDocument read(Path file) {
        return SpecReader.read(file);
    }
}
