package io.github.gpucdi.command;

/** The form of a registry's listing. */
enum RegistryFormat {
    TABLE,
    JSON,
    YAML,
    NAME
}
