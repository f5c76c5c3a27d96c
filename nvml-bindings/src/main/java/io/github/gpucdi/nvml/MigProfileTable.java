package io.github.gpucdi.nvml;

import java.util.List;
import java.util.Optional;

/** The two tables of profile indexes, and the arithmetic of the name. */
final class MigProfileTable {

    private static final int[] GPU_SLICES = {1, 2, 3, 4, 7, 8, 6, 1, 2, 1, 1, 2, 4, 1, 2, 1, 2};
    private static final int[] COMPUTE_SLICES = {1, 2, 3, 4, 7, 8, 6, 1, 7};
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private MigProfileTable() {}

    /**
     * The profile of an instance.
     *
     * @param gpuProfile index of the GPU instance profile; -1 and those without a name give an empty answer
     * @param computeProfile index of the compute instance profile, likewise
     * @param memoryMiB memory of the instance
     * @param totalBytes memory of the GPU
     */
    static Optional<MigProfile> profile(int gpuProfile, int computeProfile, long memoryMiB, long totalBytes) {
        if (gpuProfile < 0
                || gpuProfile >= GPU_SLICES.length
                || computeProfile < 0
                || computeProfile >= COMPUTE_SLICES.length
                || memoryMiB <= 0
                || totalBytes <= 0) {
            return Optional.empty();
        }
        return Optional.of(new MigProfile(
                COMPUTE_SLICES[computeProfile],
                GPU_SLICES[gpuProfile],
                gigabytes(memoryMiB, totalBytes),
                added(gpuProfile),
                gpuProfile == 13 || gpuProfile == 14 ? List.of("me") : List.of()));
    }

    /** Eighths of the GPU's whole GiB, halves rounded away from zero, as the driver prints it. */
    static int gigabytes(long memoryMiB, long totalBytes) {
        double fraction = Math.ceil(8.0 * (memoryMiB * MIB) / totalBytes) / 8.0;
        long totalGiB = (totalBytes + GIB - 1) / GIB;
        return (int) Math.round(fraction * totalGiB);
    }

    private static List<String> added(int gpuProfile) {
        return switch (gpuProfile) {
            case 7, 8 -> List.of("me");
            case 10, 11, 12 -> List.of("gfx");
            case 15, 16 -> List.of("me.all");
            default -> List.of();
        };
    }
}
