package io.github.gpucdi.report;

/** The form of a judgement on files. */
public enum FindingsFormat {
    TABLE,
    JSON,
    YAML,
    /** What code hosts and editors take from checkers: SARIF 2.1.0. */
    SARIF
}
