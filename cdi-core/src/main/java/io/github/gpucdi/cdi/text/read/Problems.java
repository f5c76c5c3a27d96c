package io.github.gpucdi.cdi.text.read;

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
    private boolean covered;

    List<Finding> all() {
        return List.copyOf(all);
    }

    boolean hasErrors() {
        return errors;
    }

    /**
     * Reads what another value is laid over. Of it only new errors are told, and not that an entry is null: loaders crash
     * at what is left in the end.
     */
    void covered(Runnable reading) {
        boolean before = covered;
        covered = true;
        reading.run();
        covered = before;
    }

    void error(Code code, NodePath place, SourceNode node, String what, String howToMend) {
        add(code, Severity.ERROR, place.pointer(), node.position(), what, howToMend);
    }

    void error(Code code, Position position, String what, String howToMend) {
        add(code, Severity.ERROR, "", position, what, howToMend);
    }

    void warning(Code code, NodePath place, SourceNode node, String what, String howToMend) {
        add(code, Severity.WARNING, place.pointer(), node.position(), what, howToMend);
    }

    void info(Code code, NodePath place, SourceNode node, String what, String howToMend) {
        if (all.size() < MAX_FINDINGS) {
            add(code, Severity.INFO, place.pointer(), node.position(), what, howToMend);
        }
    }

    void info(Code code, Position position, String what, String howToMend) {
        add(code, Severity.INFO, "", position, what, howToMend);
    }

    private void add(Code code, Severity severity, String where, Position position, String what, String howToMend) {
        if (covered && (severity != Severity.ERROR || code == Code.NULL_ENTRY)) {
            return;
        }
        boolean firstError = severity == Severity.ERROR && !errors;
        errors |= severity == Severity.ERROR;
        if (all.size() < MAX_FINDINGS || firstError) {
            Finding finding = new Finding(code, severity, where, Optional.of(position), what, howToMend);
            if (!covered || !all.contains(finding)) {
                all.add(finding);
            }
        }
    }
}
