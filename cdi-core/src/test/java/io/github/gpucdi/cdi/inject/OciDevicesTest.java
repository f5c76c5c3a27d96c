package io.github.gpucdi.cdi.inject;

import static io.github.gpucdi.cdi.inject.Trees.parsed;
import static io.github.gpucdi.cdi.inject.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Device nodes, their owners and cgroup rules, and how a node is completed from the host. */
class OciDevicesTest {
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final HostNodes HOST = HostNodes.of(Map.of(
            "/dev/char", new HostNode(HostNode.Type.CHAR, 195, 3, 0666),
            "/dev/block", new HostNode(HostNode.Type.BLOCK, 8, 0, 0660),
            "/dev/fifo", new HostNode(HostNode.Type.FIFO, 0, 0, 0600),
            "/dev/link", new HostNode(HostNode.Type.OTHER, 0, 0, 0777)));

    private static DeviceNode node(String hostPath, String type, long major, long minor) {
        return new DeviceNode("/dev/n", hostPath, type, major, minor, NONE, "", NONE, NONE);
    }

    private static DeviceNode stated(String path, String type, String permissions) {
        return new DeviceNode(path, "", type, 1, 2, NONE, permissions, NONE, NONE);
    }

    private static String apply(String config, LibraryRelease library, DeviceNode... nodes) throws CdiException {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        for (DeviceNode node : nodes) {
            edits.deviceNode(node);
        }
        return text(Injector.apply(parsed(config), edits.build(), HOST, library));
    }

    private static String completed(LibraryRelease library, DeviceNode node) throws CdiException {
        DeviceNode complete = NodeCompletion.complete(node, HOST, library);
        return complete.type() + " " + complete.major() + ":" + complete.minor() + " "
                + (complete.fileMode().isPresent()
                        ? Long.toOctalString(complete.fileMode().getAsLong())
                        : "-");
    }

    // completing a node

    @ParameterizedTest
    @CsvSource({
        "/dev/char,  c, 5, 0, c 5:0 666",
        "/dev/char,  u, 5, 7, u 5:7 666",
        "/dev/char,  b, 5, 7, b 5:7 666",
        "/dev/char,  c, -1, 7, c -1:7 666",
        "/dev/fifo,  p, 0, 7, p 0:7 600",
        "/dev/char,  p, 0, 0, p 0:0 666",
        "/dev/gone,  c, 5, 6, c 5:6 -",
        "/dev/gone,  p, 0, 0, p 0:0 -",
        "/dev/link,  u, 5, 6, u 5:6 -",
    })
    void whatIsFullySpecifiedGetsOnlyTheModeFromTheHost(
            String hostPath, String type, long major, long minor, String expected) throws CdiException {
        DeviceNode node = node(hostPath, type, major, minor);
        assertThat(completed(LibraryRelease.V1_1, node)).isEqualTo(expected);
        assertThat(completed(LibraryRelease.AFTER_V1_1, node)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/char,  '', 0, 0, c 195:3",
        "/dev/char,  '', 0, 9, c 195:3",
        "/dev/char,  c,  0, 9, c 195:3",
        "/dev/block, b,  0, 9, b 8:0",
        "/dev/block, '', 7, 9, b 7:9",
        "/dev/block, '', 7, 0, b 7:0",
        "/dev/fifo,  '', 0, 7, p 0:7",
        "/dev/fifo,  '', 3, 7, p 3:7",
    })
    void theRestIsFilledFromTheHost(String hostPath, String type, long major, long minor, String expected)
            throws CdiException {
        assertThat(completed(LibraryRelease.V1_0, node(hostPath, type, major, minor)))
                .isEqualTo(expected + " -");
        assertThat(completed(LibraryRelease.V1_1, node(hostPath, type, major, minor)))
                .startsWith(expected + " 6");
    }

