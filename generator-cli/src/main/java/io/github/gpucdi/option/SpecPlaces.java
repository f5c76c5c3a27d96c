package io.github.gpucdi.option;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.doctor.SpecPaths;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.probe.SpecLookup;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All directories that some engine looks for specs in: which are installed is not known yet. */
public final class SpecPlaces {
    private static final String CONFIG_HOME = "XDG_CONFIG_HOME";
    private static final String RUNTIME_DIR = "XDG_RUNTIME_DIR";

    private SpecPlaces() {}

    /**
     * Those of root's engines and of the engines of the user whose environment this is.
     *
     * @param more directories that the user named, absolute and normalised
     */
    public static SpecLookup of(Map<String, String> environment, List<String> more) {
        Optional<String> configHome = path(environment, CONFIG_HOME)
                .or(() -> path(environment, "HOME").map(home -> child(home, ".config")));
        Optional<String> runtimeDir = path(environment, RUNTIME_DIR);
        Map<String, String> usable = new HashMap<>();
        configHome.ifPresent(home -> usable.put(CONFIG_HOME, home));
        runtimeDir.ifPresent(runtime -> usable.put(RUNTIME_DIR, runtime));
        Set<String> directories = new LinkedHashSet<>(more);
        for (boolean rootless : new boolean[] {false, true}) {
            for (EngineRelease release : EngineTable.releases()) {
                directories.addAll(release.directories(rootless, usable));
            }
        }
        return new SpecLookup(List.copyOf(directories), configHome, runtimeDir, SpecPlaces::named);
    }

    private static SpecLookup.NamedPaths named(String fileName, byte[] content) {
        SpecPaths paths = SpecPaths.of(fileName, content);
        return new SpecLookup.NamedPaths(paths.paths(), paths.hooks());
    }

    private static String child(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    /** The variables count only with absolute paths. */
    private static Optional<String> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> value.startsWith("/") && PlainText.isPlain(value))
                .map(HostPath::normalised);
    }
}
