package io.github.gpucdi.nvml;

/**
 * Whether a MIG-capable GPU is in MIG mode.
 *
 * @param current whether it is now
 * @param pending whether it will be after the next reset
 */
public record MigMode(boolean current, boolean pending) {}
