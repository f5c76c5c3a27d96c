package io.github.gpucdi.option;

import io.github.gpucdi.terminal.CommandFailure;
import java.util.Locale;

/** A switch's value in a variable or after {@code =}, as Go programs read it. */
public final class BooleanWord {
    private BooleanWord() {}

    public static boolean parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "1", "t", "true" -> true;
            case "", "0", "f", "false" -> false;
            default ->
                throw CommandFailure.usage("invalid value '" + word + "' for a switch", "allowed: true, false, 1, 0");
        };
    }
}
