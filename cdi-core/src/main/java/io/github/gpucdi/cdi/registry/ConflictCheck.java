package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the other spec files that define a device of ours. Engines read all {@code *.json} and {@code *.yaml} files of
 * a spec directory, hidden ones too, not those of directories below it. A device that two files of one directory define
 * is dropped; one that a later directory defines as well is taken from there.
 *
 * <p>A directory that is itself a symbolic link counts, although some engines ignore it.
 */
public final class ConflictCheck {
    private final Set<String> ours = new LinkedHashSet<>();
    private final String kind;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    /**
     * A file that defines devices of ours.
     *
     * @param file its path
     * @param names the qualified names, in the order of our spec
     */
    public record Conflict(Path file, List<String> names) {
        public Conflict {
            Objects.requireNonNull(file, "file");
            names = List.copyOf(Objects.requireNonNull(names, "names"));
        }
    }

    /**
     * A file or directory that could not be judged; engines get nothing from it either.
     *
     * @param path its path
     * @param reason one line
     */
    public record Unread(Path path, String reason) {
        public Unread {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * What was found.
     *
     * @param conflicts in order of directory and file name
     * @param unread in the same order
     */
    public record Report(List<Conflict> conflicts, List<Unread> unread) {
        public Report {
            conflicts = List.copyOf(Objects.requireNonNull(conflicts, "conflicts"));
            unread = List.copyOf(Objects.requireNonNull(unread, "unread"));
        }
    }

    private final Function<Path, SpecDocument> reader;

    private ConflictCheck(CdiSpec spec, Function<Path, SpecDocument> reader) {
        this.reader = reader;
        kind = spec.kind();
        for (Device device : spec.devices()) {
            ours.add(device.name());
        }
    }

    /**
     * The files of {@code directory}, other than the one called {@code fileName}, that clash with {@code spec} once it
     * stands there as {@code fileName}: every engine drops the devices named. A missing directory holds none.
     */
    public static Report inDirectory(Path directory, String fileName, CdiSpec spec) {
        return inDirectory(directory, fileName, spec, SpecReader::read);
    }

    /** The same with another way to read a file: one that follows the links of another root. */
    public static Report inDirectory(
            Path directory, String fileName, CdiSpec spec, Function<Path, SpecDocument> reader) {
        ConflictCheck check = new ConflictCheck(spec, reader);
        check.scan(directory, fileName);
        return check.report();
    }

    /**
     * The files of {@code higher}, the directories after ours in an engine's list, whose devices are taken instead of
     * those of {@code spec}.
     */
    public static Report shadowing(List<Path> higher, CdiSpec spec) {
        return shadowing(higher, spec, SpecReader::read);
    }

    /** The same with another way to read a file: one that follows the links of another root. */
    public static Report shadowing(List<Path> higher, CdiSpec spec, Function<Path, SpecDocument> reader) {
        ConflictCheck check = new ConflictCheck(spec, reader);
        for (Path directory : higher) {
            check.scan(directory, "");
        }
        return check.report();
    }

    private Report report() {
        return new Report(conflicts, unread);
    }

    private void scan(Path path, String except) {
        SpecDirectory directory = SpecDirectory.list(path);
        for (Path file : directory.files()) {
            if (!file.getFileName().toString().equals(except)) {
                judge(file);
            }
        }
        directory.problem().ifPresent(problem -> unread.add(new Unread(path, problem)));
    }

    private void judge(Path file) {
        SpecDocument document = reader.apply(file);
        Optional<CdiSpec> spec = document.spec();
        if (spec.isPresent()) {
            compare(file, spec.get());
        } else {
            unread.add(new Unread(file, firstError(document)));
        }
    }

    private static String firstError(SpecDocument document) {
        for (Finding finding : document.findings()) {
            if (finding.severity() == Finding.Severity.ERROR) {
                return finding.what();
            }
        }
        return "not a spec";
    }

    private void compare(Path file, CdiSpec other) {
        if (!other.kind().equals(kind)) {
            return;
        }
        Set<String> theirs = new HashSet<>();
        for (Device device : other.devices()) {
            theirs.add(device.name());
        }
        List<String> both = new ArrayList<>();
        for (String name : ours) {
            if (theirs.contains(name)) {
                both.add(kind + "=" + name);
            }
        }
        if (!both.isEmpty()) {
            conflicts.add(new Conflict(file, both));
        }
    }
}
