package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.ShadowAdvice;
import io.github.gpucdi.cdi.publish.Publisher;
import io.github.gpucdi.cdi.registry.ConflictCheck;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of a run: compares, writes, deletes. */
final class SpecFiles {
    private final Destination destination;
    private final EngineDirectories directories;
    private final List<Notice> notices;

    SpecFiles(Destination destination, EngineDirectories directories, List<Notice> notices) {
        this.destination = destination;
        this.directories = directories;
        this.notices = notices;
    }

    /**
     * Whether any file lacks what would be written.
     *
     * @throws RunFailure if that cannot be known
     */
    boolean differ(List<Assembly.Part> specs) throws RunFailure {
        boolean differ = false;
        for (Rendered spec : rendered(specs)) {
            if (differs(spec)) {
                notices.add(Notice.info(spec.file() + " would change"));
                differ = true;
            }
        }
        return differ;
    }

    /** What could not be written either ends as writing it would. */
    private static boolean differs(Rendered spec) throws RunFailure {
        try {
            return Publisher.differs(spec.file(), spec.content());
        } catch (CdiException e) {
            if (e.code() == CdiException.Code.UNREADABLE) {
                throw new RunFailure(Ending.USAGE, "cannot read " + e.getMessage(), NotWritten.hint(e), e);
            }
            throw notWritten(e);
        }
    }

    private static RunFailure notWritten(CdiException e) {
        return new RunFailure(Ending.NOT_WRITTEN, "cannot write " + e.getMessage(), NotWritten.hint(e), e);
    }

    /**
     * Writes all specs; whatever can be known to forbid one is found out before the first is written.
     *
     * @param going what is deleted next
     * @param force whether a conflict with another file is a warning
     */
    void write(List<Assembly.Part> specs, List<SpecRequest.Place> going, boolean force) throws RunFailure {
        List<Rendered> rendered = rendered(specs);
        Set<Path> changing = new HashSet<>(present(going));
        rendered.forEach(spec -> changing.add(spec.file()));
        try {
            for (Rendered spec : rendered) {
                Publisher.check(spec.file(), spec.content(), destination.format());
                checkConflicts(spec.file(), spec.spec(), changing, force);
            }
            for (Rendered spec : rendered) {
                publish(spec);
            }
        } catch (CdiException e) {
            throw notWritten(e);
        }
    }

    /** A spec, where it goes, and its text. */
    private record Rendered(Path file, CdiSpec spec, byte[] content) {}

    private List<Rendered> rendered(List<Assembly.Part> specs) {
        List<Rendered> rendered = new ArrayList<>();
        for (Assembly.Part part : specs) {
            Path file = destination.file(part.infix()).orElseThrow();
            rendered.add(new Rendered(file, part.spec(), destination.format().write(part.spec())));
        }
        return rendered;
    }

    private void publish(Rendered rendered) throws CdiException {
        Path file = rendered.file();
        CdiSpec spec = rendered.spec();
        Publisher.Outcome outcome = Publisher.publish(file, rendered.content(), destination.format());
        int devices = spec.devices().size();
        String what =
                spec.kind() + ", " + devices + (devices == 1 ? " device" : " devices") + ", CDI " + spec.cdiVersion();
        notices.add(Notice.info(
                switch (outcome) {
                    case WRITTEN -> "wrote " + file + " (" + what + ")";
                    case UNCHANGED -> file + " is up to date (" + what + ")";
                }));
    }

    /** Files that this run changes are no others. */
    private void checkConflicts(Path file, CdiSpec spec, Set<Path> changing, boolean force) throws RunFailure {
        ConflictCheck.Report report =
                ConflictCheck.inDirectory(file.getParent(), file.getFileName().toString(), spec, directories::read);
        for (ConflictCheck.Unread unread : report.unread()) {
            advise(unread.path() + " beside it cannot be judged: " + unread.reason(), "");
        }
        for (ConflictCheck.Conflict conflict : report.conflicts()) {
            if (changing.contains(conflict.file())) {
                continue;
            }
            String what = conflict.file() + " defines " + some(conflict.names()) + " too: engines would drop both";
            if (!force) {
                throw new RunFailure(
                        Ending.NOT_WRITTEN,
                        what,
                        "remove that file, write to it with --output, or choose another --class; --force writes all the same");
            }
            advise(what, "");
        }
        ConflictCheck.Report above = ConflictCheck.shadowing(directories.above(file), spec, directories::read);
        for (ConflictCheck.Unread unread : above.unread()) {
            advise(
                    unread.path() + " cannot be judged: " + unread.reason(),
                    "if it defines these devices, engines that can read it take its definition");
        }
        for (ConflictCheck.Conflict conflict : above.conflicts()) {
            advise(
                    conflict.file() + " shadows " + some(conflict.names()) + ": engines take its definition",
                    ShadowAdvice.HINT);
        }
    }

    private void advise(String what, String hint) {
        notices.add(Notice.advice(what, hint));
    }

    private static String some(List<String> names) {
        return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
    }

    /** Names specs of an earlier run that stay. */
    void tellLeft(List<SpecRequest.Place> places) {
        for (Path file : present(places)) {
            notices.add(
                    Notice.info(file + " is of an earlier run, and this one has nothing for it; --prune deletes it"));
        }
    }

    /** Whether an earlier run's specs are there that would be deleted. */
    boolean haveStale(List<SpecRequest.Place> places) {
        List<Path> stale = present(places);
        stale.forEach(file -> notices.add(Notice.info(file + " would be deleted")));
        return !stale.isEmpty();
    }

    /** Deletes an earlier run's specs. */
    void delete(List<SpecRequest.Place> places, String why) {
        present(places).forEach(file -> delete(file, why));
    }

    /** Deletes what earlier runs wrote, since there is nothing to offer any more. */
    void deleteAll(List<SpecRequest.Place> places) {
        String why = "there is nothing to offer";
        destination.file().filter(Files::isRegularFile).ifPresent(file -> delete(file, why));
        delete(places, why);
    }

    private List<Path> present(List<SpecRequest.Place> places) {
        List<Path> present = new ArrayList<>();
        for (SpecRequest.Place place : places) {
            destination
                    .file(place.infix())
                    .filter(file -> isOurs(file, place.kind()))
                    .ifPresent(present::add);
        }
        return present;
    }

    /** Whether a file holds what a run writes there: another's file of that name is not touched. */
    private static boolean isOurs(Path file, String kind) {
        return Files.isRegularFile(file)
                && SpecReader.read(file)
                        .spec()
                        .filter(spec -> spec.kind().equals(kind))
                        .isPresent();
    }

    private void delete(Path file, String why) {
        try {
            if (Files.deleteIfExists(file)) {
                notices.add(Notice.info("deleted " + file + ": " + why));
            }
        } catch (IOException e) {
            advise("cannot delete " + file + ": " + e.getMessage(), "");
        }
    }
}
