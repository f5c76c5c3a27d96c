package io.github.gpucdi.option;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a generated spec goes, and when not. */
public final class WriteOptions {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = {
                "Write to FILE, atomically and only if it changes; - is standard output.",
                "Default: standard output. Variable: GPU_CDI_OUTPUT, NVIDIA_CTK_CDI_OUTPUT_FILE_PATH."
                        + " Example: --output=/etc/cdi/nvidia.yaml"
            })
    public String output = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "yaml or json.",
                "Default: as the output file's name says, else yaml. Variable: GPU_CDI_FORMAT,"
                        + " NVIDIA_CTK_CDI_GENERATE_OUTPUT_FORMAT. Example: --format=json"
            })
    public Optional<String> format = Optional.empty();

    @Option(
            names = "--force",
            fallbackValue = "true",
            description = {
                "Write although another file of the directory defines a device of the same name.",
                "Default: off. Variable: GPU_CDI_FORCE. Example: --force"
            })
    public boolean force;

    @Option(
            names = "--check",
            fallbackValue = "true",
            description = {
                "Write nothing; exit 1 if --output would change.",
                "Default: off. Variable: GPU_CDI_CHECK. Example: --check --output=/etc/cdi/nvidia.yaml"
            })
    public boolean check;

    @Option(
            names = "--on-driver-loss",
            paramLabel = "WHAT",
            description = {
                "keep or delete the file named by --output when there is no driver or no GPU.",
                "Default: keep. Variable: GPU_CDI_ON_DRIVER_LOSS. Example: --on-driver-loss=delete"
            })
    public String onDriverLoss = "keep";
}
