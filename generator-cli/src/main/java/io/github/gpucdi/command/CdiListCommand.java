package io.github.gpucdi.command;

import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gpu-cdi cdi list}: nvidia-ctk's output and exit code. */
@Command(
        name = "list",
        description =
                "As nvidia-ctk cdi list: print the names of all CDI devices that can be requested; always exit 0.",
        footer = {"", "Example: gpu-cdi cdi list --spec-dir=/etc/cdi"})
final class CdiListCommand implements Callable<Integer> {
    @Mixin
    private final RegistryOptions registryOptions = new RegistryOptions();

    @Parameters(hidden = true, description = "Ignored, as nvidia-ctk ignores them.")
    private List<String> ignored = List.of();

    private final Session session;

    CdiListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!ignored.isEmpty()) {
            session.console().debug("ignored arguments: " + String.join(" ", ignored));
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
