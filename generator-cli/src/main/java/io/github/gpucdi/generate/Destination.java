package io.github.gpucdi.generate;

import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where specs go, and in which form.
 *
 * @param file the main spec's file, absolute, with the extension of its form; empty for the caller's standard output
 * @param format the form
 */
public record Destination(Optional<Path> file, SpecFormat format) {

    /** The file of a further spec: {@code infix} put before the extension. */
    public Optional<Path> file(String infix) {
        return file.map(path -> {
            String name = path.getFileName().toString();
            String stem = name.substring(0, name.length() - format.extension().length());
            return path.resolveSibling(stem + infix + format.extension());
        });
    }
}
