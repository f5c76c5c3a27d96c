package io.github.gpucdi.fleet;

/** What became of a host. */
public enum Verdict {
    /** Nothing was found but notes. */
    WORKS,
    /** Something is to be mended, and keeps no engine from giving GPUs. */
    WARNS,
    /** Something keeps an engine from giving GPUs, or there is no engine, or no spec. */
    FAILS,
    /** Its snapshot cannot be used. */
    UNUSABLE
}
