package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the firmware of the GPU System Processor: where the kernel would look for it ({@code firmware_class}), and where
 * the driver is installed.
 */
final class FirmwareProbe {
    private static final String CUSTOM_PATH = "/sys/module/firmware_class/parameters/path";
    private static final NamePattern GSP = new NamePattern("gsp*.bin");

    private final FileLocator locator;
    private final Roots roots;

    FirmwareProbe(FileLocator locator, Roots roots) {
        this.locator = locator;
        this.roots = roots;
    }

    List<FoundFile> probe(Optional<String> version, Platform platform, List<Place> prefixes) {
        if (version.isEmpty()) {
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        String custom = roots.host().text(CUSTOM_PATH).orElse("").trim();
        for (String directory : SearchPath.absolute(List.of(custom))) {
            places.add(new Place(roots.driver(), directory));
        }
        String release = platform.kernelRelease();
        for (String directory : new String[] {"/lib/firmware/updates", "/lib/firmware"}) {
            if (PathText.isFileName(release)) {
                places.add(new Place(roots.driver(), directory + "/" + release));
            }
            places.add(new Place(roots.driver(), directory));
        }
        for (String below : new String[] {"firmware", "lib/firmware"}) {
            Prefixes.addBelow(prefixes, below, places);
        }
        return locator.all(Role.FIRMWARE, "nvidia/" + version.get(), GSP, places);
    }
}
