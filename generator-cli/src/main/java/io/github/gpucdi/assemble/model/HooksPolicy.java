package io.github.gpucdi.assemble.model;

/** Whether a spec may name the hook program of the NVIDIA container toolkit. */
public enum HooksPolicy {
    /** {@link #NVIDIA} if a usable hook program was found or is asked for, else {@link #NONE}. */
    AUTO,
    /** What nvidia-ctk writes. */
    NVIDIA,
    /** Mounts, environment and device nodes only. */
    NONE
}
