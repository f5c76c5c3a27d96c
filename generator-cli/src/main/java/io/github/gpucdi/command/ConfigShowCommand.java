package io.github.gpucdi.command;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gpu-cdi config show}. */
@Command(
        name = "show",
        description = {
            "Show each option that a command line would run with, and where it comes from: a flag, a variable, a line of"
                    + " a configuration file, or the default. Nothing is run."
        },
        footer = {
            "",
            "Examples:",
            "  gpu-cdi config show                           what a plain gpu-cdi generate runs with",
            "  gpu-cdi config show --hooks=none              the same with an option",
            "  gpu-cdi config show --format=json diff        another command, for a program"
        })
final class ConfigShowCommand implements Callable<Integer> {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "table, json or yaml; given before the command line.",
                "Default: table. Variable: GPU_CDI_CONFIG_SHOW_FORMAT. Example: --format=json"
            })
    private String format = "table";

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "The words of a command line after gpu-cdi; options alone are generate's.")
    private List<String> words = List.of();

    private final Function<String[], CommandLine> program;
    private final Session session;

    /**
     * The command.
     *
     * @param program gives the parser of a command line
     */
    ConfigShowCommand(Function<String[], CommandLine> program, Session session) {
        this.program = program;
        this.session = session;
    }

    @Override
    public Integer call() {
        ListFormat chosen = Choices.LIST_FORMAT.of(format);
        List<String> all = new ArrayList<>(words);
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
