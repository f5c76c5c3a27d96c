package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.SandboxutilsDevice;
import io.github.gpucdi.host.SandboxutilsFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs of hosts on which libnvidia-sandboxutils was asked. */
class SandboxutilsEditsTest {
    private static final Wanted NONE = Wanted.hooks(HooksPolicy.NONE);
    private static final String CARD_LINK = "/dev/dri/by-path/pci-0000:65:00.0-card";

    private static SandboxutilsDevice gpu(List<String> nodes, List<String> drm, NodeLink... links) {
        return new SandboxutilsDevice(DataHost.uuid(0), Optional.empty(), nodes, drm, List.of(), List.of(links));
    }

    private static SandboxutilsFacts facts(SandboxutilsDevice... devices) {
        return new SandboxutilsFacts(
                "libnvidia-sandboxutils.so.1", Optional.of(DataHost.VERSION), List.of(devices), List.of());
    }

    private static HostSnapshot asked(DataHost host, SandboxutilsFacts facts) {
        return host.snapshot().with(SectionKey.SANDBOXUTILS, Section.of(facts));
    }

    private static Assembly assemble(HostSnapshot snapshot, Wanted wanted) throws AssembleException {
        return SpecAssembler.assemble(Mode.NVML, snapshot, wanted.options());
    }

    private static CdiSpec spec(HostSnapshot snapshot, Wanted wanted) throws AssembleException {
        return assemble(snapshot, wanted).specs().get(0).spec();
    }

    private static List<String> nodes(CdiSpec spec, String device) {
        return DataHost.device(spec, device).containerEdits().deviceNodes().stream()
                .map(DeviceNode::path)
                .toList();
    }

    private static List<String> told(HostSnapshot snapshot, Notice.Level level) throws AssembleException {
        return assemble(snapshot, NONE).notices().stream()
                .filter(notice -> notice.level() == level)
                .map(Notice::what)
                .toList();
    }

    @Test
    void nodesAreThoseThatTheLibraryTells() throws Exception {
        DataHost host = DataHost.with(1).node("/dev/dri/card7", 7, 0660, 44);
        HostSnapshot snapshot = asked(
                host,
                facts(gpu(List.of("/dev/nvidia4"), List.of("/dev/dri/card7"), new NodeLink(CARD_LINK, "../card7"))));
        assertThat(nodes(spec(snapshot, NONE), "0")).containsExactly("/dev/nvidia4", "/dev/dri/card7", CARD_LINK);
        assertThat(told(snapshot, Notice.Level.DEBUG))
                .contains("GPU 0 (" + DataHost.uuid(0) + ") has of libnvidia-sandboxutils, not of NVML: " + CARD_LINK
                        + ", /dev/dri/card7");
        assertThat(told(snapshot, Notice.Level.ADVICE)).isEmpty();
    }

    @Test
    void linksHaveNoRootInFront() throws Exception {
        DataHost host = DataHost.below("/drv", "/drv", 1).drm(0, 0660, 44);
        SandboxutilsFacts facts =
                facts(gpu(List.of("/dev/nvidia4"), List.of("/dev/dri/card0"), new NodeLink(CARD_LINK, "../card0")));
        for (HostSnapshot snapshot : List.of(asked(host, facts), host.snapshot())) {
            CdiSpec spec = spec(snapshot, Wanted.hooks(HooksPolicy.NVIDIA));
            assertThat(DataHost.device(spec, "0")
                            .containerEdits()
                            .hooks()
                            .get(0)
                            .args())
                    .contains("../card0::" + CARD_LINK);
        }
    }

    @Test
    void aLinkToAnotherDevicesNodeIsLeftOut() throws Exception {
        DataHost host = DataHost.with(1).drm(0, 0660, 44);
        HostSnapshot snapshot =
                asked(host, facts(gpu(List.of("/dev/nvidia4"), List.of(), new NodeLink(CARD_LINK, "../card0"))));
        assertThat(nodes(spec(snapshot, NONE), "0")).containsExactly("/dev/nvidia4");
        assertThat(told(snapshot, Notice.Level.DEBUG))
                .anySatisfy(what -> assertThat(what).contains("has not, though NVML tells them", "/dev/dri/card0"));
    }

    @Test
    void aNodeThatDoesNotExistIsMissing() throws Exception {
        HostSnapshot snapshot = asked(DataHost.with(1), facts(gpu(List.of("/dev/nvidia4"), List.of("/dev/dri/card9"))));
        assertThat(nodes(spec(snapshot, NONE), "0")).containsExactly("/dev/nvidia4");
        assertThat(told(snapshot, Notice.Level.WARNING))
                .singleElement()
                .asString()
                .contains("/dev/dri/card9 does not exist as a device node");
    }

