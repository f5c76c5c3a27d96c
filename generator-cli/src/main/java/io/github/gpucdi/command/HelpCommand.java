package io.github.gpucdi.command;

import io.github.gpucdi.help.HelpText;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.NearestMatch;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gpu-cdi help}. */
@Command(
        name = "help",
        description = "Show the help of a command; alone, that of the program.",
        footer = {"", "Example: gpu-cdi help transform root"})
final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The words of a command.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    private final Session session;

    HelpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandSpec command = spec.root();
        for (String word : words) {
            CommandLine member = command.subcommands().get(word);
            if (member == null) {
                throw CommandFailure.usage(
                        command.qualifiedName() + " has no command '" + word + "'",
                        "see: " + command.qualifiedName() + " --help"
                                + NearestMatch.suggestion(
                                        word, command.subcommands().keySet()));
            }
            command = member.getCommandSpec();
        }
        session.out().print(HelpText.of(command, session.environment()));
        return ExitCode.OK.status();
    }
}
