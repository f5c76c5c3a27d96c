package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BuilderTest {
    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    void aNodeStatesWhatIsSet() {
        assertThat(DeviceNode.builder("/dev/a").build())
                .isEqualTo(new DeviceNode("/dev/a", "", "", 0, 0, NONE, "", NONE, NONE));
        DeviceNode all = DeviceNode.builder("/dev/a")
                .hostPath("/dev/b")
                .type("c")
                .numbers(195, 7)
                .fileMode(0660)
                .permissions("rw")
                .uid(1)
                .gid(2)
                .build();
        OptionalLong mode = OptionalLong.of(0660);
        assertThat(all)
                .isEqualTo(new DeviceNode(
                        "/dev/a", "/dev/b", "c", 195, 7, mode, "rw", OptionalLong.of(1), OptionalLong.of(2)));
        assertThat(all.toBuilder().build()).isEqualTo(all);
        assertThat(all.toBuilder().path("/dev/c").build().path()).isEqualTo("/dev/c");
    }

    @Test
    void editsHoldEveryPart() {
        DeviceNode node = DeviceNode.builder("/dev/a").build();
        NetDevice net = new NetDevice("eth0", "eth1");
        Hook hook = new Hook("poststop", "/bin/true", List.of(), List.of(), NONE);
        Mount mount = Mount.bind("/a", "/b", List.of());
        IntelRdt rdt = new IntelRdt("c", "", "", Optional.empty(), false);
        ContainerEdits edits = ContainerEdits.builder()
                .env("A=b")
                .deviceNode(node)
                .netDevice(net)
                .hook(hook)
                .mount(mount)
                .intelRdt(rdt)
                .additionalGid(5)
                .additionalGids(List.of(6L))
                .build();
        assertThat(edits)
                .isEqualTo(new ContainerEdits(
                        List.of("A=b"),
                        List.of(node),
                        List.of(net),
                        List.of(hook),
                        List.of(mount),
                        Optional.of(rdt),
                        List.of(5L, 6L)));
    }

    @Test
    void aSpecDeclaresTheLowestVersionUnlessTold() {
        ContainerEdits edits = ContainerEdits.builder().env("A=b").build();
        assertThat(CdiSpec.builder("a.b/cc")
                        .device("w", edits)
                        .containerEdits(edits)
                        .build())
                .isEqualTo(new CdiSpec("0.3.0", "a.b/cc", Map.of(), List.of(Device.of("w", edits)), edits));
        Device noted = new Device("w", Map.of("k", "v"), edits);
        assertThat(CdiSpec.builder("a.b/cc").device(noted).annotation("x", "y").build())
                .isEqualTo(new CdiSpec("0.6.0", "a.b/cc", Map.of("x", "y"), List.of(noted), ContainerEdits.EMPTY));
        assertThat(CdiSpec.builder("a.b/cc").cdiVersion("0.7.0").build().cdiVersion())
                .isEqualTo("0.7.0");
    }
}
