package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.option.WriteOptions;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gpu-cdi cdi generate}: nvidia-ctk's flags and output naming, our engine. */
@Command(
        name = "generate",
        description = "As nvidia-ctk cdi generate: find this host's GPUs and print or write a CDI spec for them.",
        footer = {"", "Example: gpu-cdi cdi generate --output=/etc/cdi/nvidia.yaml"})
final class CdiGenerateCommand implements Callable<Integer> {
    @Mixin
    private final SpecOptions spec = new SpecOptions();

    @Mixin
    private final WriteOptions write = new WriteOptions();

    @Mixin
    private final HostOptions host = new HostOptions();

    @Option(
            names = {"--csv.file", "--csv.ignore-pattern", "--csv.compat-container-root"},
            hidden = true,
            description = "nvidia-ctk's, of no effect in mode nvml.")
    private List<String> csv = List.of();

    @Parameters(hidden = true, description = "Ignored, as nvidia-ctk ignores them.")
    private List<String> ignored = List.of();

    private final GlobalOptions global;
    private final Session session;

    CdiGenerateCommand(GlobalOptions global, Session session) {
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!csv.isEmpty()) {
            session.console().info("--csv.* options have no effect in mode nvml");
        }
        if (!ignored.isEmpty()) {
            session.console().debug("ignored arguments: " + String.join(" ", ignored));
        }
        return GenerateCommand.run(spec, write, host, global, Face.NVIDIA_CTK, session);
    }
}
