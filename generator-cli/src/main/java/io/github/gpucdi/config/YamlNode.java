package io.github.gpucdi.config;

import io.github.gpucdi.cdi.spec.Position;
import java.util.List;

/** A part of a YAML document, with its place. */
public sealed interface YamlNode {
    Position position();

    /**
     * @param text the content after unquoting
     * @param plain whether it stood without quotes
     */
    record Scalar(String text, boolean plain, Position position) implements YamlNode {}

    record Sequence(List<YamlNode> items, Position position) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** {@code entries} in the order of the text, duplicates as they stand. */
    record Mapping(List<Entry> entries, Position position) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Entry(YamlNode key, YamlNode value) {}
}
