package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one NVML session told.
 *
 * @param library path of the loaded library, or its SONAME if it was not found below the driver root
 * @param failure the call without which there is nothing to tell (initialisation, device count), if it failed
 * @param driverVersion {@code nvmlSystemGetDriverVersion}
 * @param nvmlVersion {@code nvmlSystemGetNVMLVersion}
 * @param cudaDriverVersion {@code nvmlSystemGetCudaDriverVersion}: 1000 * major + 10 * minor
 * @param gpus by NVML index, ascending; a GPU that could not be queried is in it with its failure
 */
public record NvmlFacts(
        String library,
        Optional<NvmlFailure> failure,
        Optional<String> driverVersion,
        Optional<String> nvmlVersion,
        OptionalInt cudaDriverVersion,
        List<Gpu> gpus) {

    /** More GPUs than this no host has: a larger count is nonsense. */
    public static final int MAX_GPUS = 4096;

    public NvmlFacts {
        gpus = List.copyOf(gpus);
    }
}
