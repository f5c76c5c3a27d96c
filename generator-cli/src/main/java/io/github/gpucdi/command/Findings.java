package io.github.gpucdi.command;

import io.github.gpucdi.cdi.spec.Finding;

/** Findings as a person reads them. */
final class Findings {
    private Findings() {}

    /** One line: the place, what is wrong, what to do. */
    static String line(Finding finding) {
        String place = finding.position()
                .map(position -> position.line() + ":" + position.column() + ": ")
                .orElse("");
        return place + finding.what() + "; " + finding.howToMend();
    }
}
