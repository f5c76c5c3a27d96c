package io.github.gpucdi.option;

import io.github.gpucdi.assemble.model.AssembleOptions;
import java.util.List;
import java.util.Optional;

/** What a spec is to hold. */
public final class SpecOptions extends Arguments implements SharedOptions {
    public final Argument<List<String>> modes = option("--mode", "--discovery-mode")
            .takes("MODE")
            .told(
                    "What is found. nvml: GPUs, by NVML. management: all nodes of the driver as one device. wsl: the GPUs of"
                            + " Windows as one device. csv: GPUs of Tegra systems, by CSV files. imex: IMEX channels."
                            + " gds, gdrcopy, mofed, nvswitch: what is beside GPUs. auto: nvml, wsl or csv, as the host is. Repeatable: the first mode's spec is"
                            + " --output, each other's beside it, nvidia-imex.yaml.",
                    "Default: auto. Variable: GPU_CDI_MODE, NVIDIA_CTK_CDI_GENERATE_MODE. Example: --mode=nvml,imex")
            .list("auto");

    public final Argument<List<String>> namings = option("--device-name-strategy")
            .takes("NAME")
            .told(
                    "How devices are named; repeatable. index (0, MIG 0:1), uuid, type-index (gpu0, mig0:1), pci"
                            + " (0000:65:00.0, MIG 0000:65:00.0:1), minor (minor0, MIG minor0:<gi>:<ci>).",
                    "Default: index,uuid. Variable: GPU_CDI_DEVICE_NAME_STRATEGY,"
                            + " NVIDIA_CTK_CDI_GENERATE_DEVICE_NAME_STRATEGIES. Example: --device-name-strategy=uuid")
            .list("index", "uuid");

    public final Argument<List<String>> deviceIds = option("--device-id", "--device-ids", "--device", "--devices")
            .takes("ID")
            .told(
                    "Which devices: all, none, an index, <gpu>:<mig>, a UUID, minor<N>, minor<N>:<gi>:<ci>; in mode imex a channel's number; repeatable.",
                    "Default: all. Variable: GPU_CDI_DEVICE_ID, NVIDIA_CTK_CDI_GENERATE_DEVICE_IDS. Example: --device-id=0,1:2")
            .list(AssembleOptions.ALL);

    public final Argument<Boolean> noAllDevice = option("--no-all-device")
            .told(
                    "Leave out the device 'all'.",
                    "Default: off. Variable: GPU_CDI_NO_ALL_DEVICE, NVIDIA_CTK_CDI_GENERATE_NO_ALL_DEVICE."
                            + " Example: --no-all-device")
            .flag();

    public final Argument<Optional<String>> vendor = option("--vendor", "--cdi-vendor")
            .takes("VENDOR")
            .told(
                    "Vendor of the spec's kind: nvidia.com, in mode management management.nvidia.com.",
                    "Default: the mode's. Variable: GPU_CDI_VENDOR, NVIDIA_CTK_CDI_GENERATE_VENDOR. Example: --vendor=acme.example")
            .optional();

    public final Argument<Optional<String>> clazz = option("--class", "--cdi-class")
            .takes("CLASS")
            .told(
                    "Class of the spec's kind: gpu, in mode imex imex-channel, in the modes for what is beside GPUs the mode.",
                    "Default: the mode's. Variable: GPU_CDI_CLASS,"
                            + " NVIDIA_CTK_CDI_GENERATE_CLASS. Example: --class=accelerator")
            .optional();

    public final Argument<String> hooks = option("--hooks")
            .takes("POLICY")
            .told(
                    "none: a spec that needs no hook program. nvidia: what nvidia-ctk writes. auto: nvidia if a usable"
                            + " nvidia-cdi-hook is on the host and each --engine runs hooks, else none.",
                    "Default: auto. Variable: GPU_CDI_HOOKS. Example: --hooks=none")
            .text("auto");

    public final Argument<List<String>> disabledHooks = option("--disable-hook", "--disable-hooks")
            .takes("NAME")
            .told(
                    "With nvidia hooks, leave this one out; all leaves out every one; repeatable.",
                    "Default: none. Variable: GPU_CDI_DISABLE_HOOK, NVIDIA_CTK_CDI_GENERATE_DISABLED_HOOKS."
                            + " Example: --disable-hook=enable-cuda-compat")
            .list();

    public final Argument<List<String>> enabledHooks = option("--enable-hook", "--enable-hooks")
            .takes("NAME")
            .told(
                    "With nvidia hooks, put this one in whatever is disabled; implies --hooks=nvidia; repeatable.",
                    "Default: none. Variable: GPU_CDI_ENABLE_HOOK, NVIDIA_CTK_CDI_GENERATE_ENABLED_HOOKS."
                            + " Example: --enable-hook=chmod")
            .list();

