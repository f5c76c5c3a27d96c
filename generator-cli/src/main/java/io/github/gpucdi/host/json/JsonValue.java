package io.github.gpucdi.host.json;

import java.util.List;
import java.util.Map;

/** A JSON value and where it begins. */
sealed interface JsonValue {

    /** Where the value begins. */
    Start start();

    /**
     * Where in the text a value begins.
     *
     * @param line from 1
     * @param column from 1, in UTF-16 units
     */
    record Start(int line, int column) {}

    /**
     * An object.
     *
     * @param members in the order of the text
     */
    record Members(Start start, Map<String, JsonValue> members) implements JsonValue {}

    /** An array. */
    record Items(Start start, List<JsonValue> items) implements JsonValue {}

    /** A string. */
    record Text(Start start, String text) implements JsonValue {}

    /**
     * A number, kept as it is written: not converted before its range is known.
     *
     * @param digits the token
     * @param whole whether it has neither fraction nor exponent
     */
    record Number(Start start, String digits, boolean whole) implements JsonValue {}

    /** True or false. */
    record Flag(Start start, boolean value) implements JsonValue {}

    /** The null literal. */
    record Nothing(Start start) implements JsonValue {}
}
