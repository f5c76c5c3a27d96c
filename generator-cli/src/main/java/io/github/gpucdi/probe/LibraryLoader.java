package io.github.gpucdi.probe;

import java.nio.file.Path;

/** Loads libraries besides NVML, so that probes need not know how. */
public interface LibraryLoader {

    /**
     * Loads libdxcore.
     *
     * @param file absolute path
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     */
    Dxcore loadDxcore(Path file);

    /**
     * Loads libnvidia-sandboxutils.
     *
     * @param name absolute path, or SONAME for what the machine's own loader finds
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     */
    Sandboxutils loadSandboxutils(String name);
}
