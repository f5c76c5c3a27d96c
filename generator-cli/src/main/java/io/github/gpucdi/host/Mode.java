package io.github.gpucdi.host;

/** How GPUs are discovered. */
public enum Mode {
    /** Through NVML: data-centre, workstation and desktop GPUs. */
    NVML
}
