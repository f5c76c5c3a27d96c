package io.github.gpucdi.assemble.model;

/** What a feature flag changes in a spec; all but one are nvidia-ctk's. */
public enum Feature {
    EXPLICIT_DRIVER_LIBRARIES("enable-explicit-driver-libraries"),
    /** Ours: what 32-bit programs need besides. */
    LIBRARIES_32("enable-32-bit-libraries"),
    COHERENT_ANNOTATIONS("enable-coherent-annotations"),
    NO_ADDITIONAL_GIDS("no-additional-gids-for-device-nodes"),
    NO_IPC("disable-ipc-discoverer"),
    /** Accepted for nvidia-ctk's sake: libnvidia-sandboxutils is never loaded. */
    NO_SANDBOXUTILS("disable-nvsandboxutils"),
    /** Accepted for nvidia-ctk's sake: an older spelling. */
    NO_SANDBOXUTILS_MISSPELT("disable-nvsandbox-utils"),
    /** In mode {@code csv} one device, whatever NVML says. */
    NO_MULTIPLE_CSV_DEVICES("disable-multiple-csv-devices");

    private final String flag;

    Feature(String flag) {
        this.flag = flag;
    }

    /** The name on the command line. */
    public String flag() {
        return flag;
    }
}
