package io.github.gpucdi.cdi.text;

import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.spec.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is found while reading; the first thousand are enough for anybody. */
final class Problems {
    private static final int MAX_FINDINGS = 1_000;

    private final List<Finding> all = new ArrayList<>();
    private boolean errors;

    List<Finding> all() {
        return List.copyOf(all);
    }

    boolean hasErrors() {
        return errors;
    }

    void error(Code code, Place place, SourceNode node, String what, String howToMend) {
        add(code, Severity.ERROR, place.pointer(), node.position(), what, howToMend);
    }

    void error(Code code, Position position, String what, String howToMend) {
        add(code, Severity.ERROR, "", position, what, howToMend);
    }

    void warning(Code code, Place place, SourceNode node, String what, String howToMend) {
        add(code, Severity.WARNING, place.pointer(), node.position(), what, howToMend);
    }

    void info(Code code, Place place, SourceNode node, String what, String howToMend) {
        if (all.size() < MAX_FINDINGS) {
            add(code, Severity.INFO, place.pointer(), node.position(), what, howToMend);
        }
    }

    void info(Code code, Position position, String what, String howToMend) {
        add(code, Severity.INFO, "", position, what, howToMend);
    }

    private void add(Code code, Severity severity, String where, Position position, String what, String howToMend) {
        boolean firstError = severity == Severity.ERROR && !errors;
        errors |= severity == Severity.ERROR;
        if (all.size() < MAX_FINDINGS || firstError) {
            all.add(new Finding(code, severity, where, Optional.of(position), what, howToMend));
        }
    }
}
