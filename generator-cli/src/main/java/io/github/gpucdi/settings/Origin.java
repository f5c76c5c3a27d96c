package io.github.gpucdi.settings;

import io.github.gpucdi.option.EnvironmentDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option of a command line is, and why.
 *
 * @param option its name
 * @param source who says it
 * @param values what it is given; of the default nothing
 * @param kind how many there are
 * @param variable whose value it is, for that source
 * @param setting where it stands, for that source
 * @param byDefault what it would be if nobody said anything, in words
 */
public record Origin(
        String option,
        Source source,
        List<String> values,
        Kind kind,
        Optional<String> variable,
        Optional<Setting> setting,
        String byDefault) {
    /** Who can say what an option is; the first that does is heard. */
    public enum Source {
        FLAG,
        VARIABLE,
        FILE,
        DEFAULT
    }

    /** What an option takes. */
    public enum Kind {
        SWITCH,
        TEXT,
        LIST;

        static Kind of(OptionSpec option) {
            return option.arity().max() == 0 ? SWITCH : option.isMultiValue() ? LIST : TEXT;
        }
    }

    private static final String COMMA = ",";

    /** Those of the options that {@code command} has, after its line was parsed with {@code defaults}. */
    public static List<Origin> of(CommandSpec command, ConfigDefaults defaults, EnvironmentDefaults environment) {
        List<Origin> origins = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
                OptionSpec known = option.inherited() ? command.root().findOption(option.longestName()) : option;
                List<String> given = new ArrayList<>(known.stringValues());
                given.addAll(option.inherited() ? option.stringValues() : List.of());
                origins.add(of(known, given, defaults, environment));
            }
        }
        return origins;
    }

    private static Origin of(
            OptionSpec option, List<String> given, ConfigDefaults defaults, EnvironmentDefaults environment) {
        Kind kind = Kind.of(option);
        Optional<String> variable = environment.variable(option);
        Optional<Setting> setting = defaults.setting(option);
        if (!given.isEmpty()) {
            List<String> values = kind == Kind.LIST ? given : given.subList(given.size() - 1, given.size());
            return of(option, kind, Source.FLAG, values, Optional.empty(), Optional.empty());
        }
        if (variable.isPresent()) {
            String value = environment.value(variable.get());
            List<String> values = option.splitRegex().isEmpty() ? List.of(value) : List.of(value.split(COMMA));
            return of(option, kind, Source.VARIABLE, values, variable, Optional.empty());
        }
        if (setting.isPresent()) {
            return of(option, kind, Source.FILE, setting.get().values(), Optional.empty(), setting);
        }
        return of(option, kind, Source.DEFAULT, List.of(), Optional.empty(), Optional.empty());
    }

    private static Origin of(
            OptionSpec option,
            Kind kind,
            Source source,
            List<String> values,
            Optional<String> variable,
            Optional<Setting> setting) {
        String byDefault = OptionText.of(option).byDefault();
        return new Origin(option.names()[0].substring(2), source, values, kind, variable, setting, byDefault);
    }

    public Origin {
        values = List.copyOf(values);
    }

    /** The source in words: a flag, a variable's name, a file and line, or a default. */
    public String from() {
        return switch (source) {
            case FLAG -> "flag";
            case VARIABLE -> variable.orElseThrow();
            case FILE -> setting.orElseThrow().place();
            case DEFAULT -> "default";
        };
    }
}
