package io.github.gpucdi.nvmldouble;

import java.util.Locale;

/** Which symbols the double exports: those that the real library of a driver branch has. */
public enum SymbolSet {
    /** No long bus id, no CUDA version, no MIG. */
    DRIVER_340("340"),
    /** The last branch without MIG. */
    DRIVER_418("418"),
    /** The first branch with MIG. */
    DRIVER_450("450"),
    /** New MIG UUIDs, excluded devices. */
    DRIVER_470("470"),
    /** Memory with its reserved part. */
    DRIVER_535("535"),
    /** NUMA nodes. */
    DRIVER_550("550"),
    /** Everything, the addressing mode too. */
    FULL("full"),
    /** Only names without a version suffix. */
    PLAIN("plain");

    private final String argument;

    SymbolSet(String argument) {
        this.argument = argument;
    }

    /** The name that {@code build.sh} takes. */
    public String argument() {
        return argument;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
