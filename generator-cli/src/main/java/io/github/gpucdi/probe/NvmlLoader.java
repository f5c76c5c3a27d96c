package io.github.gpucdi.probe;

import io.github.gpucdi.nvml.NvmlLibrary;
import java.nio.file.Path;

/** Loads NVML and what is asked beside it, so that probes need not know how. */
public interface NvmlLoader {

    /**
     * Loads a file.
     *
     * @param file absolute path
     * @throws io.github.gpucdi.nvml.NvmlException of the call {@code dlopen} if it cannot be loaded
     */
    NvmlLibrary load(Path file);

    /**
     * Loads what the machine's own loader finds as {@code libnvidia-ml.so.1}.
     *
     * @throws io.github.gpucdi.nvml.NvmlException of the call {@code dlopen} if it finds none
     */
    NvmlLibrary loadBySoname();

    /**
     * Loads libnvidia-sandboxutils; where nobody can ask for it there is none.
     *
     * @param name absolute path, or SONAME for what the machine's own loader finds
     * @throws UnsatisfiedLinkError with the loader's own message if it cannot be loaded
     */
    default Sandboxutils loadSandboxutils(String name) {
        throw new UnsatisfiedLinkError(name + ": not loaded here");
    }
}
