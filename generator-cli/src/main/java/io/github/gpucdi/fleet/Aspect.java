package io.github.gpucdi.fleet;

import io.github.gpucdi.host.EnumWord;

/** What the hosts of a fleet are compared in. */
public enum Aspect {
    /** The driver's version. */
    DRIVER,
    /** How many GPUs of which product. */
    GPUS,
    /** How the GPUs are partitioned. */
    MIG,
    /** Which engines there are, and whether they give GPUs to containers. */
    ENGINES,
    /** Whether there is a spec, and whether it is the driver's. */
    SPEC;

    /** The word for it, such as {@code driver}. */
    public String word() {
        return EnumWord.of(this);
    }
}
