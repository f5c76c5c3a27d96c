package io.github.gpucdi.command;

import io.github.gpucdi.cdi.inject.Injector;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.option.Requests;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gpu-cdi show}. */
@Command(
        name = "show",
        description = {
            "Show the edits that a container gets when it requests these devices, in the order of the request.",
            "Exit code: 0 shown; 1 a device cannot be requested; 2 usage."
        },
        footer = {"", "Example: gpu-cdi show nvidia.com/gpu=0"})
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {"yaml or json.", "Default: yaml. Variable: GPU_CDI_SHOW_FORMAT. Example: --format=json"})
    private String format = "yaml";

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Qualified names, such as nvidia.com/gpu=all.")
    private List<String> names = List.of();

    private final Session session;

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SpecFormat chosen = Choices.FORMAT.of(format);
        ContainerEdits edits = Injector.combine(Requests.resolve(names, registry.registry(session)));
        byte[] text = chosen.write(edits);
        session.out().write(text, 0, text.length);
        return ExitCode.OK.status();
    }
}
