package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.Map;

/** Devices beside the GPUs: a container gets all nodes of a mode, or none. */
public final class SideMode {
    private static final Map<SectionKey<SideDevices>, String> HINTS = Map.of(
            SectionKey.IMEX, "the option NVreg_CreateImexChannel0=1 of the module nvidia makes the first",
            SectionKey.GDS, "load the kernel module of GPUDirect Storage: modprobe nvidia-fs",
            SectionKey.GDRCOPY, "load the kernel module of GDRCopy: modprobe gdrdrv",
            SectionKey.MOFED, "load the kernel modules of RDMA: modprobe -a ib_uverbs rdma_ucm",
            SectionKey.NVSWITCH, "the driver makes them on machines with NVSwitches; is Fabric Manager running?");

    private final HostSnapshot snapshot;
    private final AssembleOptions options;
    private final Notices notices;

    public SideMode(HostSnapshot snapshot, AssembleOptions options, Notices notices) {
        this.snapshot = snapshot;
        this.options = options;
        this.notices = notices;
    }

    /**
     * The one device of a mode.
     *
     * @throws AssembleException if nothing was found, with what was looked for
     */
    public Device device(SectionKey<SideDevices> key) throws AssembleException {
        SideDevices found = found(key);
        WrittenPaths paths = WrittenPaths.of(snapshot.options(), options);
        ContainerEdits.Builder edits = ContainerEdits.builder().addAll(new NodeEdits(paths, options).of(found.nodes()));
        for (FoundFile file : found.files()) {
            edits.mount(DriverMounts.file(paths.host(file), paths.container(file)));
        }
        return Device.of(AssembleOptions.ALL, edits.build());
    }

    /** What was found for a mode; there is a node among it. */
    SideDevices found(SectionKey<SideDevices> key) throws AssembleException {
        Section<SideDevices> section = DriverHealth.required(snapshot, key);
        if (section instanceof Section.Absent<SideDevices> absent) {
            DriverHealth.failIfSilent(snapshot);
            throw DriverHealth.gone(absent.reason(), HINTS.get(key));
        }
        SideDevices found = section.data().orElseThrow();
        if (found.nodes().isEmpty()) {
            throw new AssembleException(
                    AssembleException.Reason.NOTHING_TO_OFFER,
                    "there is no device node: " + String.join(", ", found.rejected()),
                    HINTS.get(key));
        }
        for (String rejected : found.rejected()) {
            notices.warning(rejected + ": left out", "remove it, and have the driver make it anew");
        }
        return found;
    }
}
