package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import java.util.ArrayList;
import java.util.List;

/** Finds the driver's programs. */
final class BinaryProbe {
    private static final String[] NAMES = {
        "nvidia-xconfig",
        "nvidia-smi",
        "nvidia-debugdump",
        "nvidia-persistenced",
        "nvidia-cuda-mps-control",
        "nvidia-cuda-mps-server",
        "nvidia-imex",
        "nvidia-imex-ctl",
        "nvidia-pcc"
    };

    private static final String[] DIRECTORIES = {
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"
    };

    private final FileLocator locator;
    private final List<Place> places = new ArrayList<>();

    /**
     * @param pathEntries the caller's search path, looked at below the driver root before the usual directories
     * @param prefixes where the driver is installed, looked at last
     */
    BinaryProbe(FileLocator locator, Roots roots, List<String> pathEntries, List<Place> prefixes) {
        this.locator = locator;
        List<String> directories = SearchPath.absolute(pathEntries);
        for (String directory : DIRECTORIES) {
            if (!directories.contains(directory)) {
                directories.add(directory);
            }
        }
        for (String directory : directories) {
            places.add(new Place(roots.driver(), directory));
        }
        Prefixes.addBelow(prefixes, "bin", places);
        Prefixes.addBelow(prefixes, "sbin", places);
    }

    List<FoundFile> probe() {
        List<FoundFile> found = new ArrayList<>();
        for (String name : NAMES) {
            locator.firstExecutable(Role.BINARY, name, places).ifPresent(found::add);
        }
        return found;
    }
}
