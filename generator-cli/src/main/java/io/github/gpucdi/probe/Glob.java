package io.github.gpucdi.probe;

import io.github.gpucdi.host.ShellPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what fits paths with wildcards. All paths together lead into a bounded number of files. */
final class Glob {
    /** So many names are looked at. */
    private static final int MAX_NAMES = 1 << 15;

    private int left = MAX_NAMES;

    /**
     * What fits, by name; a path without wildcards is given back, whether it is there or not.
     *
     * @param place where it begins; its name has no wildcards, whatever is in it
     * @param path below it, normalised
     * @return empty if too many names would have to be looked at
     */
    Optional<List<String>> expand(Place place, String path) {
        if (!ShellPattern.isPattern(path)) {
            return Optional.of(List.of(place.child(path)));
        }
        List<String> found = List.of(place.directory());
        for (String part : path.split("/")) {
            List<String> next = new ArrayList<>();
            for (String directory : found) {
                if (!addFitting(next, place.fs(), directory, part)) {
                    return Optional.empty();
                }
            }
            found = next;
        }
        return Optional.of(found);
    }

    private boolean addFitting(List<String> found, RootedFs fs, String directory, String part) {
        if (!ShellPattern.isPattern(part)) {
            if (fs.inode(directory, part).isPresent()) {
                found.add(PathText.child(directory, part));
            }
            return --left >= 0;
        }
        ShellPattern pattern = new ShellPattern(part);
        for (String name : fs.list(directory)) {
            if (--left < 0) {
                return false;
            }
            if (pattern.matches(name)) {
                found.add(PathText.child(directory, name));
            }
        }
        return true;
    }
}
