package io.github.gpucdi.option;

import io.github.gpucdi.terminal.NearestMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a word that a command does not know was meant to be. */
public final class UnknownWord {
    /** What other programs call by one letter: the nearest in meaning, where the nearest in spelling is another. */
    private static final Map<String, String> MEANINGS =
            Map.of("-q", "--quiet", "-o", "--output", "-L", "list", "-V", "--version");

    private UnknownWord() {}

    /** A sentence part: {@code ; did you mean 'x'?}, or nothing. */
    public static String suggestion(String word, CommandLine command) {
        if (!word.startsWith("-")) {
            return command.getCommandName().equals("diff")
                    ? "; to compare two files: --against=" + word
                    : NearestMatch.suggestion(word, command.getSubcommands().keySet());
        }
        int equals = word.indexOf('=');
        String name = equals > 0 ? word.substring(0, equals) : word;
        boolean letter = !word.startsWith("--") && word.length() > 1;
        String meaning = letter ? MEANINGS.getOrDefault(word.substring(0, 2), "") : "";
        if (!meaning.isEmpty()) {
            return "; did you mean '" + meaning + "'?";
        }
        return owner(name, command)
                .map(member -> "; give " + name + " after the command: "
                        + member.getCommandSpec().qualifiedName() + " " + name)
                .orElseGet(() -> NearestMatch.suggestion(name, names(command)));
    }

    /** The first command below {@code group} that has the option. */
    private static Optional<CommandLine> owner(String option, CommandLine group) {
        for (CommandLine member : group.getSubcommands().values()) {
            Optional<CommandLine> owner = names(member).contains(option) ? Optional.of(member) : owner(option, member);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    private static Set<String> names(CommandLine command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }
}
