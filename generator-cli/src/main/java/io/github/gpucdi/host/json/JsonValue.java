package io.github.gpucdi.host.json;

import java.util.List;
import java.util.Map;

/** A JSON value and where it begins. */
sealed interface JsonValue {

    /** Where the value begins. */
    Place place();

    /**
     * A place in the text.
     *
     * @param line from 1
     * @param column from 1, in UTF-16 units
     */
    record Place(int line, int column) {}

    /**
     * An object.
     *
     * @param members in the order of the text
     */
    record Members(Place place, Map<String, JsonValue> members) implements JsonValue {}

    /** An array. */
    record Items(Place place, List<JsonValue> items) implements JsonValue {}

    /** A string. */
    record Text(Place place, String text) implements JsonValue {}

    /**
     * A number, kept as it is written: not converted before its range is known.
     *
     * @param digits the token
     * @param whole whether it has neither fraction nor exponent
     */
    record Number(Place place, String digits, boolean whole) implements JsonValue {}

    /** True or false. */
    record Flag(Place place, boolean value) implements JsonValue {}

    /** The null literal. */
    record Nothing(Place place) implements JsonValue {}
}
