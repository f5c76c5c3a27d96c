package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CdiVersionTest {
    private static final ContainerEdits ENV =
            ContainerEdits.builder().env("A=b").build();

    @ParameterizedTest
    @CsvSource({"0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0", "0.6.0", "0.7.0", "0.8.0", "1.0.0", "1.1.0"})
    void knowsEveryReleasedVersionWithAndWithoutV(String text) {
        assertThat(CdiVersion.parse(text)).get().extracting(CdiVersion::text).isEqualTo(text);
        assertThat(CdiVersion.parse("v" + text)).isEqualTo(CdiVersion.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "v", "vv0.6.0", "V0.6.0", "0.6", "0.6.1", "1.1.0-rc.1", " 0.6.0", "0.6.0 ", "1.2.0", "00.6.0"
            })
    void takesNothingElse(String text) {
        assertThat(CdiVersion.parse(text)).isEmpty();
    }

    static List<Arguments> content() {
        ContainerEdits hostPath = node("/dev/w", "/dev/w");
        ContainerEdits mountType = ContainerEdits.builder()
                .mount(new Mount("/a", "/b", List.of(), "tmpfs"))
                .build();
        ContainerEdits gids =
                ContainerEdits.builder().additionalGids(List.of(0L)).build();
        ContainerEdits rdt = rdt(new IntelRdt("", "", "", Optional.empty(), false));
        ContainerEdits schemata = rdt(new IntelRdt("", "", "", Optional.of(List.of()), false));
        ContainerEdits monitoring = rdt(new IntelRdt("", "", "", Optional.empty(), true));
        ContainerEdits net =
                ContainerEdits.builder().netDevice(new NetDevice("a", "b")).build();
        return List.of(
                Arguments.of("plain", spec("acme.example/widget", "w", ENV, ENV), CdiVersion.V0_3_0),
                Arguments.of("node without hostPath", spec("a.b/cc", "w", node("/dev/w", ""), ENV), CdiVersion.V0_3_0),
                Arguments.of("dots in the vendor", spec("a.b.c.d/widget", "w", ENV, ENV), CdiVersion.V0_3_0),
                Arguments.of("digit inside a name", spec("a.b/cc", "gpu0", ENV, ENV), CdiVersion.V0_3_0),
                Arguments.of("non-ASCII digit", spec("a.b/cc", "\u0661", ENV, ENV), CdiVersion.V0_3_0),
                Arguments.of("empty name, no kind", spec("", "", ENV, ENV), CdiVersion.V0_3_0),
                Arguments.of("mount type", spec("a.b/cc", "w", mountType, ENV), CdiVersion.V0_4_0),
                Arguments.of("mount type in root", spec("a.b/cc", "w", ENV, mountType), CdiVersion.V0_4_0),
                Arguments.of("hostPath equal to path", spec("a.b/cc", "w", hostPath, ENV), CdiVersion.V0_5_0),
                Arguments.of("hostPath in root", spec("a.b/cc", "w", ENV, hostPath), CdiVersion.V0_5_0),
                Arguments.of("name starts with a digit", spec("a.b/cc", "0", ENV, ENV), CdiVersion.V0_5_0),
                Arguments.of("dotted class", spec("a.b/c.d", "w", ENV, ENV), CdiVersion.V0_6_0),
                Arguments.of("dot after a second slash", spec("a/b/c.d", "w", ENV, ENV), CdiVersion.V0_6_0),
                Arguments.of("gids even 0", spec("a.b/cc", "w", gids, ENV), CdiVersion.V0_7_0),
                Arguments.of("gids in root", spec("a.b/cc", "w", ENV, gids), CdiVersion.V0_7_0),
                Arguments.of("empty intelRdt", spec("a.b/cc", "w", rdt, ENV), CdiVersion.V0_7_0),
                Arguments.of("intelRdt in root", spec("a.b/cc", "w", ENV, rdt), CdiVersion.V0_7_0),
                Arguments.of("empty schemata", spec("a.b/cc", "w", schemata, ENV), CdiVersion.V1_1_0),
                Arguments.of("monitoring", spec("a.b/cc", "w", ENV, monitoring), CdiVersion.V1_1_0),
                Arguments.of("net devices", spec("a.b/cc", "w", net, ENV), CdiVersion.V1_1_0),
                Arguments.of("highest wins", spec("a.b/c.d", "0", gids, mountType), CdiVersion.V0_7_0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("content")
    void minimumFollowsTheContent(String what, CdiSpec spec, CdiVersion expected) {
        assertThat(CdiVersion.minimumFor(spec)).isEqualTo(expected);
        assertThat(CdiVersion.minimumFor(spec.withCdiVersion("1.1.0"))).isEqualTo(expected);
    }

    @Test
    void annotationsNeed060() {
        Map<String, String> note = Map.of("a", "b");
        CdiSpec onSpec = new CdiSpec("", "a.b/cc", note, List.of(Device.of("w", ENV)), ENV);
        CdiSpec onDevice = new CdiSpec("", "a.b/cc", Map.of(), List.of(new Device("w", note, ENV)), ENV);
        assertThat(CdiVersion.minimumFor(onSpec)).isEqualTo(CdiVersion.V0_6_0);
        assertThat(CdiVersion.minimumFor(onDevice)).isEqualTo(CdiVersion.V0_6_0);
    }

    private static CdiSpec spec(String kind, String name, ContainerEdits device, ContainerEdits root) {
        return new CdiSpec("0.3.0", kind, Map.of(), List.of(Device.of("zz", ENV), Device.of(name, device)), root);
    }

    private static ContainerEdits node(String path, String hostPath) {
        return ContainerEdits.builder()
                .deviceNode(DeviceNode.resolvedAtStart(path, hostPath, ""))
                .build();
    }

    private static ContainerEdits rdt(IntelRdt rdt) {
        return ContainerEdits.builder().intelRdt(rdt).build();
    }
}
