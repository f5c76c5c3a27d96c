package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.cdi.spec.SpecField;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A spec file as read: what it says, where it says it, and what kept it from being read. Which library release and
 * engine takes it is for {@code SpecValidator} to say.
 */
public final class SpecDocument {
    /**
     * A key that only some loaders know.
     *
     * @param field which
     * @param where JSON pointer to it
     * @param position its value's place in the text
     */
    public record FieldUse(SpecField field, String where, Position position) {
        public FieldUse {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(where, "where");
            Objects.requireNonNull(position, "position");
        }
    }

    private final Optional<SourceNode> root;
    private final Optional<CdiSpec> understood;
    private final boolean readable;
    private final List<FieldUse> newerFields;
    private final List<Finding> findings;

    SpecDocument(
            Optional<SourceNode> root,
            Optional<CdiSpec> understood,
            boolean readable,
            List<FieldUse> newerFields,
            List<Finding> findings) {
        this.root = root;
        this.understood = understood;
        this.readable = readable;
        this.newerFields = List.copyOf(newerFields);
        this.findings = List.copyOf(findings);
    }

    /**
     * The spec as a loader decodes it, or nothing if no loader could. It may still be invalid otherwise.
     */
    public Optional<CdiSpec> spec() {
        return readable ? understood : Optional.empty();
    }

    /**
     * {@link #spec}, or else what could be understood of it, the rest left out: enough to look for more to say. Nothing
     * if the text is no mapping.
     */
    public Optional<CdiSpec> understood() {
        return understood;
    }

    /** The keys in it that CDI did not always have. */
    public List<FieldUse> newerFields() {
        return newerFields;
    }

    /** What reading found, in the order of the text by and large; an error among them means that no loader takes it. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The place in the text of what {@code pointer} names, a JSON pointer with CDI's spelling of the keys; where that is
     * missing, the place of what should hold it.
     */
    public Position positionOf(String pointer) {
        return root.map(node -> NodeFinder.find(node, pointer).position()).orElse(new Position(1, 1));
    }
}
