package io.github.gpucdi.probe;

import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds files that are no libraries by name. What is found keeps the name it was found by: links are not resolved. */
final class FileLocator {
    private final Failures failures;

    FileLocator(Failures failures) {
        this.failures = failures;
    }

    /** The first of the places that has a file of that name, a directory not counted; a failure if none has. */
    Optional<FoundFile> first(Role role, String name, List<Place> places) {
        return first(role, name, places, false);
    }

    /** The same for a program: a regular file that somebody may execute. */
    Optional<FoundFile> firstExecutable(Role role, String name, List<Place> places) {
        return first(role, name, places, true);
    }

    /** Every file in the directory {@code name} of every place that fits; a failure if there is none. */
    List<FoundFile> all(Role role, String name, NamePattern wanted, List<Place> places) {
        List<FoundFile> found = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (Place place : places) {
            Place directory = place.below(name);
            RootedFs fs = place.fs();
            if (fs.isUnreadableDirectory(directory.directory())) {
                failures.add(
                        PathText.child(name, wanted.text()), fs.hostPath(directory.directory()), Reason.UNREADABLE);
            }
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
                    found.add(found(role, PathText.child(name, file), fs, path, resolution));
                }
            }
        }
        if (found.isEmpty()) {
            failures.addNotFound(PathText.child(name, wanted.text()));
        }
        return found;
    }

    private Optional<FoundFile> first(Role role, String name, List<Place> places, boolean program) {
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
            } else if (program ? isExecutable(fs, resolution) : resolution.isNonDirectory()) {
                return Optional.of(found(role, name, fs, path, resolution));
            }
        }
        if (firstBroken.isPresent()) {
            failures.add(name, brokenPath, firstBroken.get());
        } else {
            failures.addNotFound(name);
        }
        return Optional.empty();
    }

    private static boolean isExecutable(RootedFs fs, Resolution resolution) {
        return resolution.kind() == Resolution.Kind.REGULAR
                && fs.inode(resolution.path()).map(Inode::isExecutable).orElse(false);
    }

    private static Optional<Reason> reason(String path, Resolution resolution) {
        boolean exists = resolution.exists();
        if (!PathText.isWritable(path) || exists && !PathText.isWritable(resolution.path())) {
            return Optional.of(Reason.UNWRITABLE_NAME);
        }
        return Failures.reason(resolution.kind());
    }

    private static FoundFile found(Role role, String name, RootedFs fs, String path, Resolution resolution) {
        Optional<String> resolved =
                fs.leadsThereOnHost(path, resolution) ? Optional.empty() : Optional.of(fs.hostPath(resolution.path()));
        return new FoundFile(role, name, fs.hostPath(path), resolved);
    }
}
