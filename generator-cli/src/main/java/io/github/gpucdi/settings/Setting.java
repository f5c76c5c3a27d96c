package io.github.gpucdi.settings;

import io.github.gpucdi.cdi.spec.Position;
import java.util.List;

/**
 * What a file says of an option.
 *
 * @param key which option
 * @param values one text; of a list any number, none for the option's default
 * @param file where it is said
 * @param position the value's place there
 */
public record Setting(ConfigKey key, List<String> values, String file, Position position) {
    public Setting {
        values = List.copyOf(values);
    }

    /** As the option's variable would have it; no text of a list holds a comma. */
    String text() {
        return String.join(",", values);
    }

    /** The file and the line. */
    public String place() {
        return file + ":" + position.line();
    }
}
