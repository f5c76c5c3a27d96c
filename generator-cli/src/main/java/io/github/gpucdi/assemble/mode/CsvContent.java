package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.CsvFiles;
import io.github.gpucdi.assemble.inject.FailedLookups;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvEntry;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.CsvLink;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.ShellPattern;
import java.util.ArrayList;
import java.util.List;

/** What CSV files give containers; what they cannot give is noticed on the way. */
final class CsvContent {
    /** So many are named in a message, and so many messages of one sort there are. */
    private static final int SHOWN = 8;

    private static final String HINT =
            "NVIDIA's packages for Tegra bring CSV files; others are named with --csv.file, and --driver-root says where to"
                    + " look";
    private static final String NAME_BASE = "**/";

    private final CsvFacts facts;
    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices;
    private final WrittenPaths paths;
    private final List<FoundFile> mounted = new ArrayList<>();
    private final List<Library> libraries = new ArrayList<>();
    private final List<CsvLink> links = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<FailedLookup> failed = new ArrayList<>();
    private int entries;

    private CsvContent(CsvFacts facts, HostSnapshot snapshot, AssembleOptions options, Notices notices) {
        this.facts = facts;
        this.snapshot = snapshot;
        this.options = options;
        this.notices = notices;
        this.paths = WrittenPaths.of(snapshot.options(), options);
    }

    /**
     * What the files give.
     *
     * @throws AssembleException if there is none, one cannot be used, or they name no device node that is there
     */
    static CsvContent of(HostSnapshot snapshot, AssembleOptions options, Notices notices) throws AssembleException {
        Section<CsvFacts> section = DriverHealth.required(snapshot, SectionKey.CSV);
        if (section instanceof Section.Absent<CsvFacts> absent) {
            DriverHealth.failIfSilent(snapshot);
            throw DriverHealth.gone(absent.reason(), HINT);
        }
        CsvContent content = new CsvContent(section.data().orElseThrow(), snapshot, options, notices);
        content.read();
        return content;
    }

    private void read() throws AssembleException {
        facts.release().ifPresent(mounted::add);
        List<String> looked = new ArrayList<>();
        for (CsvFile file : facts.files()) {
            looked.add(file.path());
            requireUsable(file);
            for (CsvEntry entry : file.entries()) {
                add(entry);
            }
            tellRejected(file);
        }
        if (entries == 0) {
            for (CsvFile file : facts.files()) {
                if (!file.rejected().isEmpty()) {
                    throw nothing("no line of " + file.path() + " names anything: "
                            + file.rejected().get(0));
                }
            }
            throw nothing("nothing is named by " + String.join(", ", looked) + ": they are missing or empty");
        }
        tellMissing();
        FailedLookups.report(failed.subList(0, Math.min(failed.size(), SHOWN)), options.features(), notices);
        if (failed.size() > SHOWN) {
            notices.warning(
                    failed.size() - SHOWN + " more things that CSV files name are left out, of "
                            + failed.get(SHOWN).path() + " on",
                    "gpu-cdi snapshot tells of each");
        }
        if (nodes().isEmpty()) {
            throw nothing("no device node that the lines 'dev' of " + String.join(", ", looked)
                    + " name is below dev root " + snapshot.options().devRoot());
        }
    }

    private void requireUsable(CsvFile file) throws AssembleException {
        String fault = switch (file.state()) {
            case READ -> "";
            case MISSING -> {
                if (!snapshot.options().csvFiles().isEmpty()) {
                    notices.warning("there is no CSV file " + file.path(), "check --csv.file");
                }
                yield "";
            }
            case NOT_A_FILE -> "is not a regular file";
            case UNREADABLE -> "cannot be read";
            case TOO_LARGE -> "is larger than 1 MiB";
            case TOO_MANY_ENTRIES -> "names too much: all CSV files together may have 8192 entries";
        };
        if (!fault.isEmpty()) {
            // The user can name another file only where one was named.
            throw new AssembleException(
                    snapshot.options().csvFiles().isEmpty()
                            ? AssembleException.Reason.FAILING
                            : AssembleException.Reason.USAGE,
                    "CSV file " + file.path() + " " + fault,
                    "mend or remove it, or name others with --csv.file");
        }
    }

    private void add(CsvEntry entry) {
        entries++;
        if (entry.type() == CsvEntry.Type.SYM && isIgnored(entry.path())) {
            notices.debug(entry.path() + " is ignored");
            return;
        }
        mounted.addAll(entry.directories());
        libraries.addAll(entry.libraries());
        for (CsvLink link : entry.links()) {
            if (!isIgnored(paths.container(link.path()))) {
                links.add(link);
            }
        }
        for (FailedLookup lookup : entry.failed()) {
            if (lookup.reason() == FailedLookup.Reason.NOT_FOUND) {
                missing.add(lookup.name());
            } else {
                failed.add(lookup);
            }
        }
    }

    private boolean isIgnored(String path) {
        for (String pattern : options.csv().ignorePatterns()) {
            boolean fits = pattern.startsWith(NAME_BASE)
                    ? new ShellPattern(pattern.substring(NAME_BASE.length())).matches(HostPath.name(path))
                    : new ShellPattern(pattern).matches(path);
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private void tellRejected(CsvFile file) {
        for (String fault : file.rejected()) {
            notices.warning(file.path() + ", " + fault, "a line is a type (dev, dir, lib, sym), a comma and a path");
        }
        if (file.unlisted() > 0) {
            notices.warning(file.path() + ": " + file.unlisted() + " more lines are wrong", "is it a CSV file?");
        }
    }

    private void tellMissing() {
        if (missing.isEmpty()) {
            return;
        }
        for (String path : missing) {
            notices.debug(path + " is not on this host");
        }
        List<String> first = missing.subList(0, Math.min(missing.size(), SHOWN));
        notices.warning(
                missing.size() + (missing.size() == 1 ? " thing" : " things") + " that CSV files name "
                        + (missing.size() == 1 ? "is" : "are") + " not on this host: " + String.join(", ", first)
                        + (missing.size() > SHOWN ? " …" : ""),
                "a board may lack what the files name for all boards; --debug names each");
    }

    private static AssembleException nothing(String what) {
        return new AssembleException(AssembleException.Reason.NOTHING_TO_OFFER, what, HINT);
    }

    /** The device nodes, in the order of the files. */
    List<CharNode> nodes() {
        return facts.nodes();
    }

    /** The rest. */
    CsvFiles files() {
        return new CsvFiles(mounted, libraries, links);
    }
}
