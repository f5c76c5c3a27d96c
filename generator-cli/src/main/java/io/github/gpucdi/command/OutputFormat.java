package io.github.gpucdi.command;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.text.SpecWriter;
import java.util.Locale;
import java.util.Optional;

/** The text form of a spec. */
enum OutputFormat {
    YAML(".yaml"),
    JSON(".json");

    private final String extension;

    OutputFormat(String extension) {
        this.extension = extension;
    }

    /** The only file name ending by which engines know this form. */
    String extension() {
        return extension;
    }

    /** The form that a file name's ending tells, whatever its case; {@code .yml} counts as YAML. */
    static Optional<OutputFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return Optional.of(JSON);
        }
        return lower.endsWith(".yaml") || lower.endsWith(".yml") ? Optional.of(YAML) : Optional.empty();
    }

    byte[] write(CdiSpec spec) {
        return switch (this) {
            case YAML -> SpecWriter.yaml(spec);
            case JSON -> SpecWriter.json(spec);
        };
    }

    byte[] write(ContainerEdits edits) {
        return switch (this) {
            case YAML -> SpecWriter.yaml(edits);
            case JSON -> SpecWriter.json(edits);
        };
    }
}
