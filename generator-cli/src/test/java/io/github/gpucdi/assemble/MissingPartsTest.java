package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a spec lacks when a part of the host is missing, and that it is said. */
class MissingPartsTest {
    private static final Wanted NONE = Wanted.hooks(HooksPolicy.NONE);
    private static final String GPU = "GPU 0 (" + DataHost.uuid(0) + ")";
    private static final String MIG = "MIG device 0:2 (MIG-00000000-0000-0000-0000-000000000000)";

    private static List<Notice> incomplete(Assembly assembly) {
        return assembly.notices().stream().filter(Notice::isIncomplete).toList();
    }

    private static List<String> nodes(Assembly assembly, String device) {
        return DataHost.device(assembly.specs().get(0).spec(), device).containerEdits().deviceNodes().stream()
                .map(DeviceNode::path)
                .toList();
    }

    private static List<String> commonNodes(Assembly assembly) {
        return assembly.specs().get(0).spec().containerEdits().deviceNodes().stream()
                .map(DeviceNode::path)
                .toList();
    }

    private static DataHost without(DataHost host, String node) {
        assertThat(host.nodes.removeIf(found -> found.path().equals(node))).isTrue();
        return host;
    }

    /** The host's only GPU, otherwise the same. */
    private static DataHost changed(
            DataHost host, OptionalInt minor, Optional<NvmlFailure> pciFailure, List<MigDevice> migs) {
        Gpu gpu = host.gpus.get(0);
        host.gpus.set(
                0,
                new Gpu(
                        gpu.index(),
                        gpu.failure(),
                        gpu.name(),
                        gpu.uuid(),
                        minor,
                        pciFailure.isPresent() ? Optional.empty() : gpu.pciBusId(),
                        pciFailure,
                        gpu.drm(),
                        gpu.mig(),
                        gpu.addressingMode(),
                        gpu.addressingFailure(),
                        migs,
                        gpu.details()));
        return host;
    }

    private static MigDevice mig(DataHost host, Optional<String> profile, OptionalInt gpuCap, OptionalInt computeCap) {
        MigDevice mig = host.gpus.get(0).migDevices().get(0);
        return new MigDevice(
                mig.index(),
                mig.failure(),
                mig.uuid(),
                mig.gpuInstance(),
                mig.computeInstance(),
                profile,
                gpuCap,
                computeCap);
    }

    @ParameterizedTest
    @CsvSource({"/dev/nvidiactl, true", "/dev/nvidia-uvm, true"})
    void aNodeThatEveryProgramNeedsIsWarnedOf(String path) throws AssembleException {
        Assembly assembly = without(DataHost.with(1), path).assemble(NONE);
        assertThat(commonNodes(assembly)).hasSize(1).doesNotContain(path);
        assertThat(incomplete(assembly))
                .containsExactly(new Notice(
                        Notice.Level.WARNING,
                        Notice.Id.NODE_MISSING,
                        path,
                        path + " does not exist as a device node",
                        "CUDA needs it: nvidia-modprobe -u -c 0 makes it, and so does running nvidia-smi as root"));
    }

    @Test
    void nodesThatManyHostsLackAreSaidOnRequest() throws AssembleException {
        Assembly assembly = DataHost.with(1).assemble(NONE);
        assertThat(incomplete(assembly)).isEmpty();
        assertThat(assembly.notices())
                .contains(
                        Notice.debug("/dev/nvidia-modeset is not on this host"),
                        Notice.debug("/dev/nvidia-uvm-tools is not on this host"));

        Assembly all = DataHost.with(1)
                .node("/dev/nvidia-modeset", 254, DataHost.MODE_666, 0)
                .node("/dev/nvidia-uvm-tools", 1, DataHost.MODE_666, 0)
                .assemble(NONE);
        assertThat(commonNodes(all))
                .containsExactlyInAnyOrder(
                        "/dev/nvidia-modeset", "/dev/nvidia-uvm-tools", "/dev/nvidia-uvm", "/dev/nvidiactl");
        assertThat(all.notices()).noneMatch(notice -> notice.what().startsWith("/dev/"));
    }

