package io.github.gpucdi.cdi.edit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one entry of a spec means, as texts.
 *
 * @param key how the entry is called
 * @param fields its members that say something, in CDI's order; a single value has the empty name
 */
record Fact(String key, Map<String, String> fields) {

    static Fact value(String key, String value) {
        return new Fact(key, Map.of("", value));
    }

    static Fact named(String key) {
        return new Fact(key, new LinkedHashMap<>());
    }

    /** Adds a member, unless it is empty. */
    Fact with(String field, String value) {
        if (!value.isEmpty()) {
            fields.put(field, value);
        }
        return this;
    }

    Fact with(String field, OptionalLong value) {
        return value.isPresent() ? with(field, Long.toString(value.getAsLong())) : this;
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** All members in one text. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (!text.isEmpty()) {
                text.append(", ");
            }
            if (!field.getKey().isEmpty()) {
                text.append(field.getKey()).append('=');
            }
            text.append(field.getValue());
        }
        return text.toString();
    }
}
