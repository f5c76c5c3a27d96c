package io.github.gpucdi.command;

import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.settings.ConfigDefaults;
import io.github.gpucdi.settings.ConfigDocument;
import io.github.gpucdi.settings.ConfigKeys;
import io.github.gpucdi.settings.Origin;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code gpu-cdi config show}. */
final class ConfigShowCommand extends Command implements Callable<Integer> {
    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told(
                    "table, json or yaml; given before the command line.",
                    "Default: table. Variable: GPU_CDI_CONFIG_SHOW_FORMAT. Example: --format=json")
            .text("table");

    private final Argument<List<String>> words = parameter("0..*")
            .takes("WORD")
            .told("The words of a command line after gpu-cdi; options alone are generate's.")
            .list();

    private final Function<String[], CommandLine> program;
    private final Session session;

    /**
     * The command.
     *
     * @param program gives the parser of a command line
     */
    ConfigShowCommand(Function<String[], CommandLine> program, Session session) {
        super("show");
        description(
                "Show each option that a command line would run with, and where it comes from: a flag, a variable, a line of"
                        + " a configuration file, or the default. Nothing is run.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi config show                           what a plain gpu-cdi generate runs with",
                "  gpu-cdi config show --hooks=none              the same with an option",
                "  gpu-cdi config show --format=json diff        another command, for a program");
        this.program = program;
        this.session = session;
    }

    /** What is not its own is another command line. */
    @Override
    CommandLine line() {
        return super.line().setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() {
        ListFormat chosen = Choices.LIST_FORMAT.of(format.value());
        List<String> all = new ArrayList<>(words.value());
        if (all.isEmpty() || all.get(0).startsWith("-")) {
            all.add(0, "generate");
        }
        String[] line = all.toArray(String[]::new);
        CommandLine parser = program.apply(line);
        List<CommandLine> parsed = parser.parseArgs(line).asCommandLineList();
        CommandSpec command = parsed.get(parsed.size() - 1).getCommandSpec();
        if (command.findOption(ConfigKeys.FILE_OPTION) == null) {
            throw CommandFailure.usage(
                    command.qualifiedName() + " reads no configuration file",
                    "name a command that does, such as generate");
        }
        ConfigDefaults defaults = (ConfigDefaults) parser.getDefaultValueProvider();
        List<Origin> origins = Origin.of(command, defaults, new EnvironmentDefaults(session.environment()));
        ConfigDocument.print(command.qualifiedName(), defaults.configuration().files(), origins, chosen, session.out());
        return ExitCode.OK.status();
    }
}
