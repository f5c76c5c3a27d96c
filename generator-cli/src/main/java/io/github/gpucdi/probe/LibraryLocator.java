package io.github.gpucdi.probe;

import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.probe.Resolution.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds shared libraries by name: in fixed directories below the driver root, and then in the driver root's
 * {@code ld.so.cache}. Directories that the user named replace both.
 *
 * <p>Only libraries that the loader would take count; others are failures.
 */
final class LibraryLocator {
    private static final String CACHE = "/etc/ld.so.cache";

    private final List<Place> places;
    private final RootedFs driver;
    private final boolean useCache;
    private final Loader loader;
    private final Failures failures;
    private final Map<String, Optional<ElfFile>> elfFiles = new HashMap<>();
    private Optional<List<Resolution>> cached = Optional.empty();

    /**
     * @param loader whose libraries are wanted
     * @param failures gets what is found and unusable
     */
    LibraryLocator(Roots roots, ProbeOptions options, Loader loader, Failures failures) {
        this.driver = roots.driver();
        this.loader = loader;
        this.failures = failures;
        this.useCache = options.librarySearchPaths().isEmpty();
        this.places = loader.places(roots, options);
    }

    /**
     * A library, all links resolved.
     *
     * @param fs the tree that it is in
     * @param path its path there
     * @param elf what its headers say
     */
    record Hit(RootedFs fs, String path, ElfFile elf) {
        String hostPath() {
            return fs.hostPath(path);
        }

        String name() {
            return HostPath.name(path);
        }

        Place place() {
            return new Place(fs, HostPath.parent(path));
        }
    }

    /**
     * Libraries whose names fit, each file once: in the order of the directories and then of the names, and after
     * them those that only the cache names: a copy of one that was found, such as in a directory of CUDA's forward
     * compatibility, is not one of the driver's.
     */
    List<Hit> locate(String pattern) {
        NamePattern wanted = new NamePattern(pattern);
        Map<String, Hit> hits = new LinkedHashMap<>();
        search(hits, places, wanted);
        if (useCache) {
            searchCache(hits, wanted);
        }
        return new ArrayList<>(hits.values());
    }

    /** The same in directories given, and nowhere else. */
    List<Hit> in(Collection<Place> directories, String pattern) {
        Map<String, Hit> hits = new LinkedHashMap<>();
        search(hits, directories, new NamePattern(pattern));
        return new ArrayList<>(hits.values());
    }

    /** Libraries of the driver in directories given that have its version not in their names and are no links. */
    List<Hit> withoutVersion(Collection<Place> directories) {
        Map<String, Hit> hits = new LinkedHashMap<>();
        for (Place place : directories) {
            RootedFs fs = place.fs();
            for (String name : fs.list(place.directory())) {
                if (DriverName.isWithoutVersion(name)
                        && fs.inode(place.directory(), name)
                                .map(Inode::isRegular)
                                .orElse(false)) {
                    add(hits, fs, place.child(name), fs.resolve(place.child(name)));
                }
            }
        }
        return new ArrayList<>(hits.values());
    }

    private void search(Map<String, Hit> hits, Collection<Place> directories, NamePattern wanted) {
        for (Place place : directories) {
            RootedFs fs = place.fs();
            if (fs.isUnreadableDirectory(place.directory())) {
                failures.add(wanted.text(), fs.hostPath(place.directory()), Reason.UNREADABLE);
            }
            for (String name : fs.list(place.directory())) {
                if (wanted.matches(name)) {
                    add(hits, fs, place.child(name), fs.resolve(place.child(name)));
                }
            }
        }
    }

    /** Where libraries are looked for, for messages. */
    String description() {
        StringBuilder text = new StringBuilder();
        for (Place place : places) {
            String separator = text.isEmpty() ? "" : ", ";
            text.append(separator).append(place.fs().hostPath(place.directory()));
        }
        if (useCache) {
            text.append(" and ").append(driver.hostPath(CACHE));
        }
        return text.toString();
    }

    private void searchCache(Map<String, Hit> hits, NamePattern wanted) {
        Set<String> found = new HashSet<>();
        for (Hit hit : hits.values()) {
            found.add(hit.name());
        }
        for (Resolution entry : cachedLibraries()) {
            if (namesFit(entry, wanted) && !found.contains(HostPath.name(entry.path()))) {
                add(hits, driver, entry.path(), entry);
            }
        }
    }

    /** A cached name stands for every name on its way to the file. */
    private static boolean namesFit(Resolution entry, NamePattern wanted) {
        if (wanted.matches(HostPath.name(entry.path()))) {
            return true;
        }
        for (String link : entry.links()) {
            if (wanted.matches(HostPath.name(link))) {
                return true;
            }
        }
        return false;
    }

    /** Those of the cache that a look into the directories does not show: the others are too many to follow each. */
    private List<Resolution> cachedLibraries() {
        if (cached.isEmpty()) {
            List<Resolution> found = new ArrayList<>();
            Set<String> searched = new HashSet<>();
            for (Place place : places) {
                searched.add(place.directory());
            }
            Optional<byte[]> bytes = driver.bytes(CACHE, LdCache.MAX_SIZE);
            for (String path :
                    bytes.flatMap(cache -> LdCache.paths(cache, loader.bits())).orElse(List.of())) {
                if (!searched.contains(HostPath.parent(path)) || DriverName.isOfDriver(HostPath.name(path))) {
                    Resolution resolution = driver.resolve(path);
                    if (resolution.isNonDirectory()) {
                        found.add(resolution);
                    }
                }
            }
            cached = Optional.of(found);
        }
        return cached.get();
    }

    private void add(Map<String, Hit> hits, RootedFs fs, String path, Resolution resolution) {
        String name = HostPath.name(path);
        // Directories are known by several names; a failure is told by one.
        String place = fs.resolve(HostPath.parent(path)).path();
        String hostPath = fs.hostPath(PathText.child(place, name));
        Optional<Reason> broken = Failures.reason(resolution.kind());
        if (broken.isPresent()) {
            failures.add(name, hostPath, broken.get());
            return;
        }
        boolean undecodable = !resolution.exists() && !PathText.isWritable(name);
        if (!resolution.isNonDirectory() && !undecodable) {
            return;
        }
        if (undecodable || !PathText.isWritable(resolution.path())) {
            failures.add(name, hostPath, Reason.UNWRITABLE_NAME);
            return;
        }
        String key = fs.hostPath(resolution.path());
        if (hits.containsKey(key)) {
            return;
        }
        Optional<ElfFile> elf = elfFiles.get(key);
        if (elf == null) {
            elf = elf(fs, resolution, name, hostPath);
            elfFiles.put(key, elf);
        }
        if (elf.isPresent()) {
            hits.put(key, new Hit(fs, resolution.path(), elf.get()));
        }
    }

    /** What the file is, if the loader would take it; otherwise the failure is noted. */
    private Optional<ElfFile> elf(RootedFs fs, Resolution resolution, String name, String hostPath) {
        if (resolution.kind() != Kind.REGULAR) {
            failures.add(name, hostPath, Reason.NOT_ELF);
            return Optional.empty();
        }
        try (ByteSource file = fs.open(resolution.path())) {
            Optional<ElfFile> elf = ElfFile.read(file);
            if (elf.isEmpty()) {
                failures.add(name, hostPath, Reason.NOT_ELF);
            } else if (!loader.takes(elf.get())) {
                failures.add(name, hostPath, Reason.FOREIGN_ELF);
                return Optional.empty();
            }
            return elf;
        } catch (IOException e) {
            failures.add(name, hostPath, Reason.UNREADABLE);
            return Optional.empty();
        }
    }
}
