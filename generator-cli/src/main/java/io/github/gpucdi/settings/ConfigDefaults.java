package io.github.gpucdi.settings;

import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that are not on the command line are taken from the environment, then from the configuration file. It is read
 * for the first option that asks, if the command has the option that names it. One that is wrong in anything ends the
 * command: what else it says is not known to be meant.
 */
public final class ConfigDefaults implements IDefaultValueProvider {
    private static final int MOST_TOLD = 10;
    /** What a replay has been recorded with is not for this host's file to say. */
    private static final Set<String> OF_THIS_HOST = Set.of(
            "--host-root",
            "--driver-root",
            "--dev-root",
            "--library-search-path",
            "--config-search-path",
            "--csv.file",
            "--nvidia-cdi-hook-path");

    /** The command that looks for what is wrong: it tells it, and goes on without the file. */
    private static final String DOCTOR = "doctor";

    private static final Set<String> HELP = Set.of("--help", "-h", "--version", "-v");
    private static final List<String> REPLAYS = List.of("--snapshot", "--simulate");

    private final EnvironmentDefaults environment;
    private final ConfigPlaces usual;
    private final Supplier<CommandSpec> program;
    private final Console console;
    private final List<String> arguments;
    private Configuration read;

    /**
     * The defaults of one command line.
     *
     * @param usual the files to read if none is named
     * @param arguments the words of the command line
     * @param program gives the model of all commands, which is asked for only if the one at hand does not do
     */
    public ConfigDefaults(
            EnvironmentDefaults environment,
            ConfigPlaces usual,
            List<String> arguments,
            Supplier<CommandSpec> program,
            Console console) {
        this.environment = environment;
        this.usual = usual;
        this.arguments = List.copyOf(arguments);
        this.program = program;
        this.console = console;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        String variable = environment.defaultValue(argument);
        if (variable != null || !(argument instanceof OptionSpec option)) {
            return variable;
        }
        CommandSpec command = option.command();
        OptionSpec file = command.findOption(ConfigKeys.FILE_OPTION);
        if (file != null && file != option && read == null && !asksForHelp()) {
            read = read(file);
        }
        Optional<Setting> setting = setting(option);
        if (setting.isEmpty()) {
            return null;
        }
        environment.take(setting.get().place());
        return setting.get().text();
    }

    /** What the files say of an option; nothing of one that is another host's. */
    public Optional<Setting> setting(OptionSpec option) {
        if (read == null || read.files().isEmpty() || !read.findings().isEmpty()) {
            return Optional.empty();
        }
        boolean elsewhere = OF_THIS_HOST.contains(option.names()[0]) && isReplay(option.command());
        return elsewhere ? Optional.empty() : read.setting(option);
    }

    /**
     * Words that say of a command's options what the files said, for the command line of another process: whatever the
     * files say by then, it is not to differ from this one.
     */
    public List<String> flags(CommandSpec command) {
        List<String> flags = new ArrayList<>();
        for (Origin origin : Origin.of(command, this, environment)) {
            if (origin.source() == Origin.Source.FILE) {
                String value = origin.setting().orElseThrow().text();
                String name = "--" + origin.option();
                if (origin.kind() != Origin.Kind.SWITCH) {
                    // An empty list stands for the default.
                    flags.addAll(value.isEmpty() ? List.of() : List.of(name + "=" + value));
                } else if (Boolean.parseBoolean(value)) {
                    flags.add(name);
                }
            }
        }
        flags.add(ConfigKeys.FILE_OPTION + "=");
        return flags;
    }

    /** What was read; nothing before, and if there is none. */
    public Configuration configuration() {
        return read == null ? Configuration.EMPTY : read;
    }

    private boolean isReplay(CommandSpec command) {
        for (String name : REPLAYS) {
            OptionSpec option = command.findOption(name);
            if (option != null
                    && (!option.stringValues().isEmpty()
                            || environment.defaultValue(option) != null
                            || configuration().setting(option).isPresent())) {
                return true;
            }
        }
        return false;
    }

    /** Then there is nothing to run, and help must come whatever a file says. */
    private boolean asksForHelp() {
        for (String argument : arguments) {
            if (HELP.contains(argument)) {
                return true;
            }
        }
        return false;
    }

    private Configuration read(OptionSpec file) {
        Optional<String> named = named(file);
        if (named.isPresent() ? named.get().isEmpty() : isOtherFace(file.command()) || usual.isEmpty()) {
            return Configuration.EMPTY;
        }
        Configuration configuration = read(named, file.command().root());
        if (!configuration.findings().isEmpty() && !file.command().name().equals(DOCTOR)) {
            throw refused(configuration.findings());
        }
        return configuration;
    }

    /** The model at hand does unless the file says something of commands that are not in it. */
    private Configuration read(Optional<String> named, CommandSpec atHand) {
        Configuration configuration = read(named, new ConfigKeys(atHand));
        return configuration.findings().isEmpty() ? configuration : read(named, new ConfigKeys(program.get()));
    }

    private Configuration read(Optional<String> named, ConfigKeys keys) {
        if (named.isEmpty()) {
            return new Configuration(usual.read(keys));
        }
        Path path = GivenPath.of(ConfigKeys.FILE_OPTION, named.get());
        return new Configuration(List.of(ConfigPlaces.read(path, keys)));
    }

    /** From the words themselves: the parser asks for the defaults of switches before it has seen them all. */
    private Optional<String> named(OptionSpec file) {
        String assigned = ConfigKeys.FILE_OPTION + "=";
        Optional<String> named = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(assigned)) {
                named = Optional.of(argument.substring(assigned.length()));
            } else if (argument.equals(ConfigKeys.FILE_OPTION) && i + 1 < arguments.size()) {
                named = Optional.of(arguments.get(i + 1));
            }
        }
        return named.isPresent() ? named : Optional.ofNullable(environment.defaultValue(file));
    }

    /** What stands for nvidia-ctk in scripts does not change with a file that those do not know. */
    private static boolean isOtherFace(CommandSpec command) {
        CommandSpec group = command.parent();
        return group != null && group.parent() != null && group.name().equals("cdi");
    }

    /** All findings but the last are told; that is the failure. */
    private CommandFailure refused(List<ConfigFinding> findings) {
        int told = Math.min(findings.size(), MOST_TOLD) - 1;
        for (ConfigFinding finding : findings.subList(0, told)) {
            console.error(finding.line());
            console.hint(finding.howToMend());
        }
        ConfigFinding last = findings.get(told);
        String all = findings.size() > MOST_TOLD
                ? "; more of them, " + findings.size() + " in all, are told by: gpu-cdi config check"
                : "";
        return CommandFailure.usage(last.line(), last.howToMend() + all);
    }
}
