package io.github.gpucdi.host;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What only listings show of a GPU; each empty if the driver does not tell.
 *
 * @param architecture such as {@code Ampere}
 * @param computeCapability CUDA compute capability, such as {@code 8.0}
 * @param memoryBytes total memory in bytes
 * @param serial board serial number
 * @param persistenceMode whether persistence mode is on
 * @param displayActive whether a display is initialised on it
 * @param numaNode the NUMA node that the GPU's own memory is, for coherent GPUs
 */
public record GpuDetails(
        Optional<String> architecture,
        Optional<String> computeCapability,
        OptionalLong memoryBytes,
        Optional<String> serial,
        Optional<Boolean> persistenceMode,
        Optional<Boolean> displayActive,
        OptionalInt numaNode) {}
