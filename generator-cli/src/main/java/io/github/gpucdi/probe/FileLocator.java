package io.github.gpucdi.probe;

import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds files that are no libraries by name. What is found keeps the name it was found by: links are not resolved. */
final class FileLocator {
    /** Largest manifest that is read, in bytes; the driver's have a few hundred. */
    private static final int MAX_MANIFEST = 1 << 16;

    private final Failures failures;

    FileLocator(Failures failures) {
        this.failures = failures;
    }

    private enum Kind {
        FILE,
        PROGRAM,
        MANIFEST
    }

    /** The first of the places that has a file of that name, a directory not counted; a failure if none has. */
    Optional<FoundFile> first(Role role, String name, List<Place> places) {
        return first(role, name, places, Kind.FILE);
    }

    /** The same for a program: a regular file that somebody may execute. */
    Optional<FoundFile> firstExecutable(Role role, String name, List<Place> places) {
        return first(role, name, places, Kind.PROGRAM);
    }

    /** The same for a manifest; one that nobody can read as such is found, and a failure. */
    Optional<FoundFile> firstManifest(Role role, String name, List<Place> places) {
        return first(role, name, places, Kind.MANIFEST);
    }

    /** The directory of that name in a place; a failure if there is none. */
    Optional<FoundFile> directory(Role role, String name, Place place) {
        Resolution resolution = place.fs().resolve(place.child(name));
        if (resolution.kind() != Resolution.Kind.DIRECTORY || !PathText.isWritable(resolution.path())) {
            failures.addNotFound(name);
            return Optional.empty();
        }
        return Optional.of(found(role, name, place.fs(), place.child(name), resolution, List.of()));
    }

    /**
     * Adds the manifests in the directory {@code name} of every place that name a library of the driver's, for programs
     * of an architecture. Others belong to other drivers, and so does what nobody can read, but for its name.
     */
    void addManifests(Role role, String name, List<Place> places, String architecture, List<FoundFile> found) {
        Set<String> known = new HashSet<>();
        for (FoundFile file : found) {
            known.add(file.name());
        }
        String ending = name.startsWith("OpenCL/") ? ".icd" : ".json";
        for (Place place : places) {
            Place directory = place.below(name);
            reportUnreadable(directory, PathText.child(name, "*" + ending));
            for (String file : place.fs().list(directory.directory())) {
                String wanted = PathText.child(name, file);
                if (file.endsWith(ending) && !known.contains(wanted)) {
                    Optional<FoundFile> manifest = driverManifest(role, wanted, directory, file, architecture);
                    if (manifest.isPresent()) {
                        known.add(wanted);
                        found.add(manifest.get());
                    }
                }
            }
        }
    }

    private Optional<FoundFile> driverManifest(
            Role role, String wanted, Place directory, String file, String architecture) {
        RootedFs fs = directory.fs();
        String path = directory.child(file);
        Resolution resolution = fs.resolve(path);
        if (resolution.kind() != Resolution.Kind.REGULAR
                || reason(path, resolution).isPresent()) {
            return Optional.empty();
        }
        try {
            Optional<Manifest> manifest = manifest(fs, path);
            if (manifest.isEmpty() && file.contains("nvidia")) {
                failures.add(wanted, fs.hostPath(path), Reason.NOT_A_MANIFEST);
            }
            boolean ours = manifest.isPresent()
                    && manifest.get().isOfDriver()
                    && manifest.get().isFor(file, architecture);
            return ours
                    ? Optional.of(found(
                            role, wanted, fs, path, resolution, manifest.get().libraries()))
                    : Optional.empty();
        } catch (IOException e) {
            failures.add(wanted, fs.hostPath(path), Reason.UNREADABLE);
            return Optional.empty();
        }
    }

    /** Every file in the directory {@code name} of every place that fits; a failure if there is none. */
    List<FoundFile> all(Role role, String name, NamePattern wanted, List<Place> places) {
        List<FoundFile> found = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (Place place : places) {
            Place directory = place.below(name);
            RootedFs fs = place.fs();
            reportUnreadable(directory, PathText.child(name, wanted.text()));
            for (String file : fs.list(directory.directory())) {
                String path = directory.child(file);
                if (!wanted.matches(file) || paths.contains(fs.hostPath(path))) {
                    continue;
                }
                Resolution resolution = fs.resolve(path);
                Optional<Reason> broken = reason(path, resolution);
                if (broken.isPresent()) {
                    failures.add(PathText.child(name, file), fs.hostPath(path), broken.get());
                } else if (resolution.isNonDirectory()) {
                    paths.add(fs.hostPath(path));
                    found.add(found(role, PathText.child(name, file), fs, path, resolution, List.of()));
                }
            }
        }
        if (found.isEmpty()) {
            failures.addNotFound(PathText.child(name, wanted.text()));
        }
        return found;
    }

