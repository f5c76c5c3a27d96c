package io.github.gpucdi.option;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command's knowledge of the host comes from: the machine, or a snapshot. */
public final class HostOptions implements SharedOptions {
    @Option(
            names = "--driver-root",
            paramLabel = "DIR",
            description = {
                "Root that the driver is installed in, such as a driver container's.",
                "Default: /. Variable: GPU_CDI_DRIVER_ROOT, NVIDIA_CTK_DRIVER_ROOT. Example: --driver-root=/run/nvidia/driver"
            })
    public Optional<String> driverRoot = Optional.empty();

    @Option(
            names = "--dev-root",
            paramLabel = "DIR",
            description = {
                "Parent of the dev directory with the device nodes.",
                "Default: the driver root. Variable: GPU_CDI_DEV_ROOT, NVIDIA_CTK_DEV_ROOT. Example: --dev-root=/"
            })
    public Optional<String> devRoot = Optional.empty();

    @Option(
            names = "--host-root",
            paramLabel = "DIR",
            description = {
                "Look below DIR as if it were /, and leave DIR out of every path written: for work in a container on"
                        + " behalf of its node.",
                "Default: /. Variable: GPU_CDI_HOST_ROOT. Example: --host-root=/host"
            })
    public Optional<String> hostRoot = Optional.empty();

    @Option(
            names = "--library-search-path",
            paramLabel = "DIR",
            split = ",",
            description = {
                "Search libraries in DIR (not below the driver root) instead of the usual directories; repeatable.",
                "Default: none. Variable: GPU_CDI_LIBRARY_SEARCH_PATH, NVIDIA_CTK_CDI_GENERATE_LIBRARY_SEARCH_PATHS."
                        + " Example: --library-search-path=/opt/nvidia/lib"
            })
    public List<String> librarySearchPaths = List.of();

    @Option(
            names = "--config-search-path",
            paramLabel = "DIR",
            split = ",",
            description = {
                "Search configuration files in DIR (not below the driver root) instead of the usual directories;"
                        + " repeatable.",
                "Default: none. Variable: GPU_CDI_CONFIG_SEARCH_PATH, NVIDIA_CTK_CDI_GENERATE_CONFIG_SEARCH_PATHS."
                        + " Example: --config-search-path=/run/opengl-driver/share"
            })
    public List<String> configSearchPaths = List.of();

    @Option(
            names = {"--nvidia-cdi-hook-path", "--nvidia-ctk-path"},
            paramLabel = "PATH",
            description = {
                "The NVIDIA toolkit's hook program, taken as given; implies --hooks=nvidia.",
                "Default: searched for. Variable: GPU_CDI_NVIDIA_CDI_HOOK_PATH, NVIDIA_CTK_CDI_HOOK_PATH."
                        + " Example: --nvidia-cdi-hook-path=/usr/bin/nvidia-cdi-hook"
            })
    public Optional<String> hookPath = Optional.empty();

    @Option(
            names = "--nvml-timeout",
            paramLabel = "SECONDS",
            description = {
                "How long one NVML call, or reading one part of the host, may take, 1 to 86400.",
                "Default: 120. Variable: GPU_CDI_NVML_TIMEOUT. Example: --nvml-timeout=30"
            })
    public String nvmlTimeout = "120";

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = {
                "Take options that are neither given nor set by a variable from this YAML file, in place of the usual"
                        + " ones; empty for no file.",
                "Default: /etc/gpu-cdi/config.yaml and /etc/gpu-cdi/config.d/*.yaml. Variable: GPU_CDI_CONFIG_FILE."
                        + " Example: --config-file=site.yaml"
            })
    public Optional<String> configFile = Optional.empty();

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = {
                "Work from a file that the snapshot command wrote, here or on another host; - reads standard input.",
                "Default: this host. Variable: GPU_CDI_SNAPSHOT. Example: --snapshot=host.json"
            })
    public Optional<String> snapshot = Optional.empty();

    @Option(
            names = "--simulate",
            paramLabel = "NAME",
            description = {
                "Work on a simulated host; --simulate=help lists them.",
                "Default: this host. Variable: GPU_CDI_SIMULATE. Example: --simulate=dgx-a100"
            })
    public Optional<String> simulate = Optional.empty();
}
