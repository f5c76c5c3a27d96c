package io.github.gpucdi.command;

import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaMissingException;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.probe.NvmlLoader;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Loads NVML into this process. */
final class JnaLoader implements NvmlLoader {
    @Override
    public NvmlLibrary load(Path file) {
        return withJna(() -> JnaNvmlLibrary.load(file));
    }

    /** Without JNA nothing is known of the driver: that is no reason to install one. */
    private static NvmlLibrary withJna(Supplier<NvmlLibrary> load) {
        try {
            return load.get();
        } catch (JnaMissingException e) {
            throw new CommandFailure(
                    ExitCode.BUG,
                    "gpu-cdi cannot call native libraries: the native part of JNA does not load: " + e.getMessage(),
                    "gpu-cdi is not wholly installed, or is built for another processor: install it anew;"
                            + " a temporary directory mounted noexec can be the reason too",
                    e);
        }
    }

    @Override
    public NvmlLibrary loadBySoname() {
        return withJna(JnaNvmlLibrary::loadBySoname);
    }
}
