package io.github.gpucdi.help;

import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.NearestMatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Shells that completion is there for. */
public enum Shell {
    BASH,
    ZSH,
    FISH;

    /** The label of a parameter that names a shell. */
    public static final String LABEL = "SHELL";

    /** The shell of a name, whatever its case; another name is the user's mistake. */
    public static Shell named(String word) {
        for (Shell shell : values()) {
            if (shell.word().equals(word.toLowerCase(Locale.ROOT))) {
                return shell;
            }
        }
        throw CommandFailure.usage(
                "no completion for '" + word + "'",
                "allowed: " + String.join(", ", words()) + NearestMatch.suggestion(word, words()));
    }

    /** A script that completes the program's command line. */
    public String script(CommandSpec root) {
        String data = switch (this) {
            case BASH -> BashData.of(root);
            case ZSH -> ZshData.of(root);
            case FISH -> FishData.of(root);
        };
        return template().replace("#DATA#\n", data);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Shell shell : values()) {
            words.add(shell.word());
        }
        return words;
    }

    private String template() {
        String file = "/io/github/gpucdi/completion/gpu-cdi." + word();
        try (InputStream stream = Shell.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own resource " + file + " cannot be read", e);
        }
    }
}
