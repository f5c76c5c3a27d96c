package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * What one session of {@code libnvidia-sandboxutils} told.
 *
 * @param library path of the loaded library, or its SONAME if it was not found below the driver root
 * @param driverVersion {@code nvSandboxUtilsGetDriverVersion}
 * @param devices GPUs, and MIG devices after their GPU, in NVML's order
 * @param failures calls that failed and were not about a device, one line each for the user
 */
public record SandboxutilsFacts(
        String library, Optional<String> driverVersion, List<SandboxutilsDevice> devices, List<String> failures) {

    public SandboxutilsFacts {
        devices = List.copyOf(devices);
        failures = List.copyOf(failures);
    }
}
