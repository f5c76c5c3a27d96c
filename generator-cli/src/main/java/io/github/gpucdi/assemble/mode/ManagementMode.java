package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HookSwitches;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One device with every node of the driver, and the driver without graphics: for containers that manage GPUs. The driver
 * is known by its files, whether it works or not.
 */
public final class ManagementMode {
    private static final List<String> OTHERS = List.of("nvidia-fs", "nvidia-nvswitch", "nvidia-nvlink");
    private static final Set<Library.Role> LIBRARIES =
            Set.of(Library.Role.DRIVER, Library.Role.NVVM, Library.Role.EXPLICIT);
    private static final Set<String> PROGRAMS = Set.of(
            "nvidia-smi",
            "nvidia-debugdump",
            "nvidia-persistenced",
            "nvidia-cuda-mps-control",
            "nvidia-cuda-mps-server",
            "nvidia-imex",
            "nvidia-imex-ctl");

    private final HostSnapshot snapshot;
    private final Notices notices;
    private final DriverFiles files;
    private final DeviceNodes all;
    private final NodeTable table;
    private final WrittenPaths paths;
    private final CommonEdits edits;

    private ManagementMode(HostSnapshot snapshot, AssembleOptions options, Notices notices) throws AssembleException {
        this.snapshot = snapshot;
        this.notices = notices;
        files = withoutGraphics(DriverHealth.files(snapshot));
        all = DriverHealth.nodes(snapshot);
        table = new NodeTable(all);
        paths = WrittenPaths.of(snapshot.options(), options);
        edits = new CommonEdits(table, files, paths, options.features(), notices);
    }

    /**
     * The mode on a host that has a driver.
     *
     * @throws AssembleException if there is none, or it is half-upgraded
     */
    public static ManagementMode on(HostSnapshot snapshot, AssembleOptions options, Notices notices)
            throws AssembleException {
        Section<DriverVersion> driver = DriverHealth.required(snapshot, SectionKey.DRIVER);
        if (driver instanceof Section.Absent<DriverVersion> absent) {
            DriverHealth.failIfSilent(snapshot);
            throw DriverHealth.gone(
                    "there is no driver: " + absent.reason(),
                    "install the NVIDIA driver, or point --driver-root at it");
        }
        DriverHealth.failIfHalfUpgraded(driver.data(), "NVML is not asked in mode management");
        return new ManagementMode(snapshot, options, notices);
    }

    /** A container that manages GPUs may change device nodes, and draws nothing: it has no hooks for these. */
    public static AssembleOptions options(AssembleOptions wanted) {
        HookSwitches given = wanted.hookSwitches();
        Set<HookName> disabled =
                EnumSet.of(HookName.DISABLE_DEVICE_NODE_MODIFICATION, HookName.UPDATE_APPLICATION_PROFILE);
        disabled.addAll(given.disabled());
        Set<HookName> enabled = EnumSet.noneOf(HookName.class);
        enabled.addAll(given.enabled());
        enabled.remove(HookName.UPDATE_APPLICATION_PROFILE);
        return wanted.with(new HookSwitches(given.allDisabled(), disabled, enabled));
    }

    /** The driver's files but those for graphics. */
    public DriverFiles files() {
        return files;
    }

    private static DriverFiles withoutGraphics(DriverFiles all) {
        List<Library> libraries = new ArrayList<>(all.libraries());
        libraries.removeIf(library -> !LIBRARIES.contains(library.role()));
        List<FoundFile> files = new ArrayList<>(all.files());
        files.removeIf(file -> !isWanted(file));
        List<FailedLookup> failed = new ArrayList<>(all.failed());
        failed.removeIf(lookup -> lookup.reason() == FailedLookup.Reason.NOT_A_MANIFEST);
        return new DriverFiles(all.libraryDirectories(), libraries, files, failed);
    }

    private static boolean isWanted(FoundFile file) {
        return switch (file.role()) {
            case BINARY -> PROGRAMS.contains(file.name());
            case FIRMWARE, IPC -> true;
            case SHARE_CONFIG, ETC_CONFIG, XORG, WINE, SIDE -> false;
        };
    }

    /** The driver's version. */
    public String version() throws AssembleException {
        return DriverHealth.version(snapshot, files, notices);
    }

    /** Driver files and environment. */
    public ContainerEdits common(Injection injection) {
        return edits.withoutNodes(injection);
    }

    /**
     * Every node of the driver's that is no DRM node and belongs to no other mode.
     *
     * @throws AssembleException if there is none
     */
    public List<CharNode> nodes() throws AssembleException {
        Set<CharNode> nodes = new LinkedHashSet<>(table.controlNodes(paths, notices));
        for (CharNode node : all.nodes()) {
            if (isManaged(node.path())) {
                nodes.add(node);
            }
        }
        DriverHealth.required(snapshot, SectionKey.IMEX)
                .data()
                .map(SideDevices::nodes)
                .ifPresent(nodes::addAll);
        if (nodes.isEmpty()) {
            throw DriverHealth.gone(
                    "there is no /dev/nvidia* below dev root "
                            + snapshot.options().devRoot(),
                    "load the kernel module: modprobe nvidia; nvidia-modprobe -u -c 0 makes the nodes");
        }
        return new ArrayList<>(nodes);
    }

    private static boolean isManaged(String path) {
        if (!HostPath.parent(path).equals("/dev")) {
            return path.startsWith(MigDevice.CAPABILITY_NODE);
        }
        for (String other : OTHERS) {
            if (HostPath.name(path).startsWith(other)) {
                return false;
            }
        }
        return true;
    }
}
