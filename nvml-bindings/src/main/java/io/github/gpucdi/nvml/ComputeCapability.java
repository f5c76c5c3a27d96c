package io.github.gpucdi.nvml;

/**
 * CUDA compute capability.
 *
 * @param major as the 8 of 8.9
 * @param minor as the 9 of 8.9
 */
public record ComputeCapability(int major, int minor) {

    /** As in {@code 8.9}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
