package io.github.gpucdi.probe;

import java.nio.file.Path;

/** Loads libdxcore, so that probes need not know how. */
public interface DxcoreLoader {

    /**
     * Loads a file.
     *
     * @param file absolute path
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     */
    Dxcore loadDxcore(Path file);
}
