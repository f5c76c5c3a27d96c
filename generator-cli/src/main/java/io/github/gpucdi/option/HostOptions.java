package io.github.gpucdi.option;

import java.util.List;
import java.util.Optional;

/** Where a command's knowledge of the host comes from: the machine, or a snapshot. */
public final class HostOptions extends Arguments implements SharedOptions {
    public final Argument<Optional<String>> driverRoot = option("--driver-root")
            .takes("DIR")
            .told(
                    "Root that the driver is installed in, such as a driver container's.",
                    "Default: /. Variable: GPU_CDI_DRIVER_ROOT, NVIDIA_CTK_DRIVER_ROOT. Example: --driver-root=/run/nvidia/driver")
            .optional();

    public final Argument<Optional<String>> devRoot = option("--dev-root")
            .takes("DIR")
            .told(
                    "Parent of the dev directory with the device nodes.",
                    "Default: the driver root. Variable: GPU_CDI_DEV_ROOT, NVIDIA_CTK_DEV_ROOT. Example: --dev-root=/")
            .optional();

    public final Argument<Optional<String>> hostRoot = option("--host-root")
            .takes("DIR")
            .told(
                    "Look below DIR as if it were /, and leave DIR out of every path written: for work in a container on"
                            + " behalf of its node.",
                    "Default: /. Variable: GPU_CDI_HOST_ROOT. Example: --host-root=/host")
            .optional();

    public final Argument<List<String>> librarySearchPaths = option("--library-search-path")
            .takes("DIR")
            .told(
                    "Search libraries in DIR (not below the driver root) instead of the usual directories; repeatable.",
                    "Default: none. Variable: GPU_CDI_LIBRARY_SEARCH_PATH, NVIDIA_CTK_CDI_GENERATE_LIBRARY_SEARCH_PATHS."
                            + " Example: --library-search-path=/opt/nvidia/lib")
            .list();

    public final Argument<List<String>> configSearchPaths = option("--config-search-path")
            .takes("DIR")
            .told(
                    "Search configuration files in DIR (not below the driver root) instead of the usual directories;"
                            + " repeatable.",
                    "Default: none. Variable: GPU_CDI_CONFIG_SEARCH_PATH, NVIDIA_CTK_CDI_GENERATE_CONFIG_SEARCH_PATHS."
                            + " Example: --config-search-path=/run/opengl-driver/share")
            .list();

    public final Argument<List<String>> csvFiles = option("--csv.file")
            .takes("FILE")
            .told(
                    "In mode csv, read FILE (not below the driver root) instead of the usual CSV files; repeatable.",
                    "Default: devices.csv, drivers.csv and l4t.csv of the system, below the driver root. Variable: GPU_CDI_CSV_FILE,"
                            + " NVIDIA_CTK_CDI_GENERATE_CSV_FILES. Example: --csv.file=/etc/gpu-cdi/devices.csv")
            .list();

    public final Argument<Optional<String>> hookPath = option("--nvidia-cdi-hook-path", "--nvidia-ctk-path")
            .takes("PATH")
            .told(
                    "The NVIDIA toolkit's hook program, taken as given; implies --hooks=nvidia.",
                    "Default: searched for. Variable: GPU_CDI_NVIDIA_CDI_HOOK_PATH, NVIDIA_CTK_CDI_HOOK_PATH."
                            + " Example: --nvidia-cdi-hook-path=/usr/bin/nvidia-cdi-hook")
            .optional();

    public final Argument<String> nvmlTimeout = option("--nvml-timeout")
            .takes("SECONDS")
            .told(
                    "How long one NVML call, or reading one part of the host, may take, 1 to 86400.",
                    "Default: 120. Variable: GPU_CDI_NVML_TIMEOUT. Example: --nvml-timeout=30")
            .text("120");

    public final Argument<Boolean> sandboxutils = option("--sandboxutils")
            .told(
                    "Load the driver's libnvidia-sandboxutils too, and take the device nodes of GPUs and MIG devices that it"
                            + " tells in mode nvml.",
                    "Default: off. Variable: GPU_CDI_SANDBOXUTILS. Example: --sandboxutils")
            .flag();

    public final Argument<Optional<String>> configFile = option("--config-file")
            .takes("FILE")
            .told(
                    "Take options that are neither given nor set by a variable from this YAML file, in place of the usual"
                            + " ones; empty for no file.",
                    "Default: /etc/gpu-cdi/config.yaml and /etc/gpu-cdi/config.d/*.yaml. Variable: GPU_CDI_CONFIG_FILE."
                            + " Example: --config-file=site.yaml")
            .optional();

    public final Argument<List<String>> snapshots = option("--snapshot")
            .takes("FILE")
            .told(
                    "Work from a file that the snapshot command wrote, here or on another host; - reads standard input."
                            + " doctor takes several, and directories of them; diff takes two.",
                    "Default: this host. Variable: GPU_CDI_SNAPSHOT. Example: --snapshot=host.json")
            .repeated();

    public final Argument<Optional<String>> simulate = option("--simulate")
            .takes("NAME")
            .told(
                    "Work on a simulated host; --simulate=help lists them.",
                    "Default: this host. Variable: GPU_CDI_SIMULATE. Example: --simulate=dgx-a100")
            .optional();

    /** Whether the facts are those of a machine that was looked at before, or of none. */
    public boolean areRecorded() {
        return !snapshots.value().isEmpty() || simulate.value().isPresent();
    }
}
