package io.github.gpucdi.nvml;

/**
 * What a MIG device has, from {@code nvmlDeviceGetAttributes_v2}.
 *
 * @param multiprocessors number of streaming multiprocessors
 * @param gpuSlices slices of its GPU instance
 * @param computeSlices slices of its compute instance
 * @param memoryMiB memory in MiB
 */
public record MigAttributes(int multiprocessors, int gpuSlices, int computeSlices, long memoryMiB) {}
