package io.github.gpucdi.generate;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import java.util.Locale;
import java.util.Optional;

/** The text form of a spec. */
public enum OutputFormat {
    YAML(".yaml"),
    JSON(".json");

    private final String extension;

    OutputFormat(String extension) {
        this.extension = extension;
    }

    /** The only file name ending by which engines know this form. */
    public String extension() {
        return extension;
    }

    /** The form that a file name's ending tells, whatever its case; {@code .yml} counts as YAML. */
    public static Optional<OutputFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return Optional.of(JSON);
        }
        return lower.endsWith(".yaml") || lower.endsWith(".yml") ? Optional.of(YAML) : Optional.empty();
    }

    public byte[] write(CdiSpec spec) {
        return switch (this) {
            case YAML -> SpecWriter.yaml(spec);
            case JSON -> SpecWriter.json(spec);
        };
    }

    public byte[] write(ContainerEdits edits) {
        return switch (this) {
            case YAML -> SpecWriter.yaml(edits);
            case JSON -> SpecWriter.json(edits);
        };
    }
}
