package io.github.gpucdi.generate;

import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.probe.Dxcore;
import io.github.gpucdi.probe.LibraryLoader;
import io.github.gpucdi.probe.NvmlLoader;
import io.github.gpucdi.probe.Sandboxutils;
import io.github.gpucdi.probe.jna.JnaDxcore;
import io.github.gpucdi.probe.jna.JnaSandboxutils;
import java.nio.file.Path;

/** Loads libraries into this process. */
public final class JnaLoader implements NvmlLoader, LibraryLoader {
    @Override
    public NvmlLibrary load(Path file) {
        return JnaNvmlLibrary.load(file);
    }

    @Override
    public NvmlLibrary loadBySoname() {
        return JnaNvmlLibrary.loadBySoname();
    }

    @Override
    public Dxcore loadDxcore(Path file) {
        return JnaDxcore.load(file);
    }

    @Override
    public Sandboxutils loadSandboxutils(String name) {
        return JnaSandboxutils.load(name);
    }
}
