package io.github.gpucdi.command;

/** Whose manners a command has where the two differ. */
enum Face {
    /** Ours. */
    GPU_CDI,
    /** nvidia-ctk 1.20's, for scripts in which one word is replaced. */
    NVIDIA_CTK
}
