package io.github.gpucdi.option;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command. */
public final class GlobalOptions implements SharedOptions {
    @Option(
            names = {"--debug", "-d"},
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = {
                "Say more on standard error, and show stack traces.",
                "Default: off. Variable: GPU_CDI_DEBUG, NVIDIA_CTK_DEBUG. Example: --debug"
            })
    public boolean debug;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            fallbackValue = "true",
            description = {
                "Show errors only; wins over --debug.",
                "Default: off. Variable: GPU_CDI_QUIET, NVIDIA_CTK_QUIET. Example: --quiet"
            })
    public boolean quiet;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = {
                "The NVIDIA container toolkit's TOML file; only nvidia-container-cli.root is read, as the driver root.",
                "Default: /etc/nvidia-container-runtime/config.toml. Variable: GPU_CDI_CONFIG, NVIDIA_CTK_CONFIG."
                        + " Example: --config=/etc/nvidia-container-runtime/config.toml"
            })
    public Optional<String> config = Optional.empty();

    @Option(
            names = {"--help", "-h"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show this help.")
    public boolean help;

    @Option(
            names = {"--version", "-v"},
            scope = ScopeType.INHERIT,
            versionHelp = true,
            description = "Show the version.")
    public boolean version;
}
