package io.github.gpucdi.assemble;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects notices in order, each once. */
final class Notices {
    private final Set<Notice> collected = new LinkedHashSet<>();

    Notices() {}

    Notices(List<Notice> first) {
        collected.addAll(first);
    }

    void debug(String what) {
        collected.add(Notice.debug(what));
    }

    void info(String what) {
        collected.add(Notice.info(what));
    }

    void advice(String what, String hint) {
        collected.add(Notice.advice(what, hint));
    }

    void warning(String what, String hint) {
        collected.add(new Notice(Notice.Level.WARNING, what, hint));
    }

    void leftOut(String what, String hint) {
        collected.add(new Notice(Notice.Level.LEFT_OUT, what, hint));
    }

    List<Notice> toList() {
        return new ArrayList<>(collected);
    }
}