    /** Every regular file in a directory whose name fits one of the patterns; a link to one is one. */
    List<FoundFile> regular(Role role, List<NamePattern> wanted, Place directory) {
        RootedFs fs = directory.fs();
        List<FoundFile> found = new ArrayList<>();
        reportUnreadable(directory, HostPath.name(directory.directory()));
        for (String name : fs.list(directory.directory())) {
            if (!fits(name, wanted)) {
                continue;
            }
            String path = directory.child(name);
            Resolution resolution = fs.resolve(path);
            Optional<Reason> broken = reason(path, resolution);
            if (broken.isPresent()) {
                failures.add(name, fs.hostPath(path), broken.get());
            } else if (resolution.kind() == Resolution.Kind.REGULAR) {
                found.add(found(role, name, fs, path, resolution, List.of()));
            }
        }
        return found;
    }

    private static boolean fits(String name, List<NamePattern> wanted) {
        for (NamePattern pattern : wanted) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }

    private Optional<FoundFile> first(Role role, String name, List<Place> places, Kind kind) {
        Optional<Reason> firstBroken = Optional.empty();
        String brokenPath = "";
        for (Place place : places) {
            RootedFs fs = place.fs();
            String path = place.child(name);
            Resolution resolution = fs.resolve(path);
            Optional<Reason> broken = reason(path, resolution);
            if (broken.isPresent()) {
                if (firstBroken.isEmpty()) {
                    firstBroken = broken;
                    brokenPath = fs.hostPath(path);
                }
            } else if (kind == Kind.PROGRAM ? isExecutable(fs, resolution) : resolution.isNonDirectory()) {
                List<String> libraries = kind == Kind.MANIFEST ? libraries(name, fs, path) : List.of();
                return Optional.of(found(role, name, fs, path, resolution, libraries));
            }
        }
        if (firstBroken.isPresent()) {
            failures.add(name, brokenPath, firstBroken.get());
        } else {
            failures.addNotFound(name);
        }
        return Optional.empty();
    }

    private void reportUnreadable(Place directory, String wanted) {
        RootedFs fs = directory.fs();
        if (fs.isUnreadableDirectory(directory.directory())) {
            failures.add(wanted, fs.hostPath(directory.directory()), Reason.UNREADABLE);
        }
    }

    /** What a manifest names; a failure if nobody can tell. */
    private List<String> libraries(String name, RootedFs fs, String path) {
        try {
            Optional<Manifest> manifest = manifest(fs, path);
            if (manifest.isPresent()) {
                return manifest.get().libraries();
            }
            failures.add(name, fs.hostPath(path), Reason.NOT_A_MANIFEST);
        } catch (IOException e) {
            failures.add(name, fs.hostPath(path), Reason.UNREADABLE);
        }
        return List.of();
    }

    private static Optional<Manifest> manifest(RootedFs fs, String path) throws IOException {
        byte[] bytes = fs.read(path, MAX_MANIFEST + 1);
        return bytes.length > MAX_MANIFEST
                ? Optional.empty()
                : Manifest.read(path, new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean isExecutable(RootedFs fs, Resolution resolution) {
        return resolution.kind() == Resolution.Kind.REGULAR
                && fs.inode(resolution.path()).map(Inode::isExecutable).orElse(false);
    }

    /** Why what is at a path cannot be used; empty if it can, or is simply not there. */
    static Optional<Reason> reason(String path, Resolution resolution) {
        boolean exists = resolution.exists();
        if (!PathText.isWritable(path) || exists && !PathText.isWritable(resolution.path())) {
            return Optional.of(Reason.UNWRITABLE_NAME);
        }
        return Failures.reason(resolution.kind());
    }

    /** What was found, with where it is if the host would be led elsewhere. */
    static FoundFile found(
            Role role, String name, RootedFs fs, String path, Resolution resolution, List<String> libraries) {
        Optional<String> resolved =
                fs.leadsThereOnHost(path, resolution) ? Optional.empty() : Optional.of(fs.hostPath(resolution.path()));
        return new FoundFile(role, name, fs.hostPath(path), resolved, libraries);
    }
}
