package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.option.WriteOptions;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code gpu-cdi cdi generate}: nvidia-ctk's flags and output naming, our engine. */
final class CdiGenerateCommand extends Command implements Callable<Integer> {
    private final SpecOptions spec = with(new SpecOptions());

    private final WriteOptions write = with(new WriteOptions());

    private final HostOptions host = with(new HostOptions());

    private final Argument<List<String>> ignored = parameter("0..*")
            .told("Ignored, as nvidia-ctk ignores them.")
            .hidden()
            .list();

    private final GlobalOptions global;
    private final Session session;

    CdiGenerateCommand(GlobalOptions global, Session session) {
        super("generate");
        description("As nvidia-ctk cdi generate: find this host's GPUs and print or write a CDI spec for them.");
        footer("", "Example: gpu-cdi cdi generate --output=/etc/cdi/nvidia.yaml");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!ignored.value().isEmpty()) {
            session.console().debug("ignored arguments: " + String.join(" ", ignored.value()));
        }
        return GenerateCommand.run(spec, write, host, global, Face.NVIDIA_CTK, session);
    }
}
