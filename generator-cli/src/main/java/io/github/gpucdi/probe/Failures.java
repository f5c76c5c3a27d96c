package io.github.gpucdi.probe;

import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.probe.Resolution.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was looked for in vain, each failure once. What cannot be printed is escaped, as in {@code \x0a}. */
final class Failures {
    private final Set<FailedLookup> failed = new LinkedHashSet<>();

    void add(String name, String hostPath, Reason reason) {
        failed.add(new FailedLookup(PlainText.escaped(name), PlainText.escaped(hostPath), reason));
    }

    /** Nothing has the name, unless it is already said what is wrong with the only file that has. */
    void addNotFound(String name) {
        for (FailedLookup failure : failed) {
            if (failure.name().equals(name)) {
                return;
            }
        }
        add(name, "", Reason.NOT_FOUND);
    }

    /** What is wrong with files of a name, for a message; empty if nothing is. */
    String told(String name) {
        StringBuilder told = new StringBuilder();
        for (FailedLookup failure : failed) {
            if (failure.name().equals(name)) {
                told.append("; ")
                        .append(failure.path())
                        .append(" is of no use: ")
                        .append(EnumWord.of(failure.reason()));
            }
        }
        return told.toString();
    }

    List<FailedLookup> list() {
        return new ArrayList<>(failed);
    }

    /** Why a name that is there cannot be followed; empty if it is simply not there. */
    static Optional<Reason> reason(Kind kind) {
        return switch (kind) {
            case DANGLING -> Optional.of(Reason.DANGLING_LINK);
            case LOOP -> Optional.of(Reason.LINK_LOOP);
            case UNREADABLE -> Optional.of(Reason.UNREADABLE);
            case REGULAR, DIRECTORY, CHARACTER_DEVICE, OTHER, MISSING -> Optional.empty();
        };
    }
}
