package io.github.gpucdi.report;

import java.util.Optional;

/** The form of a list of devices. */
public enum DeviceFormat {
    TABLE,
    JSON,
    YAML,
    /** Labels for a file that Node Feature Discovery reads. */
    NFD,
    /** Lines of Slurm's gres.conf. */
    GRES;

    /** The same as a form of a document with a schema of our own, if it is one. */
    public Optional<ListFormat> document() {
        return switch (this) {
            case JSON -> Optional.of(ListFormat.JSON);
            case YAML -> Optional.of(ListFormat.YAML);
            case TABLE, NFD, GRES -> Optional.empty();
        };
    }
}
