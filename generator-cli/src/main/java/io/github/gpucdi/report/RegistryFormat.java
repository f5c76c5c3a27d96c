package io.github.gpucdi.report;

/** The form of a registry's listing. */
public enum RegistryFormat {
    TABLE,
    JSON,
    YAML,
    NAME
}
