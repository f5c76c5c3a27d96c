package io.github.gpucdi.command;

import io.github.gpucdi.help.Shell;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;

/** {@code gpu-cdi completion}. */
final class CompletionCommand extends Command implements Callable<Integer> {
    private final Argument<String> shell =
            parameter("1").takes(Shell.LABEL).told("bash, zsh or fish.").text("");

    private final Session session;

    CompletionCommand(Session session) {
        super("completion");
        description("Print a script that completes gpu-cdi's command line in a shell.");
        footer(
                "",
                "Examples:",
                "  source <(gpu-cdi completion bash)                                    in .bashrc",
                "  gpu-cdi completion zsh > /usr/local/share/zsh/site-functions/_gpu-cdi",
                "  gpu-cdi completion fish > ~/.config/fish/completions/gpu-cdi.fish");
        this.session = session;
    }

    @Override
    public Integer call() {
        session.out().print(Shell.named(shell.value()).script(model().root()));
        return ExitCode.OK.status();
    }
}
