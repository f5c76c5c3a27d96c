package io.github.gpucdi.command;

import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code gpu-cdi cdi list}: nvidia-ctk's output and exit code. */
final class CdiListCommand extends Command implements Callable<Integer> {
    private final RegistryOptions registryOptions = with(new RegistryOptions());

    private final Argument<List<String>> ignored = parameter("0..*")
            .told("Ignored, as nvidia-ctk ignores them.")
            .hidden()
            .list();

    private final Session session;

    CdiListCommand(Session session) {
        super("list");
        description("As nvidia-ctk cdi list: print the names of all CDI devices that can be requested; always exit 0.");
        footer("", "Example: gpu-cdi cdi list --spec-dir=/etc/cdi");
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!ignored.value().isEmpty()) {
            session.console().debug("ignored arguments: " + String.join(" ", ignored.value()));
        }
        Registry registry = registryOptions.registry(session);
        RegistryOptions.tellConflicts(registry, session.console());
        List<RegisteredDevice> devices = registry.devices();
        session.console().info("Found " + devices.size() + " CDI devices");
        for (RegisteredDevice device : devices) {
            session.out().println(device.name().text());
        }
        return ExitCode.OK.status();
    }
}
