package io.github.gpucdi.assemble.mode;

/** How a GPU's memory stands to the processor's; a spec can be split by it. */
public enum Coherence {
    COHERENT,
    NONCOHERENT
}
