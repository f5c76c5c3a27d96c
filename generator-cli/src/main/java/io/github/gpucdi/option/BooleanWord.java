package io.github.gpucdi.option;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** A switch's value in a variable or after {@code =}, as Go programs read it. */
public final class BooleanWord {
    private BooleanWord() {}

    public static boolean parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "1", "t", "true" -> true;
            case "", "0", "f", "false" -> false;
            default -> throw new TypeConversionException("'" + word + "' is none of true, false, 1, 0");
        };
    }
}
