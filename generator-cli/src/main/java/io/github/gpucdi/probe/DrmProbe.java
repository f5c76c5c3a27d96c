package io.github.gpucdi.probe;

import io.github.gpucdi.host.PciAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which DRM nodes a GPU has, from {@code /sys/bus/pci/devices/<address>/drm}. */
final class DrmProbe {
    /** Where the kernel shows its PCI devices. */
    static final String DEVICES = "/sys/bus/pci/devices";

    private final RootedFs host;

    DrmProbe(RootedFs host) {
        this.host = host;
    }

    /**
     * Names such as {@code card0} and {@code renderD128}, sorted; empty if there may be some that nobody here may read.
     */
    Optional<List<String>> names(String pciBusId) {
        String directory = directory(pciBusId);
        if (!PathText.isFileName(PciAddress.ofBusId(pciBusId))) {
            return Optional.of(List.of());
        }
        if (host.isUnreadableDirectory(directory)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (String name : host.list(directory)) {
            if (PathText.isWritable(name)) {
                names.add(name);
            }
        }
        return Optional.of(names);
    }

    /** Where the names are. */
    static String directory(String pciBusId) {
        return DEVICES + "/" + PciAddress.ofBusId(pciBusId) + "/drm";
    }
}
