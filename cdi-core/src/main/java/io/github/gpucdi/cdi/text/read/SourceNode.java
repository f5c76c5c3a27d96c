package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Position;
import java.util.List;
import java.util.Optional;

/** A parsed YAML node. Nodes that aliases name are shared, not copied. */
sealed interface SourceNode {
    /** Where it starts: line and column, both from 1. */
    int line();

    int column();

    default Position position() {
        return new Position(line(), column());
    }

    /**
     * @param text the content after unquoting
     * @param plain whether it stood without quotes
     * @param tag its explicit tag
     */
    record Scalar(String text, boolean plain, Optional<String> tag, int line, int column) implements SourceNode {
        ScalarValue value() throws ScalarValue.Mismatch {
            return ScalarValue.of(this);
        }
    }

    record Sequence(List<SourceNode> items, int line, int column) implements SourceNode {}

    /** {@code entries} in the order of the text, merge keys and duplicates as they stand. */
    record Mapping(List<Entry> entries, int line, int column) implements SourceNode {}

    record Entry(SourceNode key, SourceNode value) {}
}
