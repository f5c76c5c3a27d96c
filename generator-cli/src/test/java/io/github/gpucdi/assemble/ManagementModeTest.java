package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mode for containers that manage GPUs. */
class ManagementModeTest {
    private static final Wanted HOOKS = Wanted.hooks(HooksPolicy.NVIDIA);
    private static final Wanted NONE = Wanted.hooks(HooksPolicy.NONE);

    /** No more than the mode's own sections: NVML's is not among them. */
    private static HostSnapshot of(DataHost host) {
        HostSnapshot all = host.snapshot().with(SectionKey.IMEX, Section.absent("there is no channel"));
        HostSnapshot own = HostSnapshot.of(all.options(), all.platform());
        for (SectionKey<?> key : Mode.MANAGEMENT.sections()) {
            own = with(own, all, key);
        }
        return own;
    }

    private static <T> HostSnapshot with(HostSnapshot own, HostSnapshot all, SectionKey<T> key) {
        return own.with(key, all.get(key));
    }

    private static CdiSpec spec(HostSnapshot snapshot, Wanted wanted) throws AssembleException {
        return SpecAssembler.assemble(Mode.MANAGEMENT, snapshot, wanted.options())
                .specs()
                .get(0)
                .spec();
    }

    private static AssembleException.Reason refusal(HostSnapshot snapshot) {
        AssembleException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                AssembleException.class, () -> spec(snapshot, NONE));
        return failure.reason();
    }

    private static List<String> nodes(CdiSpec spec) {
        return DataHost.device(spec, "all").containerEdits().deviceNodes().stream()
                .map(DeviceNode::path)
                .toList();
    }

    @Test
    void everyNodeOfTheDriverAndNoOther() throws Exception {
        DataHost host = DataHost.with(2).drm(0, 0660, 44);
        host.node("/dev/nvidia-caps/nvidia-cap1", 1, 0400, 0)
                .node("/dev/nvidia-caps/other", 1, 0400, 0)
                .node("/dev/nvidia-modeset", 254, 0666, 0)
                .node("/dev/nvidia-fs0", 0, 0600, 0)
                .node("/dev/nvidia-nvswitchctl", 0, 0666, 0)
                .node("/dev/nvidia-nvlink", 0, 0666, 0);
        CharNode channel = new CharNode("/dev/nvidia-caps-imex-channels/channel0", 503, 0, 0666, 0, 0);
        HostSnapshot snapshot =
                of(host).with(SectionKey.IMEX, Section.of(new SideDevices(List.of(channel), List.of(), List.of())));
        CdiSpec spec = spec(snapshot, NONE);

        assertThat(spec.kind()).isEqualTo("management.nvidia.com/gpu");
        assertThat(DataHost.names(spec)).containsExactly("all");
        assertThat(spec.containerEdits().deviceNodes()).isEmpty();
        assertThat(nodes(spec))
                .containsExactly(
                        "/dev/nvidia-modeset",
                        "/dev/nvidia-uvm",
                        "/dev/nvidia4",
                        "/dev/nvidia5",
                        "/dev/nvidiactl",
                        "/dev/nvidia-caps-imex-channels/channel0",
                        "/dev/nvidia-caps/nvidia-cap1");
    }

    @Test
    void theDriverWithoutGraphics() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.EGL_PLATFORM, "libnvidia-egl-wayland.so.1.1.9", "libnvidia-egl-wayland.so.1")
                .file(Role.BINARY, "nvidia-smi", "/usr/bin/nvidia-smi")
                .file(Role.BINARY, "nvidia-xconfig", "/usr/bin/nvidia-xconfig")
                .file(Role.IPC, "nvidia-mps", "/tmp/nvidia-mps")
                .file(Role.XORG, "nvidia_drv.so", "/usr/lib/xorg/modules/drivers/nvidia_drv.so")
                .file(Role.FIRMWARE, "nvidia/1/gsp.bin", "/lib/firmware/nvidia/1/gsp.bin")
                .manifest(Role.SHARE_CONFIG, "glvnd/egl_vendor.d/10_nvidia.json", "libEGL_nvidia.so.0");
        for (Wanted wanted : List.of(NONE, HOOKS)) {
            assertThat(spec(of(host), wanted).containerEdits().mounts())
                    .extracting(Mount::hostPath)
                    .contains("/usr/bin/nvidia-smi", "/tmp/nvidia-mps", "/lib/firmware/nvidia/1/gsp.bin")
                    .noneMatch(path -> path.contains("egl") || path.contains("xorg") || path.contains("xconfig"));
        }
    }

    @Test
    void hooksAreThoseOfTheMode() throws Exception {
        HostSnapshot snapshot = of(DataHost.with(1).node("/dev/nvidia-caps/nvidia-cap1", 1, 0400, 0));
        assertThat(subcommands(spec(snapshot, HOOKS)))
                .containsExactly("create-symlinks", "enable-cuda-compat", "update-ldcache");
        CdiSpec more = spec(
                snapshot,
                HOOKS.switches(
                        false,
                        Set.of(HookName.ENABLE_CUDA_COMPAT),
                        Set.of(
                                HookName.DISABLE_DEVICE_NODE_MODIFICATION,
                                HookName.UPDATE_APPLICATION_PROFILE,
                                HookName.CHMOD)));
        assertThat(subcommands(more))
                .containsExactly("create-symlinks", "update-ldcache", "disable-device-node-modification");
        assertThat(DataHost.device(more, "all").containerEdits().hooks())
                .singleElement()
                .satisfies(hook -> assertThat(hook.args()).endsWith("--mode", "755", "--path", "/dev/nvidia-caps"));
    }

    private static List<String> subcommands(CdiSpec spec) {
        return spec.containerEdits().hooks().stream()
                .map(hook -> hook.args().get(1))
                .toList();
    }

    @Test
    void aMissingControlNodeMakesItIncomplete() throws Exception {
        DataHost host = DataHost.with(1);
        host.nodes.removeIf(node -> node.path().equals("/dev/nvidiactl"));
        assertThat(SpecAssembler.assemble(Mode.MANAGEMENT, of(host), NONE.options())
                        .notices())
                .filteredOn(Notice::isIncomplete)
                .extracting(Notice::subject)
                .containsExactly("/dev/nvidiactl");
    }

    @Test
    void withoutDriverNodesOrHalfUpgradedThereIsNothing() {
        HostSnapshot well = of(DataHost.with(1));
        assertThat(refusal(well.with(SectionKey.DRIVER, Section.absent("no module"))))
                .isEqualTo(AssembleException.Reason.GONE);
        assertThat(refusal(well.with(SectionKey.NODES, Section.of(new DeviceNodes(List.of(), List.of())))))
                .isEqualTo(AssembleException.Reason.GONE);
        assertThat(refusal(well.with(
                        SectionKey.FILES, Section.of(new DriverFiles(List.of(), List.of(), List.of(), List.of())))))
                .isEqualTo(AssembleException.Reason.NOTHING_TO_OFFER);
        DriverVersion mixed = new DriverVersion(
                Optional.of("550.1.1"),
                DriverVersion.Source.FILE_NAME,
                Optional.of(DataHost.VERSION),
                List.of("550.1.1"));
        assertThat(refusal(well.with(SectionKey.DRIVER, Section.of(mixed))))
                .isEqualTo(AssembleException.Reason.HALF_UPGRADED);
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> spec(well.with(SectionKey.IMEX, Section.notProbed()), NONE))
                .withMessage("the snapshot has no section 'imex'");
    }
}