    @ParameterizedTest
    @EnumSource(
            value = LibraryRelease.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"V1_1", "AFTER_V1_1"})
    void earlierReleasesLeaveTheModeAbsent(LibraryRelease library) throws CdiException {
        assertThat(completed(library, node("/dev/char", "", 0, 0))).isEqualTo("c 195:3 -");
        assertThat(completed(library, node("/dev/char", "c", 5, 0))).isEqualTo("c 5:0 -");
    }

    @Test
    void aModeThatIsGivenStays() throws CdiException {
        DeviceNode node = new DeviceNode("/dev/char", "", "", 0, 0, OptionalLong.of(0), "", NONE, NONE);
        assertThat(completed(LibraryRelease.V1_1, node)).isEqualTo("c 195:3 0");
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/gone,  '', no such device node",
        "/dev/gone,  c,  no such device node",
        "/dev/link,  '', not a device node",
        "/dev/link,  b,  not a device node",
        "/dev/char,  b,  type c",
        "/dev/char,  u,  type c",
        "/dev/fifo,  c,  type p",
    })
    void aHostThatDoesNotFitIsNamed(String hostPath, String type, String what) {
        CdiException failure = catchThrowableOfType(
                CdiException.class, () -> apply("{}", LibraryRelease.V1_1, node(hostPath, type, 0, 4)));
        assertThat(failure.code()).isEqualTo(Code.HOST_NODE_UNUSABLE);
        assertThat(failure.where()).isEqualTo(hostPath);
        assertThat(failure).hasMessageContaining(what);
    }

    @Test
    void thePathIsLookedUpIfThereIsNoHostPath() throws CdiException {
        assertThat(apply("{}", LibraryRelease.V1_1, DeviceNode.resolvedAtStart("/dev/block", "", "rw")))
                .isEqualTo("{linux: {devices: [{path: /dev/block, type: b, major: 8, minor: 0, fileMode: 432}],"
                        + " resources: {devices: [{allow: true, type: b, major: 8, minor: 0, access: rw}]}}}");
    }

    // node

    @Test
    void aNodeOfTheSamePathIsRemovedAndTheNewOneAppended() throws CdiException {
        String config = "{linux: {x: 1, devices: [{path: /dev/x, type: c, major: 8, minor: 8, uid: 9}, {path: /dev/a}],"
                + " resources: {y: 2, devices: [{allow: false, access: rwm}]}}}";
        assertThat(apply(config, LibraryRelease.V1_1, stated("/dev/x", "c", "r")))
                .isEqualTo("{linux: {x: 1, devices: [{path: /dev/a}, {path: /dev/x, type: c, major: 1, minor: 2}],"
                        + " resources: {y: 2, devices: [{allow: false, access: rwm},"
                        + " {allow: true, type: c, major: 1, minor: 2, access: r}]}}}");
    }

    /** As release 0.5.2 was seen to do it. */
    @Test
    void ofSeveralNodesOfThatPathTheFirstIsRemovedAndTheSecondReplaced() throws CdiException {
        String config = "{linux: {devices: [{path: /dev/x, n: 1}, {path: /dev/a}, {path: /dev/x, n: 2}, {path: /dev/b},"
                + " {path: /dev/x, n: 3}]}}";
        assertThat(apply(config, LibraryRelease.V1_1, stated("/dev/x", "p", "")))
                .isEqualTo("{linux: {devices: [{path: /dev/a}, {path: /dev/x, type: p, major: 1, minor: 2},"
                        + " {path: /dev/b}, {path: /dev/x, n: 3}]}}");
    }

    @Test
    void aModeAndOwnersThatAreGivenAreWritten() throws CdiException {
        DeviceNode node = new DeviceNode(
                "/dev/n", "", "u", 1, 2, OptionalLong.of(0), "", OptionalLong.of(0), OptionalLong.of(44));
        assertThat(apply("{process: {user: {uid: 5, gid: 6}}}", LibraryRelease.V1_1, node))
                .endsWith("{path: /dev/n, type: u, major: 1, minor: 2, fileMode: 0, uid: 0, gid: 44}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{uid: 5, gid: 6}          | , uid: 5, gid: 6",
                "{uid: 5, gid: 0}          | , uid: 5",
                "{uid: 0, gid: 4294967295} | , gid: 4294967295",
                "{uid: null}               | ''",
                "null                      | ''",
            })
    void theProcessOwnsANodeWithoutOwnerUnlessItIsRoot(String user, String expected) throws CdiException {
        assertThat(apply("{process: {user: " + user + "}}", LibraryRelease.V1_1, stated("/dev/n", "u", "")))
                .endsWith("minor: 2" + expected + "}]}}");
    }

    // cgroup

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | , access: rwm", "m | , access: m", "mwr | , access: mwr", "none | ''"})
    void blockAndCharNodesGetAnAllowRule(String permissions, String access) throws CdiException {
        for (String type : new String[] {"b", "c"}) {
            assertThat(apply("{}", LibraryRelease.AFTER_V1_1, stated("/dev/n", type, permissions)))
                    .endsWith("resources: {devices: [{allow: true, type: " + type + ", major: 1, minor: 2" + access
                            + "}]}}}");
        }
    }

    @Test
    void unbufferedCharNodesAndFifosGetNone() throws CdiException {
        assertThat(apply("{}", LibraryRelease.V1_1, stated("/dev/u", "u", "rw"), stated("/dev/p", "p", "rw")))
                .isEqualTo("{linux: {devices: [{path: /dev/u, type: u, major: 1, minor: 2},"
                        + " {path: /dev/p, type: p, major: 1, minor: 2}]}}");
    }

    @Test
    void aRuleIsAppendedEvenIfItIsThere() throws CdiException {
        String once = apply("{}", LibraryRelease.V1_1, stated("/dev/n", "c", ""));
        String rule = "{allow: true, type: c, major: 1, minor: 2, access: rwm}";
        assertThat(apply(once, LibraryRelease.V1_1, stated("/dev/n", "c", "")))
                .isEqualTo(once.replace(rule, rule + ", " + rule));
    }
}
