package io.github.gpucdi.option;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.Loader;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.cdi.registry.SpecDirectory;
import io.github.gpucdi.cdi.registry.SpecFile;
import io.github.gpucdi.report.RegistryListing;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which spec directories are read, and as whom. */
public final class RegistryOptions extends Arguments {
    private static final List<Path> DEFAULT =
            List.of(Path.of(SpecDirectories.STATIC), Path.of(SpecDirectories.DYNAMIC));

    private final Argument<List<String>> specDirs = option("--spec-dir")
            .takes("DIR")
            .told(
                    "A directory with CDI specs, repeatable; of two that define a device the later one wins.",
                    "Default: the engine's, else /etc/cdi,/var/run/cdi. Variable: GPU_CDI_SPEC_DIR,"
                            + " NVIDIA_CTK_CDI_SPEC_DIRS. Example: --spec-dir=/etc/cdi")
            .list();

    private final Argument<Optional<String>> as = option("--as")
            .takes("ENGINE-VERSION")
            .told(
                    "See the directories as this engine does, such as podman-4.3.1 or docker-29.2; library-1.0.1 names a"
                            + " CDI library.",
                    "Default: the newest CDI library. Variable: GPU_CDI_AS. Example: --as=podman-4.3.1")
            .optional();

    private final Argument<Boolean> rootless = option("--rootless")
            .told(
                    "See them as an engine that a user runs.",
                    "Default: off. Variable: GPU_CDI_ROOTLESS. Example: --rootless")
            .flag();

    /** The engine asked for. */
    public Optional<EngineRelease> engine() {
        return as.value().map(word -> EngineWord.release("--as", word));
    }

    /** Reads the directories; what is wrong with them and their files is said. */
    public Registry registry(Session session) {
        Optional<EngineRelease> engine = engine();
        List<Path> directories = DEFAULT;
        if (!specDirs.value().isEmpty()) {
            directories = paths("--spec-dir", specDirs.value());
        } else if (engine.isPresent()) {
            directories =
                    paths("the engine's directory", engine.get().directories(rootless.value(), session.environment()));
        }
        Loader loader = engine.map(known -> Loader.of(known, rootless.value())).orElse(Loader.NEWEST);
        Registry registry = Registry.scan(directories, loader);
        tell(registry, session.console());
        return registry;
    }

    /** The directories that the user named and that are not there; engines' own may be absent. */
    public List<Path> missing() {
        List<Path> missing = new ArrayList<>();
        for (Path directory : paths("--spec-dir", specDirs.value())) {
            if (new NamedFile(directory).isMissing()) {
                missing.add(directory);
            }
        }
        return missing;
    }

    private static List<Path> paths(String what, List<String> texts) {
        List<Path> paths = new ArrayList<>();
        for (String text : texts) {
            paths.add(GivenPath.of(what, text));
        }
        return paths;
    }

    private static void tell(Registry registry, Console console) {
        for (SpecDirectory directory : registry.directories()) {
            directory.problem().ifPresent(problem -> console.warning(directory.path() + ": " + problem));
        }
        for (SpecFile file : registry.files()) {
            if (file.spec().isEmpty()) {
                String reason = file.error().map(RegistryListing::line).orElse("refused");
                console.warning(file.path() + " is not loaded: " + reason);
            }
        }
    }

    /** Says which definitions take which devices away, where the output does not. */
    public static void tellConflicts(Registry registry, Console console) {
        for (DeviceEntry entry : registry.entries()) {
            if (entry.state() == DeviceEntry.State.CONFLICTING) {
                console.warning(entry.file() + ": " + entry.name().text() + " is " + RegistryListing.state(entry));
            }
        }
    }
}
