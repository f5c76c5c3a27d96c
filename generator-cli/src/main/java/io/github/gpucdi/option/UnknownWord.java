package io.github.gpucdi.option;

import io.github.gpucdi.terminal.NearestMatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a word that a command does not know was meant to be. */
public final class UnknownWord {
    /** What other programs call by one letter: the nearest in meaning, where the nearest in spelling is another. */
    private static final Map<String, List<String>> OPTIONS = Map.of(
            "-q", List.of("--quiet"),
            "-o", List.of("--output", "--format"),
            "-V", List.of("--version"));

    /** The letter of other programs for a command of ours. */
    private static final Map<String, List<String>> COMMANDS = Map.of("-L", List.of("list", "devices"));

    /** By command: the option that takes what is given as an argument there. */
    private static final Map<String, String> ARGUMENTS = Map.of(
            "diff", "to compare two files: --against=",
            "doctor", "to judge an engine: --engine=",
            "list", "to read a directory: --spec-dir=",
            "root", "to read a file: --input=");

    private final CommandLine command;
    private final CommandLine program;
    private final List<String> arguments;

    /**
     * A word of a command line.
     *
     * @param command the command that does not know it
     * @param program the whole program
     * @param arguments the command line
     */
    public UnknownWord(CommandLine command, CommandLine program, List<String> arguments) {
        this.command = command;
        this.program = program;
        this.arguments = List.copyOf(arguments);
    }

    /** A sentence part about {@code word}: {@code ; did you mean 'x'?}, or nothing. */
    public String suggestion(String word) {
        if (!word.startsWith("-")) {
            return ofArgument(word);
        }
        int equals = word.indexOf('=');
        String name = equals > 0 ? word.substring(0, equals) : word;
        boolean letter = !word.startsWith("--") && word.length() > 1;
        String start = letter ? word.substring(0, 2) : "";
        for (String meant : COMMANDS.getOrDefault(start, List.of())) {
            if (!command.getCommandName().equals(meant)) {
                return didYouMean(program.getSubcommands().get(meant));
            }
        }
        List<String> meanings = OPTIONS.getOrDefault(start, List.of());
        for (String meant : meanings) {
            if (names(command).contains(meant)) {
                return "; did you mean '" + meant + "'?";
            }
        }
        if (command.getSubcommands().isEmpty()) {
            return meanings.isEmpty() ? near(name, command) : "";
        }
        return ofMember(meanings.isEmpty() ? List.of(name) : meanings);
    }

    private String ofArgument(String word) {
        String option = ARGUMENTS.get(command.getCommandName());
        if (option != null
                && find(program, member -> member.getCommandName().equals(word)).isEmpty()) {
            return "; " + option + word;
        }
        if (names(command).contains("--" + word)) {
            return "; did you mean '--" + word + "'?";
        }
        String near = NearestMatch.suggestion(word, command.getSubcommands().keySet());
        return near.isEmpty()
                ? find(program, member -> member.getCommandName().equals(word))
                        .map(UnknownWord::didYouMean)
                        .orElse("")
                : near;
    }

    private static String didYouMean(CommandLine meant) {
        return "; did you mean '" + meant.getCommandSpec().qualifiedName() + "'?";
    }

    /** An option given before the command that has it: the one that the user typed, else the first one. */
    private String ofMember(List<String> options) {
        CommandLine typed = command;
        for (String argument : arguments) {
            typed = typed.getSubcommands().getOrDefault(argument, typed);
        }
        for (String option : options) {
            Optional<CommandLine> owner = find(typed, member -> names(member).contains(option));
            if (owner.isPresent()) {
                String name = owner.get().getCommandSpec().qualifiedName();
                return "; give " + option + " after the command: " + name + " " + option;
            }
        }
        return near(options.get(0), typed);
    }

    /** The first of a command and those below it for which {@code condition} holds. */
    private static Optional<CommandLine> find(CommandLine group, Predicate<CommandLine> condition) {
        Deque<CommandLine> open = new ArrayDeque<>(List.of(group));
        while (!open.isEmpty()) {
            CommandLine member = open.poll();
            if (condition.test(member)) {
                return Optional.of(member);
            }
            open.addAll(member.getSubcommands().values());
        }
        return Optional.empty();
    }

    /** Of one letter any other is as near. */
    private static String near(String option, CommandLine command) {
        return option.length() > 2 ? NearestMatch.suggestion(option, names(command)) : "";
    }

    private static Set<String> names(CommandLine command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }
}
