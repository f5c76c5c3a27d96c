package io.github.gpucdi.generate;

/** Whose manners a command has where the two differ. */
public enum Face {
    /** Ours. */
    GPU_CDI,
    /** nvidia-ctk 1.20's, for scripts in which one word is replaced. */
    NVIDIA_CTK
}
