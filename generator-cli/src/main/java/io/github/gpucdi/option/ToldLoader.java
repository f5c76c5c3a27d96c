package io.github.gpucdi.option;

import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.probe.NvmlLoader;
import io.github.gpucdi.terminal.Console;
import java.nio.file.Path;

/**
 * Tells on a terminal that the driver is waited for: to wake it takes seconds for each GPU.
 *
 * @param loader loads the library
 * @param console where it is told
 */
record ToldLoader(NvmlLoader loader, Console console) implements NvmlLoader {
    @Override
    public NvmlLibrary load(Path file) {
        tell();
        return loader.load(file);
    }

    @Override
    public NvmlLibrary loadBySoname() {
        tell();
        return loader.loadBySoname();
    }

    private void tell() {
        console.waiting("waiting for the NVIDIA driver: its first answer takes seconds for each GPU");
    }
}
