package io.github.gpucdi.option;

import java.util.List;
import java.util.Map;

/** The variables that nvidia-ctk 1.20 has for the options of its system commands; that for {@code --dev-root} of one holds for both. */
final class SystemVariables {
    private static final Map<String, List<String>> NODES = Map.of(
            "--driver-root", List.of("ROOT", "NVIDIA_DRIVER_ROOT", "DRIVER_ROOT"),
            "--dev-root", List.of("NVIDIA_DEV_ROOT", "DEV_ROOT"),
            "--dry-run", List.of("DRY_RUN"));

    private static final Map<String, List<String>> LINKS = Map.of(
            "--driver-root", List.of("NVIDIA_DRIVER_ROOT", "DRIVER_ROOT"),
            "--dev-root", List.of("NVIDIA_DEV_ROOT", "DEV_ROOT"),
            "--dev-char-path", List.of("DEV_CHAR_PATH"),
            "--create-all", List.of("CREATE_ALL"),
            "--load-kernel-modules", List.of("LOAD_KERNEL_MODULES"),
            "--create-device-nodes", List.of("CREATE_DEVICE_NODES"),
            "--dry-run", List.of("DRY_RUN"));

    private SystemVariables() {}

    /** Those of an option, the one that wins first; none if it has none that only these commands have. */
    static List<String> of(String command, String option) {
        return (command.equals("system-create-device-nodes") ? NODES : LINKS).getOrDefault(option, List.of());
    }
}
