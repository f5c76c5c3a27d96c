package io.github.gpucdi.command;

import io.github.gpucdi.help.HelpText;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.NearestMatch;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gpu-cdi help}. */
final class HelpCommand extends Command implements Callable<Integer> {
    private final Argument<List<String>> words =
            parameter("0..*").takes("COMMAND").told("The words of a command.").list();

    private final Session session;

    HelpCommand(Session session) {
        super("help");
        description("Show the help of a command; alone, that of the program.");
        footer("", "Example: gpu-cdi help transform root");
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandSpec command = model().root();
        for (String word : words.value()) {
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
