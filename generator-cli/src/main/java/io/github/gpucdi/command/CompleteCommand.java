package io.github.gpucdi.command;

import io.github.gpucdi.help.Candidates;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.RegistryOptions;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;

/** {@code gpu-cdi complete}, which completion scripts run: it never fails, says nothing, and touches no driver. */
final class CompleteCommand extends Command implements Callable<Integer> {
    private final RegistryOptions registry = with(new RegistryOptions());

    private final Argument<String> kind =
            parameter("1").takes("KIND").told("devices or ids.").text("");

    private final Session session;

    CompleteCommand(Session session) {
        super("complete");
        description("Print candidates for completion scripts, one a line.");
        footer("", "Example: gpu-cdi complete devices");
        hidden();
        this.session = session;
    }

    @Override
    public Integer call() {
        session.console().setLevels(false, true);
        try {
            Candidates.of(kind.value(), registry.registry(session)).forEach(session.out()::println);
        } catch (CommandFailure e) {
            // An engine typed halfway: there is nothing to offer yet.
            session.console().stackTrace(e);
        }
        return ExitCode.OK.status();
    }
}
