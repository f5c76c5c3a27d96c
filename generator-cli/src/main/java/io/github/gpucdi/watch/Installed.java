package io.github.gpucdi.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the last run left in place. Immutable, since not only the loop asks.
 *
 * @param files the files with a spec of that run; none if it did not do what it was to do
 * @param failure why it did not, one line
 */
record Installed(Map<Path, Optional<FileMark>> files, Optional<String> failure) {
    /** Before the first run has ended. */
    static final Installed NOTHING_YET = not("the first run has not ended yet");

    /** A run's files, as they are now. */
    static Installed by(Report report, List<Path> outputs) {
        if (!report.isWritten()) {
            return not(report.reason().orElse("exit status " + report.status()));
        }
        Map<Path, Optional<FileMark>> files = new TreeMap<>();
        for (int number : report.specs()) {
            Path file = outputs.get(number);
            files.put(file, FileMark.of(file).filter(FileMark::regular));
        }
        return new Installed(files, Optional.empty());
    }

    static Installed not(String why) {
        return new Installed(Map.of(), Optional.of(why));
    }

    /** Files that are gone since then, or were replaced by another's. */
    List<String> changed() {
        List<String> changed = new ArrayList<>();
        files.forEach((file, mark) -> {
            if (mark.isEmpty() || !FileMark.of(file).equals(mark)) {
                changed.add(file.toString());
            }
        });
        return changed;
    }

    /** Why no engine can go by the spec now; empty if it is there and fresh. */
    Optional<String> trouble() {
        List<String> changed = changed();
        return failure.isPresent() || changed.isEmpty()
                ? failure
                : Optional.of("gone or replaced by another program: " + String.join(", ", changed));
    }
}
