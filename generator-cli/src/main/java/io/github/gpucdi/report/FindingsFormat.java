package io.github.gpucdi.report;

import java.util.Optional;

/** The form of a judgement on files. */
public enum FindingsFormat {
    TABLE,
    JSON,
    YAML,
    /** What code hosts and editors take from checkers: SARIF 2.1.0. */
    SARIF;

    /** The same as a form of a document with a schema of our own, if it is one. */
    public Optional<ListFormat> document() {
        return switch (this) {
            case JSON -> Optional.of(ListFormat.JSON);
            case YAML -> Optional.of(ListFormat.YAML);
            case TABLE, SARIF -> Optional.empty();
        };
    }
}
