package io.github.gpucdi.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option's description says in fixed words.
 *
 * @param description what the option is for, without those words
 * @param byDefault the value if nobody says anything, in words
 * @param example a value; of a switch {@code true}
 */
public record OptionText(String description, String byDefault, String example) {
    private static final Pattern FACTS =
            Pattern.compile("(?<text>.*?) ?Default: (?<default>.+?)\\. Variable: .+\\. Example: (?<example>.+)");

    /** That of an option that has a key. */
    public static OptionText of(OptionSpec option) {
        Matcher facts = FACTS.matcher(String.join(" ", option.description()));
        if (!facts.matches()) {
            throw new IllegalStateException("the description of " + option.names()[0] + " lacks its facts");
        }
        return new OptionText(facts.group("text"), facts.group("default"), value(option, facts.group("example")));
    }

    private static String value(OptionSpec option, String example) {
        for (String word : example.split(" ")) {
            if (word.startsWith(option.names()[0] + "=")) {
                return word.substring(word.indexOf('=') + 1);
            }
        }
        return "true";
    }
}
