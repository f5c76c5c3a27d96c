package io.github.gpucdi.nvml;

/** How a GPU addresses system memory, from {@code nvmlDeviceGetAddressingMode}. */
public enum AddressingMode {
    /** It does not. */
    NONE,
    /** By software, Heterogeneous Memory Management. */
    HMM,
    /** By Address Translation Services: the GPU is coherent with the CPU. */
    ATS,
    /** A number that this library does not know. */
    UNKNOWN;

    /** Whether GPU and CPU share one coherent memory. */
    public boolean isCoherent() {
        return this == ATS;
    }

    static AddressingMode of(int value) {
        return switch (value) {
            case 0 -> NONE;
            case 1 -> HMM;
            case 2 -> ATS;
            default -> UNKNOWN;
        };
    }
}
