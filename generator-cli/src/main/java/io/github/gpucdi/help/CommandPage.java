package io.github.gpucdi.help;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What there is to tell of a command, taken from the model that parses it: help and man pages are forms of this.
 *
 * @param name with the program's, such as {@code gpu-cdi transform root}
 * @param synopsis how it is called
 * @param description sentences, the first of which says what it is for
 * @param parameters what is given without a name
 * @param options in groups, none of them empty
 * @param commands that it has, if it is a group
 * @param footer what else is told: examples, exit codes
 */
record CommandPage(
        String name,
        String synopsis,
        List<String> description,
        List<Entry> parameters,
        Map<String, List<Entry>> options,
        List<Entry> commands,
        List<Block> footer) {
    /** The title of options that are so few that nobody needs an order. */
    static final String FEW = "Options";
    /** What parts a command line and a remark. */
    static final String GAP = "  ";

    /**
     * One thing and what it is.
     *
     * @param term the thing, as it is written
     * @param text one or more lines
     */
    record Entry(String term, List<String> text) {}

    /**
     * A part of the footer.
     *
     * @param text a paragraph of prose
     * @param lines what stands below it as it is, such as command lines
     */
    record Block(String text, List<String> lines) {}

    static CommandPage of(CommandSpec command) {
        return new CommandPage(
                command.qualifiedName(),
                synopsis(command),
                List.of(command.usageMessage().description()),
                parameters(command),
                options(command),
                commands(command),
                blocks(command.usageMessage().footer()));
    }

    /** Whether the command is told of: hidden ones are for other programs. */
    static boolean isShown(CommandSpec command) {
        return !command.usageMessage().hidden();
    }

    /** The commands that a group has, the hidden ones left out. */
    static List<CommandSpec> members(CommandSpec group) {
        List<CommandSpec> members = new ArrayList<>();
        group.subcommands().values().forEach(member -> {
            if (isShown(member.getCommandSpec())) {
                members.add(member.getCommandSpec());
            }
        });
        return members;
    }

    /** A command and all below it. */
    static List<CommandSpec> all(CommandSpec root) {
        List<CommandSpec> all = new ArrayList<>(List.of(root));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(members(all.get(i)));
        }
        return all;
    }

    /** The options that are told of. */
    static List<OptionSpec> shown(CommandSpec command) {
        List<OptionSpec> shown = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                shown.add(option);
            }
        }
        return shown;
    }

    /** Whether it is given a value; a switch may be, but is not. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** The first sentence of a description. */
    static String summary(String[] description) {
        String text = description.length == 0 ? "" : description[0];
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String synopsis(CommandSpec command) {
        StringBuilder synopsis = new StringBuilder(command.qualifiedName());
        for (OptionSpec option : command.options()) {
            if (option.required()) {
                synopsis.append(' ').append(option.names()[0]).append('=').append(option.paramLabel());
            }
        }
        synopsis.append(" [OPTION]...");
        if (!command.subcommands().isEmpty()) {
            synopsis.append(" COMMAND");
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                synopsis.append(' ').append(term(parameter));
            }
        }
        return synopsis.toString();
    }

    private static String term(PositionalParamSpec parameter) {
        String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private static List<Entry> parameters(CommandSpec command) {
        List<Entry> entries = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (!parameter.hidden()) {
                entries.add(new Entry(term(parameter), List.of(parameter.description())));
            }
        }
        return entries;
    }

    private static Map<String, List<Entry>> options(CommandSpec command) {
        Map<OptionGroup, List<OptionSpec>> groups = new EnumMap<>(OptionGroup.class);
        for (OptionSpec option : shown(command)) {
            groups.computeIfAbsent(OptionGroup.of(option.names()[0]), group -> new ArrayList<>())
                    .add(option);
        }
        Map<String, List<Entry>> told = new LinkedHashMap<>();
        groups.forEach((group, members) -> {
            if (group == OptionGroup.COMMON) {
                members.sort(Comparator.comparingInt(option -> OptionGroup.rank(option.names()[0])));
            }
            List<Entry> entries = new ArrayList<>();
            members.forEach(option -> entries.add(new Entry(term(option), List.of(option.description()))));
            boolean few = group == OptionGroup.COMMON && groups.keySet().size() <= 2;
            told.put(few ? FEW : group.title(), entries);
        });
        return told;
    }

    /** Letters first; of several values that a comma parts, two are shown. */
    private static String term(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        names.sort(Comparator.comparing(name -> name.startsWith("--")));
        String value = "";
        if (takesValue(option)) {
            value = "=" + option.paramLabel() + (option.splitRegex().isEmpty() ? "" : ",...");
        }
        return String.join(", ", names) + value;
    }

    private static List<Entry> commands(CommandSpec command) {
        List<Entry> entries = new ArrayList<>();
        for (CommandSpec member : members(command)) {
            entries.add(new Entry(member.name(), List.of(member.usageMessage().description()[0])));
        }
        return entries;
    }

    private static List<Block> blocks(String[] footer) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder prose = new StringBuilder();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= footer.length; i++) {
            String line = i < footer.length ? footer[i] : "";
            if (line.startsWith(" ")) {
                lines.add(line.strip());
            } else if (!line.isEmpty()) {
                prose.append(prose.isEmpty() ? "" : " ").append(line);
            } else if (!prose.isEmpty()) {
                blocks.add(new Block(prose.toString(), List.copyOf(lines)));
                prose.setLength(0);
                lines.clear();
            }
        }
        return blocks;
    }
}
