package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Directories that a driver is installed below, when they are not the distribution's: {@code /usr/local/nvidia},
 * {@code /var/lib/nvidia}, {@code /opt/nvidia/<version>/<kernel>/usr}. Programs, firmware and configuration lie there
 * beside the libraries, and no search path of the host names them.
 */
final class Prefixes {
    private Prefixes() {}

    /**
     * The parents of {@code lib} and {@code lib64} above library directories, in their order; where one is a {@code
     * usr}, the root that it is in as well.
     */
    static List<Place> of(List<Place> libraryDirectories) {
        Set<Place> prefixes = new LinkedHashSet<>();
        for (Place directory : libraryDirectories) {
            String at = directory.directory();
            while (!at.equals("/") && !isLibraryDirectory(HostPath.name(at))) {
                at = HostPath.parent(at);
            }
            String prefix = HostPath.parent(at);
            if (!prefix.equals("/") && !prefix.equals("/usr")) {
                prefixes.add(new Place(directory.fs(), prefix));
                if (HostPath.name(prefix).equals("usr")) {
                    prefixes.add(new Place(directory.fs(), HostPath.parent(prefix)));
                }
            }
        }
        return List.copyOf(prefixes);
    }

    /** Adds a directory below each prefix that is not among the places. */
    static void addBelow(List<Place> prefixes, String name, List<Place> places) {
        for (Place prefix : prefixes) {
            Place place = prefix.below(name);
            if (!places.contains(place)) {
                places.add(place);
            }
        }
    }

    private static boolean isLibraryDirectory(String name) {
        return name.equals("lib") || name.equals("lib64");
    }
}
