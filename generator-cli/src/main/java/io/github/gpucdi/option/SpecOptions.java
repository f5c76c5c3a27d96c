package io.github.gpucdi.option;

import io.github.gpucdi.assemble.model.AssembleOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a spec is to hold. */
public final class SpecOptions implements SharedOptions {
    @Option(
            names = {"--mode", "--discovery-mode"},
            paramLabel = "MODE",
            description = {
                "How GPUs are found: auto or nvml.",
                "Default: auto. Variable: GPU_CDI_MODE, NVIDIA_CTK_CDI_GENERATE_MODE. Example: --mode=nvml"
            })
    public String mode = "auto";

    @Option(
            names = "--device-name-strategy",
            paramLabel = "NAME",
            split = ",",
            description = {
                "How devices are named; repeatable. index (0, MIG 0:1), uuid, type-index (gpu0, mig0:1), pci"
                        + " (0000:65:00.0, MIG 0000:65:00.0:1), minor (minor0, MIG minor0:<gi>:<ci>).",
                "Default: index,uuid. Variable: GPU_CDI_DEVICE_NAME_STRATEGY,"
                        + " NVIDIA_CTK_CDI_GENERATE_DEVICE_NAME_STRATEGIES. Example: --device-name-strategy=uuid"
            })
    public List<String> namings = List.of("index", "uuid");

    @Option(
            names = {"--device-id", "--device-ids", "--device", "--devices"},
            paramLabel = "ID",
            split = ",",
            description = {
                "Which devices: all, none, an index, <gpu>:<mig>, a UUID; repeatable.",
                "Default: all. Variable: GPU_CDI_DEVICE_ID, NVIDIA_CTK_CDI_GENERATE_DEVICE_IDS. Example: --device-id=0,1:2"
            })
    public List<String> deviceIds = List.of(AssembleOptions.ALL);

    @Option(
            names = "--no-all-device",
            fallbackValue = "true",
            description = {
                "Leave out the device 'all'.",
                "Default: off. Variable: GPU_CDI_NO_ALL_DEVICE, NVIDIA_CTK_CDI_GENERATE_NO_ALL_DEVICE."
                        + " Example: --no-all-device"
            })
    public boolean noAllDevice;

    @Option(
            names = {"--vendor", "--cdi-vendor"},
            paramLabel = "VENDOR",
            description = {
                "Vendor of the spec's kind.",
                "Default: nvidia.com. Variable: GPU_CDI_VENDOR, NVIDIA_CTK_CDI_GENERATE_VENDOR. Example: --vendor=acme.example"
            })
    public String vendor = "nvidia.com";

    @Option(
            names = {"--class", "--cdi-class"},
            paramLabel = "CLASS",
            description = {
                "Class of the spec's kind.",
                "Default: gpu. Variable: GPU_CDI_CLASS, NVIDIA_CTK_CDI_GENERATE_CLASS. Example: --class=accelerator"
            })
    public String clazz = "gpu";

    @Option(
            names = "--hooks",
            paramLabel = "POLICY",
            description = {
                "none: a spec that needs no hook program. nvidia: what nvidia-ctk writes. auto: nvidia if a usable"
                        + " nvidia-cdi-hook is on the host and each --engine runs hooks, else none.",
                "Default: auto. Variable: GPU_CDI_HOOKS. Example: --hooks=none"
            })
    public String hooks = "auto";

    @Option(
            names = {"--disable-hook", "--disable-hooks"},
            paramLabel = "NAME",
            split = ",",
            description = {
                "With nvidia hooks, leave this one out; all leaves out every one; repeatable.",
                "Default: none. Variable: GPU_CDI_DISABLE_HOOK, NVIDIA_CTK_CDI_GENERATE_DISABLED_HOOKS."
                        + " Example: --disable-hook=enable-cuda-compat"
            })
    public List<String> disabledHooks = List.of();