    @Test
    void aGpuWithoutTheNodeThatIsToldIsLeftOut() {
        HostSnapshot snapshot = asked(DataHost.with(1), facts(gpu(List.of("/dev/nvidia9"), List.of())));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> assemble(snapshot, NONE))
                .withMessageContaining("/dev/nvidia9 does not exist as a device node");
    }

    @ParameterizedTest
    @EnumSource(value = HooksPolicy.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aDeviceThatIsNotToldHasNvmlsNodesAndLinks(HooksPolicy hooks) throws Exception {
        DataHost host = DataHost.with(1).drm(0, 0660, 44);
        CdiSpec own = host.spec(Wanted.hooks(hooks));
        assertThat(nodes(own, "0")).contains("/dev/dri/card0");
        for (SandboxutilsFacts facts : List.of(
                facts(SandboxutilsDevice.failed(DataHost.uuid(0), "a call answered UNKNOWN (65535)")),
                facts(gpu(List.of(), List.of("/dev/dri/card0"))),
                facts())) {
            HostSnapshot snapshot = asked(host, facts);
            assertThat(spec(snapshot, Wanted.hooks(hooks))).isEqualTo(own);
            assertThat(told(snapshot, Notice.Level.ADVICE))
                    .singleElement()
                    .asString()
                    .startsWith("GPU 0 (" + DataHost.uuid(0) + "): libnvidia-sandboxutils tells no nodes: ");
        }
    }

    @Test
    void aLibraryThatTellsNothingIsToldOnce() throws Exception {
        HostSnapshot snapshot =
                DataHost.with(2).snapshot().with(SectionKey.SANDBOXUTILS, Section.absent("cannot load it"));
        assertThat(spec(snapshot, NONE)).isEqualTo(DataHost.with(2).spec(NONE));
        assertThat(told(snapshot, Notice.Level.ADVICE))
                .containsExactly("libnvidia-sandboxutils tells nothing: cannot load it");
    }

    @Test
    void anotherVersionIsToldAndBreaksNothing() throws Exception {
        SandboxutilsFacts facts = new SandboxutilsFacts(
                "libnvidia-sandboxutils.so.1",
                Optional.of("999.88.77"),
                List.of(gpu(List.of("/dev/nvidia4"), List.of())),
                List.of("nvSandboxUtilsShutdown answered UNINITIALIZED (1)"));
        HostSnapshot snapshot = asked(DataHost.with(1), facts);
        assertThat(spec(snapshot, NONE)).isEqualTo(DataHost.with(1).spec(NONE));
        assertThat(told(snapshot, Notice.Level.ADVICE))
                .containsExactly(
                        "libnvidia-sandboxutils reports driver version 999.88.77, in use is " + DataHost.VERSION);
        assertThat(told(snapshot, Notice.Level.DEBUG))
                .contains("libnvidia-sandboxutils: nvSandboxUtilsShutdown answered UNINITIALIZED (1)");
    }

    @ParameterizedTest
    @EnumSource(
            value = Feature.class,
            names = {"NO_SANDBOXUTILS", "NO_SANDBOXUTILS_MISSPELT"})
    void whatIsForbiddenIsNotUsed(Feature feature) throws Exception {
        HostSnapshot snapshot = asked(DataHost.with(1), facts());
        assertThat(assemble(snapshot, NONE.features(feature)))
                .isEqualTo(DataHost.with(1).assemble(NONE.features(feature)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1g.24gb", "1g.24gb+gfx"})
    void onlyAMigDeviceThatDrawsHasDrmNodes(String profile) throws Exception {
        DataHost host = DataHost.with(0).partitioned(0, profile).drm(0, 0660, 44);
        String uuid = host.gpus.get(0).migDevices().get(0).uuid();
        SandboxutilsDevice told = new SandboxutilsDevice(
                uuid,
                Optional.empty(),
                List.of("/dev/nvidia4"),
                List.of("/dev/dri/card0"),
                List.of("/dev/nvidia-caps/nvidia-cap31"),
                List.of());
        List<String> nodes = nodes(spec(asked(host, facts(told)), NONE), "0:2");
        assertThat(nodes).contains("/dev/nvidia4", "/dev/nvidia-caps/nvidia-cap31");
        assertThat(nodes).doesNotContain("/dev/nvidia-caps/nvidia-cap30");
        assertThat(nodes.contains("/dev/dri/card0")).isEqualTo(profile.endsWith("gfx"));
    }
}
