package io.github.gpucdi.option;

import java.util.Optional;

/** Where a generated spec goes, and when not. */
public final class WriteOptions extends Arguments {
    public final Argument<String> output = option("--output")
            .takes("FILE")
            .told(
                    "Write to FILE, atomically and only if it changes; - is standard output.",
                    "Default: standard output. Variable: GPU_CDI_OUTPUT, NVIDIA_CTK_CDI_OUTPUT_FILE_PATH."
                            + " Example: --output=/etc/cdi/nvidia.yaml")
            .text("");

    public final Argument<Optional<String>> format = option("--format")
            .takes("FORMAT")
            .told(
                    "yaml or json.",
                    "Default: as the output file's name says, else yaml. Variable: GPU_CDI_FORMAT,"
                            + " NVIDIA_CTK_CDI_GENERATE_OUTPUT_FORMAT. Example: --format=json")
            .optional();

    public final Argument<Boolean> force = option("--force")
            .told(
                    "Write although another file of the directory defines a device of the same name.",
                    "Default: off. Variable: GPU_CDI_FORCE. Example: --force")
            .flag();

    public final Argument<Boolean> prune = option("--prune")
            .told(
                    "Delete specs beside --output that an earlier run wrote for modes that are no longer asked for or found; they are named otherwise.",
                    "Default: off. Variable: GPU_CDI_PRUNE. Example: --prune")
            .flag();

    public final Argument<Boolean> check = option("--check")
            .told(
                    "Write nothing; exit 1 if --output would change.",
                    "Default: off. Variable: GPU_CDI_CHECK. Example: --check --output=/etc/cdi/nvidia.yaml")
            .flag();

    public final Argument<String> onDriverLoss = option("--on-driver-loss")
            .takes("WHAT")
            .told(
                    "keep or delete the file named by --output when there is no driver or no GPU.",
                    "Default: keep. Variable: GPU_CDI_ON_DRIVER_LOSS. Example: --on-driver-loss=delete")
            .text("keep");
}
