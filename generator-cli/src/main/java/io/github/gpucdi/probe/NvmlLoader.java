package io.github.gpucdi.probe;

import io.github.gpucdi.nvml.NvmlLibrary;
import java.nio.file.Path;

/** Loads NVML, so that probes need not know how. */
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
}
