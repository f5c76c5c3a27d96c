package io.github.gpucdi.nvml;

import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** One loaded double per symbol set: a library once loaded stays loaded. */
final class Doubles {

    private static final Map<SymbolSet, JnaNvmlLibrary> LOADED = new EnumMap<>(SymbolSet.class);

    private Doubles() {}

    static synchronized JnaNvmlLibrary library(SymbolSet symbols) {
        return LOADED.computeIfAbsent(
                symbols,
                set -> JnaNvmlLibrary.load(NvmlDouble.build(
                        target().resolve("double-" + set.argument())
                                .resolve("libnvidia-ml.so." + NvmlDouble.DEFAULT_VERSION),
                        NvmlDouble.DEFAULT_VERSION,
                        set)));
    }

    static Nvml open(DoubleConfig config) {
        NvmlDouble.configure(config);
        return Nvml.open(library(SymbolSet.FULL));
    }

    /** The build directory, where the configuration file is. */
    static Path target() {
        return NvmlDouble.configFile().toAbsolutePath().getParent();
    }
}
