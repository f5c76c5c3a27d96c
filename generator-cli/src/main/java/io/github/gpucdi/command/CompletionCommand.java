package io.github.gpucdi.command;

import io.github.gpucdi.help.Shell;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gpu-cdi completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes gpu-cdi's command line in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(gpu-cdi completion bash)                                    in .bashrc",
            "  gpu-cdi completion zsh > /usr/local/share/zsh/site-functions/_gpu-cdi",
            "  gpu-cdi completion fish > ~/.config/fish/completions/gpu-cdi.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = Shell.LABEL, description = "bash, zsh or fish.")
    private String shell;

    @Spec
    private CommandSpec spec;

    private final Session session;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.out().print(Shell.named(shell).script(spec.root()));
        return ExitCode.OK.status();
    }
}
