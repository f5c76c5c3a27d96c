package io.github.gpucdi.host;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How devices are discovered, and which. */
public enum Mode {
    /** GPUs through NVML: of data centres, workstations and desktops. */
    NVML("gpu", SectionKey.DRIVER, SectionKey.NVML, SectionKey.FILES, SectionKey.NODES, SectionKey.HOOK),
    /** All of the driver's nodes as one device, and the driver without graphics: for containers that manage GPUs. */
    MANAGEMENT(
            "management.nvidia.com",
            "gpu",
            Set.of(SectionKey.DRIVER, SectionKey.FILES, SectionKey.NODES, SectionKey.IMEX, SectionKey.HOOK)),
    /** The GPUs of Windows as one device, in the Windows Subsystem for Linux. */
    WSL("gpu", SectionKey.WSL, SectionKey.HOOK),
    /** GPUs of Tegra systems, and those beside them: what CSV files of the system name. */
    CSV("gpu", SectionKey.CSV, SectionKey.NVML, SectionKey.NODES, SectionKey.HOOK),
    /** Channels by which programs on several machines of an NVLink domain share memory. */
    IMEX("imex-channel", SectionKey.IMEX),
    /** What GPUDirect Storage needs. */
    GDS("gds", SectionKey.GDS),
    /** What GDRCopy needs. */
    GDRCOPY("gdrcopy", SectionKey.GDRCOPY),
    /** RDMA devices. */
    MOFED("mofed", SectionKey.MOFED),
    /** NVSwitches. */
    NVSWITCH("nvswitch", SectionKey.NVSWITCH),
    /** The one of these that the host's GPUs are for. */
    AUTO(NVML, WSL, CSV);

    private final String vendor;
    private final String clazz;
    private final Set<SectionKey<?>> sections;
    private final Optional<SectionKey<SideDevices>> side;

    Mode(String clazz, SectionKey<?>... sections) {
        this("nvidia.com", clazz, Set.of(sections));
    }

    /** One for what is beside GPUs. */
    Mode(String clazz, SectionKey<SideDevices> side) {
        this("nvidia.com", clazz, Set.of(side), Optional.of(side));
    }

    /** One of several, which have the kind of GPUs. */
    Mode(Mode... candidates) {
        this("nvidia.com", "gpu", sectionsOf(candidates));
    }

    Mode(String vendor, String clazz, Set<SectionKey<?>> sections) {
        this(vendor, clazz, sections, Optional.empty());
    }

    Mode(String vendor, String clazz, Set<SectionKey<?>> sections, Optional<SectionKey<SideDevices>> side) {
        this.vendor = vendor;
        this.clazz = clazz;
        this.sections = Set.copyOf(sections);
        this.side = side;
    }

    private static Set<SectionKey<?>> sectionsOf(Mode... modes) {
        Set<SectionKey<?>> sections = new HashSet<>();
        for (Mode mode : modes) {
            sections.addAll(mode.sections);
        }
        return sections;
    }

    /** The name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The vendor of its spec's kind, unless the user names one. */
    public String vendor() {
        return vendor;
    }

    /** The class of its spec's kind, unless the user names one. */
    public String clazz() {
        return clazz;
    }

    /** What a spec of this mode is made from. */
    public Set<SectionKey<?>> sections() {
        return sections;
    }

    /** The devices beside the GPUs that it is for, if it is for such. */
    public Optional<SectionKey<SideDevices>> side() {
        return side;
    }
}
