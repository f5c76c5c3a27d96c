package io.github.gpucdi.probe;

import io.github.gpucdi.host.CsvEntry;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.CsvFile.State;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the CSV files of a Tegra system, and finds what they name. All of it is below the driver root, but for files that
 * the user named.
 */
final class CsvProbe {
    private static final String RELEASE = "/etc/nv_tegra_release";
    private static final String FAMILY = "/sys/devices/soc0/family";
    private static final String DIRECTORY = "/etc/nvidia-container-runtime/host-files-for-container.d/";
    /** nvidia-ctk's. */
    private static final List<String> FILES =
            List.of(DIRECTORY + "devices.csv", DIRECTORY + "drivers.csv", DIRECTORY + "l4t.csv");
    /** In bytes; NVIDIA's have some ten thousand. */
    private static final int MAX_FILE = 1 << 20;
    /** In all files; NVIDIA's have some hundred. */
    private static final int MAX_ENTRIES = 1 << 13;

    private final RootedFs driver;
    private final List<Place> files = new ArrayList<>();
    private final CsvLookup lookup;
    private final Set<String> known = new HashSet<>();

    /**
     * @param dev the tree below the dev root
     * @param loader that libraries are for
     */
    CsvProbe(Roots roots, RootedFs dev, ProbeOptions options, Loader loader) {
        driver = roots.driver();
        List<Place> searched = new ArrayList<>();
        for (String directory : options.librarySearchPaths()) {
            searched.add(roots.onHost(directory));
        }
        lookup = new CsvLookup(dev, driver, searched, loader);
        for (String file : options.csvFiles()) {
            files.add(roots.onHost(file));
        }
        if (files.isEmpty()) {
            for (String file : FILES) {
                files.add(new Place(driver, file));
            }
        }
    }

    Section<CsvFacts> probe() {
        Resolution found = driver.resolve(RELEASE);
        Optional<FoundFile> release = found.isNonDirectory()
                ? Optional.of(FileLocator.found(Role.SIDE, HostPath.name(RELEASE), driver, RELEASE, found, List.of()))
                : Optional.empty();
        Optional<String> tegra = release.map(FoundFile::path).or(this::family);
        List<CsvFile> read = new ArrayList<>();
        boolean any = false;
        for (Place file : files) {
            CsvFile result = read(file);
            any |= result.state() != State.MISSING;
            read.add(result);
        }
        if (!any && tegra.isEmpty()) {
            return Section.absent(reason());
        }
        return Section.of(new CsvFacts(tegra, release, read));
    }

    private Optional<String> family() {
        boolean tegra = driver.text(FAMILY).orElse("").toLowerCase(Locale.ROOT).startsWith("tegra");
        return tegra ? Optional.of(driver.hostPath(FAMILY)) : Optional.empty();
    }

    private String reason() {
        StringBuilder reason = new StringBuilder("there is no ");
        for (Place file : files) {
            reason.append(file.fs().hostPath(file.directory())).append(", no ");
        }
        return reason + driver.hostPath(RELEASE) + ", and no " + driver.hostPath(FAMILY) + " that begins with tegra";
    }

    private CsvFile read(Place file) {
        return switch (file.fs().resolve(file.directory()).kind()) {
            case REGULAR -> readRegular(file);
            case MISSING -> unread(file, State.MISSING);
            case UNREADABLE -> unread(file, State.UNREADABLE);
            default -> unread(file, State.NOT_A_FILE);
        };
    }

    private CsvFile readRegular(Place file) {
        byte[] bytes;
        try {
            bytes = file.fs().read(file.directory(), MAX_FILE + 1);
        } catch (IOException e) {
            return unread(file, State.UNREADABLE);
        }
        if (bytes.length > MAX_FILE) {
            return unread(file, State.TOO_LARGE);
        }
        CsvText text = CsvText.of(new String(bytes, StandardCharsets.UTF_8));
        List<CsvEntry> entries = new ArrayList<>();
        for (CsvText.Line line : text.lines()) {
            if (known.add(line.type() + line.path())) {
                if (known.size() > MAX_ENTRIES) {
                    return unread(file, State.TOO_MANY_ENTRIES);
                }
                entries.add(lookup.entry(line));
            }
        }
        return new CsvFile(path(file), State.READ, entries, text.rejected(), text.unlisted());
    }

    private static CsvFile unread(Place file, State state) {
        return new CsvFile(path(file), state, List.of(), List.of(), 0);
    }

    private static String path(Place file) {
        return file.fs().hostPath(file.directory());
    }
}
