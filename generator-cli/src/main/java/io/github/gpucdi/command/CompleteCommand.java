package io.github.gpucdi.command;

import io.github.gpucdi.help.Candidates;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gpu-cdi complete}, which completion scripts run: it never fails, says nothing, and touches no driver. */
@Command(
        name = "complete",
        hidden = true,
        description = "Print candidates for completion scripts, one a line.",
        footer = {"", "Example: gpu-cdi complete devices"})
final class CompleteCommand implements Callable<Integer> {
    @Mixin
    private final RegistryOptions registry = new RegistryOptions();

    @Parameters(paramLabel = "KIND", description = "devices or ids.")
    private String kind;

    private final Session session;

    CompleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.console().setLevels(false, true);
        try {
            Candidates.of(kind, registry.registry(session)).forEach(session.out()::println);
        } catch (CommandFailure e) {
            // An engine typed halfway: there is nothing to offer yet.
            session.console().stackTrace(e);
        }
        return ExitCode.OK.status();
    }
}
