package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import java.util.Locale;
import java.util.Optional;

/** The text form of a spec. */
public enum SpecFormat {
    /** As {@link SpecWriter#yaml(CdiSpec)}. */
    YAML(".yaml"),
    /** As {@link SpecWriter#json(CdiSpec)}. */
    JSON(".json");

    private final String extension;

    SpecFormat(String extension) {
        this.extension = extension;
    }

    /** The only file name ending by which engines know this form. */
    public String extension() {
        return extension;
    }

    /** The form that a file name's ending tells, whatever its case; {@code .yml} counts as YAML. */
    public static Optional<SpecFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return Optional.of(JSON);
        }
        return lower.endsWith(".yaml") || lower.endsWith(".yml") ? Optional.of(YAML) : Optional.empty();
    }

    /** A spec in this form. */
    public byte[] write(CdiSpec spec) {
        return switch (this) {
            case YAML -> SpecWriter.yaml(spec);
            case JSON -> SpecWriter.json(spec);
        };
    }

    /** Edits alone in this form. */
    public byte[] write(ContainerEdits edits) {
        return switch (this) {
            case YAML -> SpecWriter.yaml(edits);
            case JSON -> SpecWriter.json(edits);
        };
    }
}
