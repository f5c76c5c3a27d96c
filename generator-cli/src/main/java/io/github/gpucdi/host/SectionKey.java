package io.github.gpucdi.host;

/**
 * Names a section of a snapshot.
 *
 * @param name the section's name in the JSON form
 * @param <T> its data
 */
public record SectionKey<T>(String name) {
    /** The driver's version, from every source. */
    public static final SectionKey<DriverVersion> DRIVER = new SectionKey<>("driver");

    /** What NVML says of the GPUs; absent if the library cannot be loaded. */
    public static final SectionKey<NvmlFacts> NVML = new SectionKey<>("nvml");

    /** Driver files below the driver root. */
    public static final SectionKey<DriverFiles> FILES = new SectionKey<>("files");

    /** What 32-bit programs need of the driver, below the driver root; absent if nothing is installed for them. */
    public static final SectionKey<DriverFiles> FILES_32 = new SectionKey<>("files32");

    /** Device nodes below the dev root. */
    public static final SectionKey<DeviceNodes> NODES = new SectionKey<>("nodes");

    /**
     * What {@code libnvidia-sandboxutils} says of the GPUs' nodes; asked on request only. Absent if it cannot be loaded, or its
     * session failed.
     */
    public static final SectionKey<SandboxutilsFacts> SANDBOXUTILS = new SectionKey<>("sandboxutils");

    /** What WSL shows of GPUs; absent if there is no {@code libdxcore.so}. */
    public static final SectionKey<WslFacts> WSL = new SectionKey<>("wsl");
    /** What CSV files name on a Tegra system; absent if nothing says that this is one, and no such file is there. */
    public static final SectionKey<CsvFacts> CSV = new SectionKey<>("csv");

    /** IMEX channels, {@code /dev/nvidia-caps-imex-channels/channel*}; absent if nothing has the name. */
    public static final SectionKey<SideDevices> IMEX = new SectionKey<>("imex");

    /** Nodes of GPUDirect Storage, {@code /dev/nvidia-fs*}, and what goes with them; absent if nothing has the name. */
    public static final SectionKey<SideDevices> GDS = new SectionKey<>("gds");

    /** The node of GDRCopy, {@code /dev/gdrdrv}; absent if nothing has the name. */
    public static final SectionKey<SideDevices> GDRCOPY = new SectionKey<>("gdrcopy");

    /** Nodes of RDMA devices; absent if nothing has such a name. */
    public static final SectionKey<SideDevices> MOFED = new SectionKey<>("mofed");

    /** Nodes of NVSwitches, {@code /dev/nvidia-nvswitch*}; absent if nothing has the name. */
    public static final SectionKey<SideDevices> NVSWITCH = new SectionKey<>("nvswitch");

    /** The hook program of the NVIDIA container toolkit. */
    public static final SectionKey<HookProgram> HOOK = new SectionKey<>("hook");

    /** The container engines that are installed. */
    public static final SectionKey<Engines> ENGINES = new SectionKey<>("engines");

    /** The directories that engines look for specs in, and what the specs there lead to. */
    public static final SectionKey<CdiFacts> CDI = new SectionKey<>("cdi");

    /** What else decides whether a container gets its GPU. */
    public static final SectionKey<HostEnvironment> ENVIRONMENT = new SectionKey<>("environment");

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SectionKey<?> key && name.equals(key.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
