package io.github.gpucdi.option;

import io.github.gpucdi.host.Mode;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.NearestMatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is to be found, from {@code --mode}. */
public final class ModeOption {
    private ModeOption() {}

    /** The words that the option takes. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            words.add(mode.word());
        }
        return words;
    }

    /** The modes that the words mean, each once. */
    static List<Mode> of(List<String> words) {
        Set<Mode> modes = new LinkedHashSet<>();
        for (String word : words) {
            modes.add(of(word));
        }
        return new ArrayList<>(modes);
    }

    /** What a word means, whatever its case; another word is the user's mistake. */
    static Mode of(String given) {
        String word = given.toLowerCase(Locale.ROOT);
        for (Mode mode : Mode.values()) {
            if (word.equals(mode.word())) {
                return mode;
            }
        }
        List<String> words = words();
        throw CommandFailure.usage(
                "invalid value '" + given + "' for --mode",
                "allowed: " + String.join(", ", words) + NearestMatch.suggestion(given, words));
    }
}
