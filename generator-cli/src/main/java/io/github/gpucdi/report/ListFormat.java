package io.github.gpucdi.report;

/** The form of a reading command's output. */
public enum ListFormat {
    TABLE,
    JSON,
    YAML
}
