package io.github.gpucdi.command;

/** The form of a reading command's output. */
enum ListFormat {
    TABLE,
    JSON,
    YAML
}
