package io.github.gpucdi.host;

import java.util.Locale;
import java.util.Set;

/** How devices are discovered, and which. */
public enum Mode {
    /** GPUs through NVML: of data centres, workstations and desktops. */
    NVML("gpu", SectionKey.DRIVER, SectionKey.NVML, SectionKey.FILES, SectionKey.NODES, SectionKey.HOOK),
    /** What GPUDirect Storage needs. */
    GDS("gds", SectionKey.GDS),
    /** What GDRCopy needs. */
    GDRCOPY("gdrcopy", SectionKey.GDRCOPY),
    /** RDMA devices. */
    MOFED("mofed", SectionKey.MOFED),
    /** NVSwitches. */
    NVSWITCH("nvswitch", SectionKey.NVSWITCH);

    private final String clazz;
    private final Set<SectionKey<?>> sections;

    Mode(String clazz, SectionKey<?>... sections) {
        this.clazz = clazz;
        this.sections = Set.of(sections);
    }

    /** The name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of its spec's kind, unless the user names one. */
    public String clazz() {
        return clazz;
    }

    /** What a spec of this mode is made from. */
    public Set<SectionKey<?>> sections() {
        return sections;
    }
}
