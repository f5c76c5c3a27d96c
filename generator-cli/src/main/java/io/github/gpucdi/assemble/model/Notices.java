package io.github.gpucdi.assemble.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects notices in order, each once. */
public final class Notices {
    private final Set<Notice> collected = new LinkedHashSet<>();

    public Notices() {}

    public Notices(List<Notice> first) {
        collected.addAll(first);
    }

    public void addAll(List<Notice> others) {
        collected.addAll(others);
    }

    public void debug(String what) {
        collected.add(Notice.debug(what));
    }

    public void info(String what) {
        collected.add(Notice.info(what));
    }

    public void onWriting(String what) {
        collected.add(new Notice(Notice.Level.ON_WRITING, what, ""));
    }

    public void advice(String what, String hint) {
        collected.add(Notice.advice(what, hint));
    }

    public void warning(String what, String hint) {
        collected.add(new Notice(Notice.Level.WARNING, what, hint));
    }

    /** The device node at {@code path} below the dev root is missing. */
    public void nodeMissing(Notice.Level level, String path, String what, String hint) {
        collected.add(new Notice(level, Notice.Id.NODE_MISSING, path, what, hint));
    }

    public void leftOut(String what, String hint) {
        collected.add(new Notice(Notice.Level.LEFT_OUT, what, hint));
    }

    public List<Notice> toList() {
        return new ArrayList<>(collected);
    }

    /** Why devices were left out, for a message that ends the run. */
    public String reasons() {
        StringBuilder reasons = new StringBuilder();
        for (Notice notice : collected) {
            if (notice.level() == Notice.Level.LEFT_OUT) {
                reasons.append(reasons.isEmpty() ? ": " : "; ").append(notice.what());
            }
        }
        return reasons.toString();
    }
}
