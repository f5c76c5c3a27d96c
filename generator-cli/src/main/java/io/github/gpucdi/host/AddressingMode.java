package io.github.gpucdi.host;

import java.util.Optional;
import java.util.OptionalInt;

/** How a GPU addresses system memory: {@code nvmlDeviceAddressingModeType_t}, in the order of its numbers from 0. */
public enum AddressingMode {
    /** It does not. */
    NONE,
    /** By software, Heterogeneous Memory Management. */
    HMM,
    /** By Address Translation Services: the GPU's memory is coherent with the processor's. */
    ATS;

    /** NVML's number, which snapshots and listings have. */
    public int number() {
        return ordinal();
    }

    /** The mode of a number; empty if there is no number, or none that is known. */
    public static Optional<AddressingMode> of(OptionalInt number) {
        for (AddressingMode mode : values()) {
            if (number.isPresent() && mode.number() == number.getAsInt()) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
