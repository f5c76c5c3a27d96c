package io.github.gpucdi.assemble.model;

import java.util.Set;

/** What a feature flag changes in a spec; all but one are nvidia-ctk's. */
public enum Feature {
    EXPLICIT_DRIVER_LIBRARIES("enable-explicit-driver-libraries"),
    /** Ours: what 32-bit programs need besides. */
    LIBRARIES_32("enable-32-bit-libraries"),
    COHERENT_ANNOTATIONS("enable-coherent-annotations"),
    NO_ADDITIONAL_GIDS("no-additional-gids-for-device-nodes"),
    NO_IPC("disable-ipc-discoverer"),
    /** What libnvidia-sandboxutils told is not used; it is not asked unless somebody wants it. */
    NO_SANDBOXUTILS("disable-nvsandboxutils"),
    /** The same in an older spelling of nvidia-ctk's. */
    NO_SANDBOXUTILS_MISSPELT("disable-nvsandbox-utils"),
    /** In mode {@code csv} one device, whatever NVML says. */
    NO_MULTIPLE_CSV_DEVICES("disable-multiple-csv-devices");

    private final String flag;

    Feature(String flag) {
        this.flag = flag;
    }

    /** Whether libnvidia-sandboxutils is not to be used. */
    public static boolean forbidSandboxutils(Set<Feature> features) {
        return features.contains(NO_SANDBOXUTILS) || features.contains(NO_SANDBOXUTILS_MISSPELT);
    }

    /** The name on the command line. */
    public String flag() {
        return flag;
    }
}
