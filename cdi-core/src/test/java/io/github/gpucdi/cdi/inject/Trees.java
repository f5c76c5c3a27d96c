package io.github.gpucdi.cdi.inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** JSON trees from text and back. */
final class Trees {
    private Trees() {}

    /** A JSON object; quotes may be left out where YAML allows it. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> parsed(String json) {
        LoadSettings settings = LoadSettings.builder().build();
        return (Map<String, Object>) new Load(settings).loadFromString(json);
    }

    /** One line in the tree's order, without quotes: {@code {a: [1, x]}}. */
    static String text(Object tree) {
        List<String> parts = new ArrayList<>();
        if (tree instanceof Map<?, ?> object) {
            object.forEach((key, value) -> parts.add(key + ": " + text(value)));
            return "{" + String.join(", ", parts) + "}";
        }
        if (tree instanceof List<?> list) {
            list.forEach(item -> parts.add(text(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        return String.valueOf(tree);
    }
}
