package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.text.read.SpecDocument;
import java.nio.file.Path;

/** Where spec directories and their files are looked at: on the machine, or in a record of one. */
public interface SpecSource {
    /** The machine's own file system. */
    static SpecSource ofMachine() {
        return new MachineSpecs();
    }

    /** Whether a spec directory is itself a symbolic link; its parents may always be. */
    boolean isLink(Path directory);

    /** Whether what is listed as a spec directory is a regular file, not a link to one. */
    boolean isFile(Path directory);

    /** What is read as spec files in a directory; a missing one has no files and no problem. */
    SpecDirectory list(Path directory);

    /** A file of a listed directory; why it cannot be read is among the document's findings. */
    SpecDocument read(Path file);
}