    public final Argument<String> ldconfigPath = option("--ldconfig-path")
            .takes("PATH")
            .told(
                    "The ldconfig that the hook update-ldcache runs.",
                    "Default: the hook's own. Variable: GPU_CDI_LDCONFIG_PATH, NVIDIA_CTK_CDI_GENERATE_LDCONFIG_PATH."
                            + " Example: --ldconfig-path=/sbin/ldconfig")
            .text("");

    public final Argument<List<String>> features = option("--feature-flag", "--feature-flags")
            .takes("NAME")
            .told(
                    "enable-explicit-driver-libraries, enable-coherent-annotations, no-additional-gids-for-device-nodes,"
                            + " disable-ipc-discoverer, disable-multiple-csv-devices; and, ours, enable-32-bit-libraries: what 32-bit programs (Steam, Wine)"
                            + " need besides; repeatable.",
                    "Default: none. Variable: GPU_CDI_FEATURE_FLAG, NVIDIA_CTK_CDI_GENERATE_FEATURE_FLAGS."
                            + " Example: --feature-flag=disable-ipc-discoverer")
            .list();

    public final Argument<List<String>> csvIgnorePatterns = option("--csv.ignore-pattern")
            .takes("PATTERN")
            .told(
                    "In mode csv, leave out links (sym) whose path fits PATTERN, in which * is no slash; **/NAME is for the"
                            + " last part alone; repeatable.",
                    "Default: none. Variable: GPU_CDI_CSV_IGNORE_PATTERN, NVIDIA_CTK_CDI_GENERATE_CSV_IGNORE_PATTERNS."
                            + " Example: --csv.ignore-pattern=/usr/lib/*/libnvbuf*.so")
            .list();

    public final Argument<Optional<String>> csvCompatContainerRoot = option("--csv.compat-container-root")
            .takes("PATH")
            .told(
                    "In mode csv, where images for Orin have the libraries of newer CUDA releases: an argument of the hook"
                            + " enable-cuda-compat.",
                    "Default: /usr/local/cuda/compat_orin. Variable: GPU_CDI_CSV_COMPAT_CONTAINER_ROOT,"
                            + " NVIDIA_CTK_CDI_GENERATE_CSV_CONTAINER_COMPAT_ROOT."
                            + " Example: --csv.compat-container-root=/usr/local/cuda/compat")
            .optional();

    public final Argument<List<String>> engines = option("--engine")
            .takes("NAME-VERSION")
            .told(
                    "Write what this engine can read, such as podman-4.3.1; repeatable. What it does not know is left out, and"
                            + " said; exit 4 if that cannot be. auto: the engines installed on this host. any: no one engine."
                            + " library-0.6.0: an engine with that CDI library.",
                    "Default: auto where --output is in a directory that engines of this host read, else any. Variable: GPU_CDI_ENGINE. Example: --engine=auto")
            .list();

    public final Argument<Optional<String>> cdiVersion = option("--cdi-version")
            .takes("VERSION")
            .told(
                    "Write no newer CDI version than this, in the same manner: 0.3.0 to 1.1.0.",
                    "Default: any. Variable: GPU_CDI_CDI_VERSION. Example: --cdi-version=0.5.0")
            .optional();

    public final Argument<String> deviceNumbers = option("--device-numbers")
            .takes("HOW")
            .told(
                    "write states major and minor numbers, resolve leaves them to the engine: for a spec that must outlive"
                            + " a reboot or is made from another host's snapshot.",
                    "Default: write. Variable: GPU_CDI_DEVICE_NUMBERS. Example: --device-numbers=resolve")
            .text("write");

    public final Argument<Optional<String>> targetDriverRoot = option("--target-driver-root")
            .takes("DIR")
            .told(
                    "Write DIR in host paths where the driver root was found.",
                    "Default: the driver root. Variable: GPU_CDI_TARGET_DRIVER_ROOT. Example: --target-driver-root=/run/nvidia/driver")
            .optional();

    public final Argument<Optional<String>> targetDevRoot = option("--target-dev-root")
            .takes("DIR")
            .told(
                    "Write DIR in host paths where the dev root was found.",
                    "Default: the dev root. Variable: GPU_CDI_TARGET_DEV_ROOT. Example: --target-dev-root=/")
            .optional();

    public final Argument<Boolean> strict = option("--strict")
            .told(
                    "Write nothing and exit 4 if anything is missing.",
                    "Default: off. Variable: GPU_CDI_STRICT. Example: --strict")
            .flag();
}
