package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * The driver's version, from every source.
 *
 * @param version the version whose files were looked for; empty if no source told one
 * @param source where {@code version} is from
 * @param module the loaded kernel module's version, from {@code /sys/module/nvidia/version} or else
 *     {@code /proc/driver/nvidia/version}; empty if no module is loaded
 * @param libraryVersions versions of the {@code libcuda.so.*} and {@code libnvidia-ml.so.*} files in the library
 *     directories, sorted, each once
 */
public record DriverVersion(
        Optional<String> version, Source source, Optional<String> module, List<String> libraryVersions) {

    /** Where a driver version was learned. */
    public enum Source {
        /** {@code nvmlSystemGetDriverVersion}. */
        NVML,
        /** The name of {@code libcuda.so.<version>} or {@code libnvidia-ml.so.<version>}. */
        FILE_NAME,
        /** No source told one. */
        NONE
    }

    public DriverVersion {
        libraryVersions = List.copyOf(libraryVersions);
    }
}
