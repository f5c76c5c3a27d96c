package io.github.gpucdi.option;

import java.util.Optional;

/** Options of every command. */
public final class GlobalOptions extends Arguments implements SharedOptions {
    public final Argument<Boolean> debug = option("--debug", "-d")
            .told(
                    "Say more on standard error, and show stack traces.",
                    "Default: off. Variable: GPU_CDI_DEBUG, NVIDIA_CTK_DEBUG. Example: --debug")
            .inherited()
            .flag();

    public final Argument<Boolean> quiet = option("--quiet")
            .told(
                    "Show errors only; wins over --debug.",
                    "Default: off. Variable: GPU_CDI_QUIET, NVIDIA_CTK_QUIET. Example: --quiet")
            .inherited()
            .flag();

    public final Argument<Optional<String>> config = option("--config")
            .takes("FILE")
            .told(
                    "The NVIDIA container toolkit's TOML file; only nvidia-container-cli.root is read, as the driver root.",
                    "Default: /etc/nvidia-container-runtime/config.toml. Variable: GPU_CDI_CONFIG, NVIDIA_CTK_CONFIG."
                            + " Example: --config=/etc/nvidia-container-runtime/config.toml")
            .inherited()
            .optional();

    public final Argument<Boolean> help =
            option("--help", "-h").told("Show this help.").asksForHelp().flag();

    public final Argument<Boolean> version =
            option("--version", "-v").told("Show the version.").asksForVersion().flag();
}
