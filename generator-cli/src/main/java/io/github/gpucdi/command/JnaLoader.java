package io.github.gpucdi.command;

import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.probe.NvmlLoader;
import java.nio.file.Path;

/** Loads NVML into this process. */
final class JnaLoader implements NvmlLoader {
    @Override
    public NvmlLibrary load(Path file) {
        return JnaNvmlLibrary.load(file);
    }

    @Override
    public NvmlLibrary loadBySoname() {
        return JnaNvmlLibrary.loadBySoname();
    }
}
