package io.github.gpucdi.probe;

import io.github.gpucdi.host.PciAddress;
import java.util.ArrayList;
import java.util.List;

/** Reads which DRM nodes a GPU has, from {@code /sys/bus/pci/devices/<address>/drm}. */
final class DrmProbe {
    /** Where the kernel shows its PCI devices. */
    static final String DEVICES = "/sys/bus/pci/devices";

    private final RootedFs host;

    DrmProbe(RootedFs host) {
        this.host = host;
    }

    /** Names such as {@code card0} and {@code renderD128}, sorted. */
    List<String> names(String pciBusId) {
        String address = PciAddress.ofBusId(pciBusId);
        List<String> names = new ArrayList<>();
        if (PathText.isFileName(address)) {
            for (String name : host.list(DEVICES + "/" + address + "/drm")) {
                if (PathText.isWritable(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
