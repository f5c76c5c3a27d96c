package io.github.gpucdi.cdi.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.edit.RootTransform.Face;
import io.github.gpucdi.cdi.edit.RootTransform.RelativeTo;
import io.github.gpucdi.cdi.edit.RootTransform.Rule;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import io.github.gpucdi.cdi.text.RandomSpecs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RootTransformTest {
    private static final int RUNS = 300;

    /** A node as {@code path<hostPath}; each row: before, then after by face and side. */
    @ParameterizedTest
    @CsvSource({
        "/dev/x<,          /dev/x</dev/x,     /dev/x<,          /dev/x<,          /dev/x<",
        "/drv/x<,          /drv/x</tgt/x,     /tgt/x<,          /drv/x</tgt/x,    /tgt/x</drv/x",
        "/dev/x</drv/x,    /dev/x</tgt/x,     /dev/x</drv/x,    /dev/x</tgt/x,    /dev/x</drv/x",
        "/drv/x</drv/x,    /drv/x</tgt/x,     /tgt/x</drv/x,    /drv/x</tgt/x,    /tgt/x</drv/x",
        "/tgt/x</drv/x,    /tgt/x</tgt/x,     /tgt/x</drv/x,    /tgt/x<,          /tgt/x</drv/x",
        "/drv/x</tgt/x,    /drv/x</tgt/x,     /tgt/x</tgt/x,    /drv/x</tgt/x,    /tgt/x<",
        "/dev/x</dev/x,    /dev/x</dev/x,     /dev/x</dev/x,    /dev/x</dev/x,    /dev/x</dev/x",
        "/dev/x</drvx/x,   /dev/x</drvx/x,    /dev/x</drvx/x,   /dev/x</drvx/x,   /dev/x</drvx/x"
    })
    void movesNodes(String node, String host, String container, String mendedHost, String mendedContainer) {
        assertThat(movedNode(node, RelativeTo.HOST, Face.DROP_IN)).isEqualTo(host);
        assertThat(movedNode(node, RelativeTo.CONTAINER, Face.DROP_IN)).isEqualTo(container);
        assertThat(movedNode(node, RelativeTo.HOST, Face.MENDED)).isEqualTo(mendedHost);
        assertThat(movedNode(node, RelativeTo.CONTAINER, Face.MENDED)).isEqualTo(mendedContainer);
    }

    private static String movedNode(String text, RelativeTo relativeTo, Face face) {
        int at = text.indexOf('<');
        DeviceNode node = new DeviceNode(
                text.substring(0, at),
                text.substring(at + 1),
                "c",
                195,
                1,
                OptionalLong.of(438),
                "rw",
                OptionalLong.of(0),
                OptionalLong.of(44));
        DeviceNode moved = moved(edits(node), relativeTo, face).deviceNodes().get(0);
        assertThat(moved)
                .usingRecursiveComparison()
                .ignoringFields("path", "hostPath")
                .isEqualTo(node);
        return moved.path() + "<" + moved.hostPath();
    }

    @ParameterizedTest
    @EnumSource
    void movesMountsAlikeInBothFaces(Face face) {
        Mount mount = new Mount("/drv/h", "/drv/c", List.of("ro", "/drv/o"), "/drv/t");
        assertThat(moved(edits(mount), RelativeTo.HOST, face).mounts())
                .containsExactly(new Mount("/tgt/h", "/drv/c", mount.options(), mount.type()));
        assertThat(moved(edits(mount), RelativeTo.CONTAINER, face).mounts())
                .containsExactly(new Mount("/drv/h", "/tgt/c", mount.options(), mount.type()));
    }

    @ParameterizedTest
    @CsvSource({
        "prestart,        host",
        "createRuntime,   host",
        "createContainer, host",
        "startContainer,  container",
        "poststart,       host",
        "poststop,        host"
    })
    void movesHookPathsAndEnvironmentsWithTheSideTheHookRunsOn(String stage, String side) {
        for (Face face : Face.values()) {
            for (RelativeTo relativeTo : RelativeTo.values()) {
                Hook hook = new Hook(stage, "/drv/bin/h", List.of(), List.of("P=/drv/a:/b:/drv/c"), OptionalLong.of(1));
                boolean moves = relativeTo.name().equalsIgnoreCase(side);
                boolean envMoves = moves && face == Face.MENDED;
                assertThat(moved(edits(hook), relativeTo, face).hooks())
                        .as("%s %s", face, relativeTo)
                        .containsExactly(new Hook(
                                stage,
                                moves ? "/tgt/bin/h" : "/drv/bin/h",
                                List.of(),
                                List.of(envMoves ? "P=/tgt/a:/b:/tgt/c" : "P=/drv/a:/b:/drv/c"),
                                OptionalLong.of(1)));
            }
        }
    }

    /** An argument after the program's name; H: moves with the host's paths, C: with the container's. */
    @ParameterizedTest
    @CsvSource({
        "prestart,        H",
        "createRuntime,   H",
        "createContainer, C",
        "startContainer,  C",
        "poststart,       H",
        "poststop,        H"
    })
    void movesArgumentsByStage(String stage, String side) {
        for (Face face : Face.values()) {
            assertThat(movedArg(stage, "/drv/x", RelativeTo.HOST, face))
                    .isEqualTo(side.equals("H") ? "/tgt/x" : "/drv/x");
            assertThat(movedArg(stage, "/drv/x", RelativeTo.CONTAINER, face))
                    .isEqualTo(side.equals("C") ? "/tgt/x" : "/drv/x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/drv | /tgt | /tgt",
                "/drv//lib/../b | /tgt/b | /tgt/b",
                "/drvx | /drvx | /drvx",
                "//etc/./x | //etc/./x | //etc/./x",
                "drv/x | drv/x | drv/x",
                "/drv/a::/drv/b | /tgt/a::/tgt/b | /tgt/a::/tgt/b",
                "lib.so.1::/drv/b | lib.so.1::/tgt/b | lib.so.1::/tgt/b",
                "../card1::/drv/dev/dri/x | ../card1::/tgt/dev/dri/x | ../card1::/tgt/dev/dri/x",
                "/drv/a::/drv/b::/drv/c | /tgt/a::/tgt/b::/drv/c | /tgt/a::/tgt/b::/drv/c",
                "/drv/a::b,c::/drv/d | /tgt/a::b,c::/drv/d | /tgt/a::b,c::/tgt/d",
                "/drv/a,/drv/b | /tgt/a,/drv/b | /tgt/a,/tgt/b",
                "--folder=/drv/x | --folder=/drv/x | --folder=/tgt/x",
                "--link=/drv/a::/drv/b | --link=/drv/a::/tgt/b | --link=/tgt/a::/tgt/b",
                "--cuda-compat-container-root=/drv/c | --cuda-compat-container-root=/drv/c | --cuda-compat-container-root=/tgt/c",
                "--host-driver-version=550.54.15 | --host-driver-version=550.54.15 | --host-driver-version=550.54.15",
                "root=/drv/x | root=/drv/x | root=/drv/x",
                "'' | '' | ''"
            })
    void movesWithinArguments(String arg, String dropIn, String mended) {
        assertThat(movedArg("createContainer", arg, RelativeTo.CONTAINER, Face.DROP_IN))
                .isEqualTo(dropIn);
        assertThat(movedArg("createContainer", arg, RelativeTo.CONTAINER, Face.MENDED))
                .isEqualTo(mended);
        assertThat(movedArg("createRuntime", arg, RelativeTo.HOST, Face.DROP_IN))
                .isEqualTo(dropIn);
        assertThat(movedArg("createRuntime", arg, RelativeTo.HOST, Face.MENDED)).isEqualTo(mended);
        assertThat(movedArg("createContainer", arg, RelativeTo.HOST, Face.DROP_IN))
                .isEqualTo(arg);
        assertThat(movedArg("createContainer", arg, RelativeTo.HOST, Face.MENDED))
                .isEqualTo(arg);
    }

    private static String movedArg(String stage, String arg, RelativeTo relativeTo, Face face) {
        Hook hook = new Hook(stage, "/h", List.of("h", arg), List.of(), OptionalLong.empty());
        return moved(edits(hook), relativeTo, face).hooks().get(0).args().get(1);
    }

    @Test
    void argumentsThatNameProgramsMoveWithTheHook() {
        List<String> args = List.of(
                "/drv/bin/h",
                "update-ldcache",
                "--ldconfig-path",
                "@/drv/sbin/ldconfig",
                "--folder",
                "/drv/lib",
                "--ldconfig-path=/drv/sbin/ldconfig");
        List<String> programs = List.of(
                "/tgt/bin/h",
                "update-ldcache",
                "--ldconfig-path",
                "@/tgt/sbin/ldconfig",
                "--folder",
                "/drv/lib",
                "--ldconfig-path=/tgt/sbin/ldconfig");
        List<String> others = List.of(
                "/drv/bin/h",
                "update-ldcache",
                "--ldconfig-path",
                "@/drv/sbin/ldconfig",
                "--folder",
                "/tgt/lib",
                "--ldconfig-path=/drv/sbin/ldconfig");
        List<String> dropIn = List.of(
                "/tgt/bin/h",
                "update-ldcache",
                "--ldconfig-path",
                "@/drv/sbin/ldconfig",
                "--folder",
                "/tgt/lib",
                "--ldconfig-path=/drv/sbin/ldconfig");
        ContainerEdits edits = edits(new Hook("createContainer", "/h", args, List.of(), OptionalLong.empty()));
        assertThat(argsOf(moved(edits, RelativeTo.HOST, Face.MENDED))).isEqualTo(programs);
        assertThat(argsOf(moved(edits, RelativeTo.CONTAINER, Face.MENDED))).isEqualTo(others);
        assertThat(argsOf(moved(edits, RelativeTo.HOST, Face.DROP_IN))).isEqualTo(args);
        assertThat(argsOf(moved(edits, RelativeTo.CONTAINER, Face.DROP_IN))).isEqualTo(dropIn);
    }

    private static List<String> argsOf(ContainerEdits edits) {
        return edits.hooks().get(0).args();
    }

    @ParameterizedTest
    @CsvSource({
        "A=/drv/lib,               A=/tgt/lib",
        "A=/drv,                   A=/tgt",
        "A=/drv/a:/usr/b:/drv/c/,  A=/tgt/a:/usr/b:/tgt/c",
        "A=:/drv/a::/drv/b,        A=:/tgt/a::/tgt/b",
        "A=/drvx,                  A=/drvx",
        "A=/drv/../etc,            A=/drv/../etc",
        "A=void,                   A=void",
        "A=x=/drv/a,               A=x=/drv/a",
        "A=http:/drv/a,            A=http:/drv/a",
        "A=,                       A=",
        "/drv/a,                   /drv/a",
        "=/drv/a,                  =/drv/a"
    })
    void environmentOfTheContainerMovesInTheMendedFaceOnly(String entry, String expected) {
        ContainerEdits edits = ContainerEdits.builder().env(entry).build();
        assertThat(moved(edits, RelativeTo.CONTAINER, Face.MENDED).env()).containsExactly(expected);
        assertThat(moved(edits, RelativeTo.HOST, Face.MENDED).env()).containsExactly(entry);
        assertThat(moved(edits, RelativeTo.CONTAINER, Face.DROP_IN).env()).containsExactly(entry);
        assertThat(moved(edits, RelativeTo.HOST, Face.DROP_IN).env()).containsExactly(entry);
    }

    @ParameterizedTest
    @CsvSource({
        "/drv,   /tgt,    /drv/lib,         /tgt/lib",
        "/drv/,  /tgt/,   /drv/lib,         /tgt/lib",
        "/drv,   /,       /drv/lib,         /lib",
        "/drv,   /,       /drv,             /",
        "/drv,   '',      /drv/lib,         /lib",
        "/drv,   '',      /drv,             ''",
        "'',     /tgt,    /lib,             /tgt/lib",
        "'',     /tgt,    /,                /tgt",
        "/,      /tgt,    /lib,             /tgt/lib",
        "/,      /tgt,    lib,              lib",
        "/,      '',      /lib,             /lib",
        "/a/b,   /c/d,    /a/b/x,           /c/d/x",
        "/a/b,   /c/d,    /a/x,             /a/x",
        "/drv,   /drv/in, /drv/x,           /drv/in/x",
        "/drv,   /tgt,    /etc//x/,         /etc//x/"
    })
    void movesByWholeComponents(String from, String to, String path, String expected) {
        CdiSpec spec = spec("0.5.0", edits(Mount.bind(path, "/c", List.of())));
        for (Face face : Face.values()) {
            CdiSpec moved = RootTransform.apply(spec, new Rule(from, to, RelativeTo.HOST, face));
            assertThat(moved.containerEdits().mounts().get(0).hostPath())
                    .as("%s", face)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aPathThatLeavesTheRootIsNotBelowItInTheMendedFace() {
        ContainerEdits edits = edits(Mount.bind("/drv/../etc", "/c", List.of()));
        assertThat(moved(edits, RelativeTo.HOST, Face.MENDED).mounts().get(0).hostPath())
                .isEqualTo("/drv/../etc");
        assertThat(moved(edits, RelativeTo.HOST, Face.DROP_IN).mounts().get(0).hostPath())
                .isEqualTo("/etc");
    }

    /** The version trap: a hostPath needs 0.5.0. */
    @ParameterizedTest
    @CsvSource({
        "0.3.0, HOST,      MENDED,  0.5.0",
        "0.3.0, CONTAINER, MENDED,  0.5.0",
        "v0.4.0, HOST,     MENDED,  0.5.0",
        "0.3.0, HOST,      DROP_IN, 0.3.0",
        "0.6.0, HOST,      MENDED,  0.6.0",
        "v1.0.0, HOST,     MENDED,  v1.0.0",
        "weird, HOST,      MENDED,  weird"
    })
    void raisesAVersionThatIsTooLow(String declared, RelativeTo relativeTo, Face face, String expected) {
        ContainerEdits edits = edits(DeviceNode.resolvedAtStart("/drv/dev/x", "", ""));
        CdiSpec moved = RootTransform.apply(spec(declared, edits), new Rule("/drv", "/tgt", relativeTo, face));
        assertThat(moved.cdiVersion()).isEqualTo(expected);
    }

    @Test
    void theMendedFaceKeepsALowVersionWhereItCan() {
        ContainerEdits edits = edits(DeviceNode.resolvedAtStart("/dev/dxg", "", ""));
        CdiSpec spec = spec("0.3.0", edits);
        Rule mended = new Rule("/drv", "/", RelativeTo.HOST, Face.MENDED);
        assertThat(RootTransform.apply(spec, mended)).isEqualTo(spec);
        Rule dropIn = new Rule("/drv", "/", RelativeTo.HOST, Face.DROP_IN);
        CdiSpec trapped = RootTransform.apply(spec, dropIn);
        assertThat(trapped.cdiVersion()).isEqualTo("0.3.0");
        assertThat(CdiVersion.minimumFor(trapped)).isEqualTo(CdiVersion.V0_5_0);
    }

    @Test
    void restAndOrderStay() {
        ContainerEdits edits = new ContainerEdits(
                List.of(),
                List.of(),
                List.of(new NetDevice("/drv/a", "/drv/b")),
                List.of(),
                List.of(Mount.bind("/drv/z", "/z", List.of()), Mount.bind("/drv/a", "/a", List.of())),
                Optional.of(new IntelRdt("/drv", "/drv/l3", "/drv/mb", Optional.of(List.of("/drv/s")), true)),
                List.of(44L, 10L));
        CdiSpec spec = new CdiSpec(
                "1.1.0",
                "/drv/k",
                Map.of("/drv/a", "/drv/b"),
                List.of(new Device("/drv/d", Map.of("k", "/drv"), edits)),
                edits);
        ContainerEdits expected = new ContainerEdits(
                List.of(),
                List.of(),
                edits.netDevices(),
                List.of(),
                List.of(Mount.bind("/tgt/z", "/z", List.of()), Mount.bind("/tgt/a", "/a", List.of())),
                edits.intelRdt(),
                edits.additionalGids());
        for (Face face : Face.values()) {
            assertThat(RootTransform.apply(spec, new Rule("/drv", "/tgt", RelativeTo.HOST, face)))
                    .isEqualTo(new CdiSpec(
                            "1.1.0",
                            "/drv/k",
                            spec.annotations(),
                            List.of(new Device("/drv/d", Map.of("k", "/drv"), expected)),
                            expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"/drv, /drv", "/drv/, /drv", "/drv, /drv/", "'', ''", "'', /", "/, /"})
    void theSameRootChangesNothing(String from, String to) {
        for (Face face : Face.values()) {
            for (RelativeTo relativeTo : RelativeTo.values()) {
                Rule rule = new Rule(from, to, relativeTo, face);
                for (long seed = 0; seed < RUNS; seed++) {
                    CdiSpec clean = CleanSpecs.seeded(seed);
                    assertThat(RootTransform.apply(clean, rule))
                            .as("seed %d", seed)
                            .isEqualTo(clean);
                    CdiSpec hostile = RandomSpecs.seeded(seed);
                    assertThat(RootTransform.apply(hostile, rule))
                            .as("hostile seed %d", seed)
                            .isEqualTo(hostile);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"MENDED, HOST", "MENDED, CONTAINER", "DROP_IN, CONTAINER"})
    void thereAndBackIsTheSame(Face face, RelativeTo relativeTo) {
        for (long seed = 0; seed < RUNS; seed++) {
            CdiSpec spec = CleanSpecs.seeded(seed);
            CdiSpec there = RootTransform.apply(spec, new Rule(CleanSpecs.ROOT, "/new/root", relativeTo, face));
            assertThat(there).as("seed %d", seed).isNotEqualTo(spec);
            CdiSpec back = RootTransform.apply(there, new Rule("/new/root", CleanSpecs.ROOT, relativeTo, face));
            assertThat(back).as("seed %d", seed).isEqualTo(spec);
        }
    }

    /** Both sides moved, no path of the old root is left. */
    @Test
    void theMendedFaceFindsEveryPath() {
        for (long seed = 0; seed < RUNS; seed++) {
            CdiSpec host = RootTransform.apply(
                    CleanSpecs.seeded(seed), new Rule(CleanSpecs.ROOT, "/tgt", RelativeTo.HOST, Face.MENDED));
            CdiSpec both =
                    RootTransform.apply(host, new Rule(CleanSpecs.ROOT, "/tgt", RelativeTo.CONTAINER, Face.MENDED));
            assertThat(both.toString()).as("seed %d", seed).doesNotContain(CleanSpecs.ROOT + "/");
        }
    }

    private static ContainerEdits moved(ContainerEdits edits, RelativeTo relativeTo, Face face) {
        CdiSpec spec = spec("0.5.0", edits);
        CdiSpec moved = RootTransform.apply(spec, new Rule("/drv", "/tgt", relativeTo, face));
        assertThat(moved.devices().get(0).containerEdits()).isEqualTo(moved.containerEdits());
        return moved.containerEdits();
    }

    private static CdiSpec spec(String version, ContainerEdits edits) {
        return new CdiSpec(version, "vendor.com/gpu", Map.of(), List.of(Device.of("gpu", edits)), edits);
    }

    private static ContainerEdits edits(DeviceNode node) {
        return ContainerEdits.builder().deviceNode(node).build();
    }

    private static ContainerEdits edits(Hook hook) {
        return ContainerEdits.builder().hook(hook).build();
    }

    private static ContainerEdits edits(Mount mount) {
        return ContainerEdits.builder().mount(mount).build();
    }
}
