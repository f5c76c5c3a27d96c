package io.github.gpucdi.cdi.engine;

import io.github.gpucdi.cdi.spec.CdiVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which container engine reads which CDI version, and where: the CDI library that each release was built with. From
 * each release's own list of dependencies; a distribution can build an engine otherwise.
 */
public final class EngineTable {
    private EngineTable() {}

    /** Every row: engine by engine, oldest release first. */
    public static List<EngineRelease> releases() {
        return EngineRows.ALL;
    }

    /** The row for words such as {@code podman-4.3.1}: see {@link #lookUp}, which also says why there is none. */
    public static Optional<EngineRelease> find(String nameAndVersion) {
        return lookUp(nameAndVersion) instanceof EngineLookup.Found found
                ? Optional.of(found.release())
                : Optional.empty();
    }

    /**
     * The newest row not above the version in {@code nameAndVersion}, such as {@code podman-4.3.1}, {@code crio-1.28} or,
     * for a bare CDI library, {@code library-0.5.2} and {@code library-after-1.1.0}. The name's letter case, a
     * {@code v} before the version and what follows a dash, plus or tilde after it do not matter.
     */
    public static EngineLookup lookUp(String nameAndVersion) {
        String word = nameAndVersion.toLowerCase(Locale.ROOT);
        String library = Engine.LIBRARY.word() + "-";
        if (word.startsWith(library)) {
            return library(word.substring(library.length()));
        }
        return NamedRelease.parse(word)
                .map(EngineTable::engine)
                .orElseGet(() -> unknown("'" + nameAndVersion + "' is not NAME-VERSION, such as podman-4.9.3"));
    }

    private static EngineLookup library(String version) {
        String bare = version.startsWith("v") ? version.substring(1) : version;
        Optional<LibraryRelease> library = LibraryRelease.of(bare).or(() -> LibraryRelease.of(bare + ".0"));
        if (library.isEmpty()) {
            return unknown("CDI library " + version + " is not known, only 0.3 to 1.1 and after-1.1.0 are");
        }
        return new EngineLookup.Found(EngineRelease.of(Engine.LIBRARY, bare, bare, bare, library.get()));
    }

    private static EngineLookup engine(NamedRelease asked) {
        Optional<Engine> engine = Engine.named(asked.name());
        if (engine.isEmpty()) {
            return unknown(whyNoEngine(asked.name()));
        }
        List<EngineRelease> releases = releasesOf(engine.get());
        for (int i = releases.size() - 1; i >= 0; i--) {
            if (ReleaseNumber.of(releases.get(i).first()).compareTo(asked.number()) <= 0) {
                return new EngineLookup.Found(releases.get(i));
            }
        }
        return unknown(whyTooOld(releases.get(0), asked));
    }

    private static List<EngineRelease> releasesOf(Engine engine) {
        List<EngineRelease> releases = new ArrayList<>();
        for (EngineRelease release : EngineRows.ALL) {
            if (release.engine() == engine) {
                releases.add(release);
            }
        }
        return releases;
    }

    private static String whyNoEngine(String engine) {
        return switch (engine) {
            case "lxd" -> "LXD reads no spec directories: it makes its spec itself";
            case "incus" -> "Incus has no CDI";
            default -> "engine '" + engine + "' is not known, only " + labels() + " and " + Engine.LIBRARY.word();
        };
    }

    private static String whyTooOld(EngineRelease oldest, NamedRelease asked) {
        if (oldest.engine() == Engine.PODMAN && asked.number().compareTo(ReleaseNumber.of("3.2")) >= 0) {
            return "Podman 3.2 to 4.0 were built with CDI from before its first release, which cannot be judged";
        }
        return oldest.engine().label() + " " + asked.version() + " has no CDI, the first release with it is "
                + oldest.first();
    }

    private static EngineLookup unknown(String reason) {
        return new EngineLookup.Unknown(reason);
    }

    /** In the order of the rows. */
    private static Set<Engine> engines() {
        Set<Engine> engines = new LinkedHashSet<>();
        for (EngineRelease release : EngineRows.ALL) {
            engines.add(release.engine());
        }
        return engines;
    }

    private static String labels() {
        return engines().stream().map(Engine::label).collect(Collectors.joining(", "));
    }

    /**
     * One line naming the engine releases that cannot read a spec of {@code version}, or nothing up to 0.5.0, which
     * Podman reads from 4.3, containerd from 1.7 and CRI-O from 1.25 on.
     */
    public static Optional<String> cannotRead(CdiVersion version) {
        if (version.compareTo(CdiVersion.V0_5_0) <= 0) {
            return Optional.empty();
        }
        List<String> unable = new ArrayList<>();
        for (Engine engine : engines()) {
            String first = firstReading(engine, version);
            if (!first.isEmpty()) {
                unable.add(engine.label() + " before " + first);
            }
        }
        return unable.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", unable) + " cannot read CDI " + version.text());
    }

    /** The first release of {@code engine} that reads {@code version}, empty if all in the table do. */
    private static String firstReading(Engine engine, CdiVersion version) {
        String previous = "";
        for (EngineRelease release : releasesOf(engine)) {
            if (release.library().highest().compareTo(version) >= 0) {
                return previous.isEmpty() ? "" : release.first();
            }
            previous = release.first();
        }
        return "";
    }
}
