package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the driver's X.Org modules. */
final class XorgProbe {
    private static final String[] IN_LIBRARY_DIRECTORIES = {
        "nvidia/xorg",
        "xorg/modules/drivers",
        "xorg/modules/extensions",
        "xorg/modules/updates/drivers",
        "xorg/modules/updates/extensions"
    };

    private static final String[] BASES = {"/usr/lib/xorg", "/usr/lib64/xorg", "/usr/X11R6/lib", "/usr/X11R6/lib64"};

    private static final String[] IN_BASES = {
        "modules/drivers", "modules/extensions", "modules/updates/drivers", "modules/updates/extensions"
    };

    private final FileLocator locator;
    private final Roots roots;

    XorgProbe(FileLocator locator, Roots roots) {
        this.locator = locator;
        this.roots = roots;
    }

    List<FoundFile> probe(Optional<String> version, List<Place> libraryDirectories) {
        Set<Place> inOrder = new LinkedHashSet<>();
        for (Place directory : libraryDirectories) {
            for (String below : IN_LIBRARY_DIRECTORIES) {
                inOrder.add(directory.below(below));
            }
            // After each directory, as NVIDIA's own tool does.
            addBases(inOrder);
        }
        addBases(inOrder);
        List<Place> places = new ArrayList<>(inOrder);
        List<FoundFile> found = new ArrayList<>();
        locator.first(Role.XORG, "nvidia_drv.so", places).ifPresent(found::add);
        if (version.isPresent()) {
            locator.first(Role.XORG, "libglxserver_nvidia.so." + version.get(), places)
                    .ifPresent(found::add);
        }
        return found;
    }

    private void addBases(Set<Place> places) {
        for (String base : BASES) {
            for (String below : IN_BASES) {
                places.add(new Place(roots.driver(), base + "/" + below));
            }
        }
    }
}