    @Test
    void aGpuWithoutItsNodeIsLeftOut() throws AssembleException {
        DataHost host = without(DataHost.with(2), "/dev/nvidia4");
        Assembly assembly = host.assemble(NONE);
        assertThat(DataHost.names(assembly.specs().get(0).spec())).containsExactly("1", "all");
        assertThat(incomplete(assembly))
                .containsExactly(new Notice(
                        Notice.Level.LEFT_OUT,
                        Notice.Id.NODE_MISSING,
                        "/dev/nvidia4",
                        GPU + " left out: /dev/nvidia4 does not exist as a device node",
                        "nvidia-modprobe -c <minor> or running nvidia-smi as root makes it; check --dev-root"));
    }

    @Test
    void aHostWithoutDeviceNodesOffersNothing() {
        HostSnapshot host = DataHost.with(1).snapshot().with(SectionKey.NODES, Section.absent("no directory /dev"));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> SpecAssembler.assemble(Mode.NVML, host, NONE.options()))
                .withMessage("no directory /dev")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.FAILING));
    }

    @Test
    void aGpuWithoutMinorNumberIsLeftOut() {
        DataHost host = changed(DataHost.with(1), OptionalInt.empty(), Optional.empty(), List.of());
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(NONE))
                .withMessage("no GPU or MIG device can be offered: " + GPU
                        + " left out: the driver tells no minor number for it");
    }

    @Test
    void drmNodesThatAreMissingAreWarnedOf() throws AssembleException {
        Assembly assembly =
                without(DataHost.with(1).drm(0, 0660, 44), "/dev/dri/card0").assemble(NONE);
        assertThat(nodes(assembly, "0"))
                .containsExactlyInAnyOrder(
                        "/dev/nvidia4", "/dev/dri/renderD120", "/dev/dri/by-path/pci-0000:65:00.0-render");
        assertThat(incomplete(assembly))
                .containsExactly(new Notice(
                        Notice.Level.WARNING,
                        Notice.Id.NODE_MISSING,
                        "/dev/dri/card0",
                        GPU + ": /dev/dri/card0 does not exist as a device node",
                        "udev makes it; check that /dev is complete, or --dev-root"));
    }

    @Test
    void aGpuWhosePlaceIsNotKnownIsWarnedOf() throws AssembleException {
        NvmlFailure failure = new NvmlFailure("nvmlDeviceGetPciInfo_v3", 999, "UNKNOWN");
        DataHost host = changed(DataHost.with(1), OptionalInt.of(4), Optional.of(failure), List.of());
        Assembly assembly = host.assemble(NONE);
        assertThat(nodes(assembly, "0")).containsExactly("/dev/nvidia4");
        assertThat(incomplete(assembly)).singleElement().satisfies(notice -> {
            assertThat(notice.level()).isEqualTo(Notice.Level.WARNING);
            assertThat(notice.what())
                    .isEqualTo(GPU + " lacks its DRM nodes, if it has any: nvmlDeviceGetPciInfo_v3 answered UNKNOWN"
                            + " (999)");
        });
    }

    @Test
    void linksAreTakenIfTheyLeadToTheGpusNodes() throws AssembleException {
        DataHost host = DataHost.with(2).drm(0, 0660, 44).drm(1, 0660, 44);
        String ofFirst = "/dev/dri/by-path/pci-0000:65:00.0-";
        host.links.clear();
        host.links.add(new NodeLink(ofFirst + "card", "/dev/dri/card0"));
        host.links.add(new NodeLink(ofFirst + "render", "../card1"));
        host.links.add(new NodeLink(ofFirst + "other", "../card0"));
        host.links.add(new NodeLink("/dev/dri/by-path/pci-0000:66:00.0-card", "../card0"));
        assertThat(nodes(host.assemble(NONE), "0"))
                .containsExactlyInAnyOrder("/dev/nvidia4", "/dev/dri/card0", "/dev/dri/renderD120", ofFirst + "card");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void aMigDeviceWithoutBothCapabilitiesIsLeftOut(boolean noGpuInstance, boolean noComputeInstance) {
        DataHost host = DataHost.with(0).partitioned(0, "1g.5gb");
        MigDevice mig = mig(
                host,
                Optional.of("1g.5gb"),
                noGpuInstance ? OptionalInt.empty() : OptionalInt.of(30),
                noComputeInstance ? OptionalInt.empty() : OptionalInt.of(31));
        changed(host, OptionalInt.of(4), Optional.empty(), List.of(mig));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> host.assemble(NONE))
                .withMessage("no GPU or MIG device can be offered: " + MIG
                        + " left out: the driver names no capability for GPU instance 9, compute instance 1");
    }

    @ParameterizedTest
    @CsvSource({"30, 31", "31, 30"})
    void aCapabilityWithoutItsNodeIsWarnedOf(int missing, int there) throws AssembleException {
        DataHost host = DataHost.with(0).partitioned(0, "1g.5gb");
        String path = "/dev/nvidia-caps/nvidia-cap" + missing;
        Assembly assembly = without(host, path).assemble(NONE);
        assertThat(nodes(assembly, "0:2"))
                .containsExactlyInAnyOrder("/dev/nvidia4", "/dev/nvidia-caps/nvidia-cap" + there);
        assertThat(incomplete(assembly))
                .containsExactly(new Notice(
                        Notice.Level.WARNING,
                        Notice.Id.NODE_MISSING,
                        path,
                        MIG + ": " + path + " does not exist as a device node",
                        "nvidia-modprobe -f makes it; without it the MIG device cannot be opened"));
    }

    @Test
    void anUnknownMigProfileIsWarnedOf() throws AssembleException {
        DataHost host = DataHost.with(0).partitioned(0, "1g.24gb+gfx").drm(0, 0660, 44);
        MigDevice mig = mig(host, Optional.empty(), OptionalInt.of(30), OptionalInt.of(31));
        Assembly assembly =
                changed(host, OptionalInt.of(4), Optional.empty(), List.of(mig)).assemble(NONE);
        assertThat(nodes(assembly, "0:2")).noneMatch(path -> path.startsWith("/dev/dri"));
        assertThat(incomplete(assembly))
                .containsExactly(new Notice(
                        Notice.Level.WARNING,
                        MIG + " has an unknown MIG profile: if it can draw, its DRM nodes are missing",
                        "a newer gpu-cdi may know the profile; compute is not affected"));
    }

    @Test
    void aMigDeviceThatDrawsHasTheLinksOfItsGpu() throws AssembleException {
        Assembly assembly =
                DataHost.with(0).partitioned(0, "1g.24gb+gfx").drm(0, 0660, 44).assemble(NONE);
        assertThat(nodes(assembly, "0:2"))
                .contains("/dev/dri/by-path/pci-0000:65:00.0-card", "/dev/dri/by-path/pci-0000:65:00.0-render");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NOT_FOUND       | DEBUG   | libx.so.1 is not on this host
            FOREIGN_ELF     | DEBUG   | /usr/lib/libx.so.1 left out: it is for another kind of processor
            DANGLING_LINK   | WARNING | /usr/lib/libx.so.1 left out: the link leads nowhere
            LINK_LOOP       | WARNING | /usr/lib/libx.so.1 left out: the link leads back to itself
            UNREADABLE      | WARNING | /usr/lib/libx.so.1 left out: it cannot be read
            NOT_ELF         | WARNING | /usr/lib/libx.so.1 left out: it is no ELF library
            UNWRITABLE_NAME | WARNING | /usr/lib/libx.so.1 left out: its name holds a control character
            """)
    void whyAFileIsNotInTheSpecIsSaid(FailedLookup.Reason reason, Notice.Level level, String what)
            throws AssembleException {
        String path = reason == FailedLookup.Reason.NOT_FOUND ? "" : "/usr/lib/libx.so.1";
        Assembly assembly = failing(new FailedLookup("libx.so.1", path, reason));
        assertThat(assembly.notices())
                .filteredOn(notice -> notice.what().contains("libx"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.what()).isEqualTo(what))
                .satisfies(notice -> assertThat(notice.level()).isEqualTo(level));
    }

    /** Links for linkers lead nowhere on hosts that are healthy: they are looked for because some ask for them. */
    @Test
    void whatNobodyAskedForIsNoWarning() throws AssembleException {
        FailedLookup failed = new FailedLookup("libGL.so", "/usr/lib/libGL.so", FailedLookup.Reason.DANGLING_LINK);

        assertThat(incomplete(failing(failed))).isEmpty();
        assertThat(incomplete(failing(failed, NONE.features(Feature.EXPLICIT_DRIVER_LIBRARIES))))
                .hasSize(1);
    }

    private static Assembly failing(FailedLookup failed) throws AssembleException {
        return failing(failed, NONE);
    }

    private static Assembly failing(FailedLookup failed, Wanted wanted) throws AssembleException {
        HostSnapshot host = DataHost.with(1).snapshot();
        DriverFiles files = host.get(SectionKey.FILES).data().orElseThrow();
        HostSnapshot lacking = host.with(
                SectionKey.FILES,
                Section.of(new DriverFiles(
                        files.libraryDirectories(), files.libraries(), files.files(), List.of(failed))));
        return SpecAssembler.assemble(Mode.NVML, lacking, wanted.options());
    }

    @ParameterizedTest
    @EnumSource(value = HooksPolicy.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void filesGoWhereProgramsLookForThem(HooksPolicy hooks) throws AssembleException {
        CdiSpec spec = DataHost.below("/drv", "/", 1)
                .file(FoundFile.Role.BINARY, "nvidia-smi", "/drv/usr/bin/nvidia-smi")
                .file(FoundFile.Role.FIRMWARE, "nvidia/1/gsp_x.bin", "/drv/lib/firmware/nvidia/1/gsp_x.bin")
                .file(FoundFile.Role.SHARE_CONFIG, "egl/a.json", "/drv/usr/local/share/egl/a.json")
                .file(FoundFile.Role.ETC_CONFIG, "vulkan/b.json", "/drv/usr/share/vulkan/b.json")
                .spec(Wanted.hooks(hooks));
        assertThat(spec.containerEdits().mounts())
                .extracting(mount -> mount.hostPath() + " " + mount.containerPath())
                .contains(
                        "/drv/usr/bin/nvidia-smi /usr/bin/nvidia-smi",
                        "/drv/lib/firmware/nvidia/1/gsp_x.bin /lib/firmware/nvidia/1/gsp_x.bin",
                        "/drv/usr/local/share/egl/a.json /usr/share/egl/a.json",
                        "/drv/usr/share/vulkan/b.json /etc/vulkan/b.json");
    }

    @Test
    void aHostWithNvidiaSmiIsNotToldOtherwise() throws AssembleException {
        for (FoundFile.Role role : List.of(FoundFile.Role.BINARY, FoundFile.Role.SHARE_CONFIG)) {
            Assembly assembly = DataHost.with(1)
                    .file(role, "nvidia-smi", "/usr/bin/nvidia-smi")
                    .file(FoundFile.Role.BINARY, "nvidia-debugdump", "/usr/bin/nvidia-debugdump")
                    .assemble(NONE);
            assertThat(assembly.notices().stream()
                            .anyMatch(notice -> notice.what().startsWith("nvidia-smi is not")))
                    .isEqualTo(role != FoundFile.Role.BINARY);
        }
    }

    @Test
    void aNodeTableOfNothingHasNoLinks() throws AssembleException {
        DataHost host = DataHost.with(1).drm(0, 0660, 44);
        HostSnapshot unlinked =
                host.snapshot().with(SectionKey.NODES, Section.of(new DeviceNodes(host.nodes, List.of())));
        Assembly assembly = SpecAssembler.assemble(Mode.NVML, unlinked, NONE.options());
        assertThat(nodes(assembly, "0"))
                .containsExactlyInAnyOrder("/dev/nvidia4", "/dev/dri/card0", "/dev/dri/renderD120");
    }
}
