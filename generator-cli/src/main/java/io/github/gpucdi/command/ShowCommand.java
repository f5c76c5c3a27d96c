package io.github.gpucdi.command;

import io.github.gpucdi.cdi.inject.Injector;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.option.Requests;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code gpu-cdi show}. */
final class ShowCommand extends Command implements Callable<Integer> {
    private final RegistryOptions registry = with(new RegistryOptions());

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told("yaml or json.", "Default: yaml. Variable: GPU_CDI_SHOW_FORMAT. Example: --format=json")
            .text("yaml");

    private final Argument<List<String>> names = parameter("1..*")
            .takes("NAME")
            .told("Qualified names, such as nvidia.com/gpu=all.")
            .list();

    private final Session session;

    ShowCommand(Session session) {
        super("show");
        description(
                "Show the edits that a container gets when it requests these devices, in the order of the request.",
                "Exit code: 0 shown; 1 a device cannot be requested; 2 usage.");
        footer("", "Example: gpu-cdi show nvidia.com/gpu=0");
        this.session = session;
    }

    @Override
    public Integer call() {
        SpecFormat chosen = Choices.FORMAT.of(format.value());
        ContainerEdits edits = Injector.combine(Requests.resolve(names.value(), registry.registry(session)));
        byte[] text = chosen.write(edits);
        session.out().write(text, 0, text.length);
        return ExitCode.OK.status();
    }
}
