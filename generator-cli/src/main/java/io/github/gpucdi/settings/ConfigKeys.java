package io.github.gpucdi.settings;

import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.terminal.NearestMatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The keys that there are, from the model that parses the command line. At the top stand the options of generate: they
 * hold for every command that has the same option. Commands that write specs have a section of their own besides.
 */
public final class ConfigKeys {
    /** The option of commands that read the file, in whose place that file is named. */
    public static final String FILE_OPTION = "--config-file";

    static final String FILE_VARIABLE = "GPU_CDI_CONFIG_FILE";

    /** The command whose options stand at the top. */
    static final String GENERATE = "generate";

    private static final Set<String> SECTIONS = Set.of(GENERATE, "watch");

    private final Map<ConfigKey, OptionSpec> options = new LinkedHashMap<>();
    private final Set<String> sections = new TreeSet<>();

    /** Those of the commands that the model of a program has, which need not be all. */
    public ConfigKeys(CommandSpec program) {
        for (CommandLine line : program.subcommands().values()) {
            CommandSpec command = line.getCommandSpec();
            if (SECTIONS.contains(command.name())) {
                sections.add(command.name());
                add(command);
            }
        }
    }

    private void add(CommandSpec command) {
        for (OptionSpec option : command.options()) {
            if (!hasKey(option)) {
                continue;
            }
            if (command.name().equals(GENERATE)) {
                options.put(ConfigKey.top(name(option)), option);
            }
            if (!option.inherited()) {
                options.put(new ConfigKey(command.name(), name(option)), option);
            }
        }
    }

    /** Whether it can be set in the file: what can be set by a variable, but for the name of the file. */
    private static boolean hasKey(OptionSpec option) {
        boolean asked = option.usageHelp() || option.versionHelp() || option.hidden();
        return !asked
                && !option.names()[0].equals(FILE_OPTION)
                && !EnvironmentDefaults.variables(option).isEmpty();
    }

    private static String name(OptionSpec option) {
        return option.names()[0].substring(2);
    }

    /** The keys that an option of a command is taken from, the one that wins first. */
    static List<ConfigKey> of(OptionSpec option) {
        String command = option.command().name();
        boolean writes = SECTIONS.contains(command);
        List<ConfigKey> keys = new ArrayList<>();
        if (hasKey(option)) {
            if (writes) {
                keys.add(new ConfigKey(command, name(option)));
            }
            if (writes || EnvironmentDefaults.isShared(option)) {
                keys.add(ConfigKey.top(name(option)));
            }
        }
        return keys;
    }

    /** The option of each key, in the order of help. */
    public Map<ConfigKey, OptionSpec> options() {
        return Collections.unmodifiableMap(options);
    }

    /** The commands that have keys of their own. */
    public Set<String> sections() {
        return Collections.unmodifiableSet(sections);
    }

    /** The options that have a key below a section, and none at the top. */
    public List<OptionSpec> ownOptions(String section) {
        List<OptionSpec> own = new ArrayList<>();
        options.forEach((key, option) -> {
            if (key.section().equals(section) && !options.containsKey(ConfigKey.top(key.name()))) {
                own.add(option);
            }
        });
        return own;
    }

    Optional<OptionSpec> option(ConfigKey key) {
        return Optional.ofNullable(options.get(key));
    }

    boolean isSection(String name) {
        return sections.contains(name);
    }

    /** What a key that is unknown was meant to be, as a sentence part; it may be empty. */
    String suggestion(ConfigKey unknown) {
        Set<String> names = new TreeSet<>(unknown.section().isEmpty() ? sections : Set.of());
        for (Map.Entry<ConfigKey, OptionSpec> entry : options.entrySet()) {
            ConfigKey key = entry.getKey();
            boolean here = key.section().equals(unknown.section());
            boolean alias = List.of(entry.getValue().names()).contains("--" + unknown.name());
            if (here && alias) {
                return didYouMean(key);
            }
            if (here) {
                names.add(key.name());
            }
        }
        for (String section : sections) {
            ConfigKey elsewhere = new ConfigKey(section, unknown.name());
            if (options.containsKey(elsewhere)) {
                return didYouMean(elsewhere);
            }
        }
        return NearestMatch.suggestion(unknown.name(), names);
    }

    private static String didYouMean(ConfigKey key) {
        String where = key.section().isEmpty() ? "" : " below '" + key.section() + ":'";
        return "; did you mean '" + key.name() + "'" + where + "?";
    }
}
