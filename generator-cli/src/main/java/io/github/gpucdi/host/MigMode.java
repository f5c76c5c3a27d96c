package io.github.gpucdi.host;

/**
 * A GPU's MIG mode, {@code nvmlDeviceGetMigMode}.
 *
 * @param current whether the GPU is partitioned now
 * @param pending what it will be after the next reset
 */
public record MigMode(boolean current, boolean pending) {}