    @Option(
            names = {"--enable-hook", "--enable-hooks"},
            paramLabel = "NAME",
            split = ",",
            description = {
                "With nvidia hooks, put this one in whatever is disabled; implies --hooks=nvidia; repeatable.",
                "Default: none. Variable: GPU_CDI_ENABLE_HOOK, NVIDIA_CTK_CDI_GENERATE_ENABLED_HOOKS."
                        + " Example: --enable-hook=chmod"
            })
    public List<String> enabledHooks = List.of();

    @Option(
            names = "--ldconfig-path",
            paramLabel = "PATH",
            description = {
                "The ldconfig that the hook update-ldcache runs.",
                "Default: the hook's own. Variable: GPU_CDI_LDCONFIG_PATH, NVIDIA_CTK_CDI_GENERATE_LDCONFIG_PATH."
                        + " Example: --ldconfig-path=/sbin/ldconfig"
            })
    public String ldconfigPath = "";

    @Option(
            names = {"--feature-flag", "--feature-flags"},
            paramLabel = "NAME",
            split = ",",
            description = {
                "enable-explicit-driver-libraries, enable-coherent-annotations, no-additional-gids-for-device-nodes,"
                        + " disable-ipc-discoverer; and, ours, enable-32-bit-libraries: what 32-bit programs (Steam, Wine)"
                        + " need besides; repeatable.",
                "Default: none. Variable: GPU_CDI_FEATURE_FLAG, NVIDIA_CTK_CDI_GENERATE_FEATURE_FLAGS."
                        + " Example: --feature-flag=disable-ipc-discoverer"
            })
    public List<String> features = List.of();

    @Option(
            names = "--engine",
            paramLabel = "NAME-VERSION",
            split = ",",
            description = {
                "Write what this engine can read, such as podman-4.3.1; repeatable. What it does not know is left out, and"
                        + " said; exit 4 if that cannot be. auto: the engines installed on this host. any: no one engine."
                        + " library-0.6.0: an engine with that CDI library.",
                "Default: auto where --output is in a directory that engines of this host read, else any. Variable: GPU_CDI_ENGINE. Example: --engine=auto"
            })
    public List<String> engines = List.of();

    @Option(
            names = "--cdi-version",
            paramLabel = "VERSION",
            description = {
                "Write no newer CDI version than this, in the same manner: 0.3.0 to 1.1.0.",
                "Default: any. Variable: GPU_CDI_CDI_VERSION. Example: --cdi-version=0.5.0"
            })
    public Optional<String> cdiVersion = Optional.empty();

    @Option(
            names = "--device-numbers",
            paramLabel = "HOW",
            description = {
                "write states major and minor numbers, resolve leaves them to the engine: for a spec that must outlive"
                        + " a reboot or is made from another host's snapshot.",
                "Default: write. Variable: GPU_CDI_DEVICE_NUMBERS. Example: --device-numbers=resolve"
            })
    public String deviceNumbers = "write";

    @Option(
            names = "--target-driver-root",
            paramLabel = "DIR",
            description = {
                "Write DIR in host paths where the driver root was found.",
                "Default: the driver root. Variable: GPU_CDI_TARGET_DRIVER_ROOT. Example: --target-driver-root=/run/nvidia/driver"
            })
    public Optional<String> targetDriverRoot = Optional.empty();

    @Option(
            names = "--target-dev-root",
            paramLabel = "DIR",
            description = {
                "Write DIR in host paths where the dev root was found.",
                "Default: the dev root. Variable: GPU_CDI_TARGET_DEV_ROOT. Example: --target-dev-root=/"
            })
    public Optional<String> targetDevRoot = Optional.empty();

    @Option(
            names = "--strict",
            fallbackValue = "true",
            description = {
                "Write nothing and exit 4 if anything is missing.",
                "Default: off. Variable: GPU_CDI_STRICT. Example: --strict"
            })
    public boolean strict;
}
