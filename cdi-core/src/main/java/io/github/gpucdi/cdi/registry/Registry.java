package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The devices of a list of spec directories as an engine sees them. A later directory wins over an earlier one; two
 * files of one directory that define the same device take it away from everybody, whatever other directories hold.
 *
 * <p>A snapshot: what changes on disk later does not show.
 */
public final class Registry {
    private final List<SpecDirectory> directories = new ArrayList<>();
    private final List<SpecFile> files = new ArrayList<>();
    private final Map<String, Definitions> definitions = new TreeMap<>();
    private final Loader loader;
    private final SpecSource source;
    private boolean errors;

    private Registry(Loader loader, SpecSource source) {
        this.loader = loader;
        this.source = source;
    }

    /**
     * Reads all spec files of {@code directories}, lowest priority first. Missing directories are empty ones.
     *
     * @param loader how the engine in question reads them
     */
    public static Registry scan(List<Path> directories, Loader loader) {
        return scan(directories, loader, SpecSource.ofMachine());
    }

    /** The same, with the directories as {@code source} has them. */
    public static Registry scan(List<Path> directories, Loader loader, SpecSource source) {
        Registry registry = new Registry(loader, source);
        for (int priority = 0; priority < directories.size(); priority++) {
            SpecDirectory directory = registry.listed(directories.get(priority));
            registry.directories.add(directory);
            for (Path file : directory.files()) {
                registry.load(file, priority);
            }
            boolean unreadable =
                    directory.files().isEmpty() && directory.problem().isPresent();
            if (unreadable && loader.stopsAtUnreadableDirectory()) {
                break;
            }
        }
        return registry;
    }

    private SpecDirectory listed(Path directory) {
        boolean unfollowed = !loader.followsLinkedDirectories() && source.isLink(directory);
        boolean file = unfollowed || source.isFile(directory);
        if (file && loader.readsListedFiles() && SpecDirectory.isSpecName(directory)) {
            return new SpecDirectory(directory, List.of(directory), Optional.empty());
        }
        if (unfollowed) {
            return new SpecDirectory(
                    directory, List.of(), Optional.of("a symbolic link, which this engine does not follow"));
        }
        return source.list(directory);
    }

    private void load(Path path, int priority) {
        SpecDocument document = source.read(path);
        boolean accepted = SpecValidator.verdict(document, loader.library()) == Verdict.ACCEPTED;
        List<Finding> findings = SpecValidator.validate(document, loader.library());
        SpecFile file = new SpecFile(path, priority, document.spec().filter(spec -> accepted), findings);
        files.add(file);
        errors |= !accepted;
        file.spec().ifPresent(spec -> define(file, spec));
    }

    private void define(SpecFile file, CdiSpec spec) {
        for (Device device : spec.devices()) {
            QualifiedName name = QualifiedName.parse(spec.kind() + "=" + device.name())
                    .orElseThrow(() -> new IllegalStateException("an accepted spec names a device that has no name"));
            Definitions known = definitions.computeIfAbsent(name.text(), text -> new Definitions());
            known.add(new RegisteredDevice(name, file.path(), spec, device), file.priority());
            errors |= known.conflict();
        }
    }

    /** The directories in the order given; the rest is missing if the engine stops at one. */
    public List<SpecDirectory> directories() {
        return List.copyOf(directories);
    }

    /** All spec files, loaded or not, in order of priority and name. */
    public List<SpecFile> files() {
        return List.copyOf(files);
    }

    /** Every definition of every device, by name, then in order of priority and file. */
    public List<DeviceEntry> entries() {
        List<DeviceEntry> entries = new ArrayList<>();
        for (Definitions device : definitions.values()) {
            device.entries(isBlocked(), entries);
        }
        return entries;
    }

    /** The devices that can be requested, by name. */
    public List<RegisteredDevice> devices() {
        List<RegisteredDevice> devices = new ArrayList<>();
        for (Definitions device : definitions.values()) {
            device.effective().filter(any -> !isBlocked()).ifPresent(devices::add);
        }
        return devices;
    }

    /**
     * The device that a request for {@code name} gets, or nothing if it is unresolvable.
     *
     * @throws IllegalArgumentException if {@code name} is no qualified name, such as {@code nvidia.com/gpu=0}
     */
    public Optional<RegisteredDevice> device(String name) {
        requireQualified(name);
        return Optional.ofNullable(definitions.get(name))
                .filter(any -> !isBlocked())
                .flatMap(Definitions::effective);
    }

    /**
     * The definitions of {@code name}, none if no loaded file has it.
     *
     * @throws IllegalArgumentException as {@link #device}
     */
    public List<DeviceEntry> entries(String name) {
        requireQualified(name);
        List<DeviceEntry> entries = new ArrayList<>();
        Definitions device = definitions.get(name);
        if (device != null) {
            device.entries(isBlocked(), entries);
        }
        return entries;
    }

    private static void requireQualified(String name) {
        if (QualifiedName.parse(name).isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' is not a qualified name: vendor/class=name");
        }
    }

    private boolean isBlocked() {
        return errors && loader.failsOnAnyError();
    }
}
