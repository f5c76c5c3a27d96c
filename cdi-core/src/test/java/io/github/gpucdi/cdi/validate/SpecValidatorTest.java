package io.github.gpucdi.cdi.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecValidatorTest {
    private static final String EDITS = "/devices/0/containerEdits";
    private static final ContainerEdits ENV =
            ContainerEdits.builder().env("A=b").build();
    private static final OptionalLong ABSENT = OptionalLong.empty();

    @ParameterizedTest
    @CsvSource({"acme/widget, w", "ACME/W_i-d, w", "a..b/cc, 0:1-a_b.c", "nvidia.com/gpu, 0:rw", "nvidia.com/gpu.x, all"
    })
    void goodSpecsHaveNoFindings(String kind, String name) {
        assertThat(validate(kind, Device.of(name, ENV))).isEmpty();
    }

    @Test
    void namesMayBeLong() {
        assertThat(validate("v".repeat(300) + "/" + "c".repeat(64), Device.of("w".repeat(300), ENV)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"widget", "/x", "x/", "xx/yy/zz", "3x/yy", "xx/3y", "x-/yy", "xx/y.", "", "acm\u00e9/ww"})
    void badKinds(String kind) {
        assertThat(validate(kind, Device.of("w", ENV)))
                .anySatisfy(finding -> assertThat(finding)
                        .extracting(Finding::code, Finding::severity, Finding::where)
                        .containsExactly(Code.KIND_INVALID, Severity.ERROR, "/kind"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/widget", "acme/w"})
    void oneLetterKindsCrashEngines(String kind) {
        assertThat(validate(kind, Device.of("w", ENV)))
                .extracting(Finding::code, Finding::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.KIND_CRASHES_ENGINES, Severity.ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-w", "w-", ":w", "w:", "_w", "w=0", "w/0", "w 0", "w\u00e90", ""})
    void badDeviceNames(String name) {
        only(
                validate("acme/widget", Device.of(name, ENV)),
                Code.DEVICE_NAME_INVALID,
                Severity.ERROR,
                "/devices/0/name");
    }

    @Test
    void deviceNamesAreUniqueByCase() {
        assertThat(validate("acme/widget", Device.of("w0", ENV), Device.of("W0", ENV)))
                .isEmpty();
        only(
                validate("acme/widget", Device.of("w0", ENV), Device.of("x", ENV), Device.of("w0", ENV)),
                Code.DEVICE_DUPLICATE,
                Severity.ERROR,
                "/devices/2/name");
    }

    @Test
    void devicesAreNeededAndNotEmpty() {
        only(validate("acme/widget"), Code.NO_DEVICES, Severity.ERROR, "/devices");
        only(
                validate("acme/widget", Device.of("w", ContainerEdits.EMPTY)),
                Code.EDITS_EMPTY,
                Severity.ERROR,
                "/devices/0/containerEdits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.6", "0.6.1", "1.2.0", "vv0.6.0", "0.1.0", "0.2.0", " 0.6.0"})
    void badVersions(String version) {
        only(
                SpecValidator.validate(spec(Device.of("w", ENV)).withCdiVersion(version)),
                Code.VERSION_UNKNOWN,
                Severity.ERROR,
                "/cdiVersion");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void whatNewReleasesRefuseIsNotWritten(boolean cmt, boolean mbm) {
        ContainerEdits edits = ContainerEdits.builder()
                .intelRdt(new IntelRdt("c", "", "", cmt, mbm, Optional.empty(), false))
                .build();
        only(
                SpecValidator.validate(spec(Device.of("w", edits)).withCdiVersion("0.7.0")),
                Code.UNKNOWN_TO_RELEASE,
                Severity.ERROR,
                EDITS + "/intelRdt");
    }

    @Test
    void aLeadingVIsAWarning() {
        only(
                SpecValidator.validate(spec(Device.of("w", ENV)).withCdiVersion("v0.6.0")),
                Code.VERSION_UNKNOWN,
                Severity.WARNING,
                "/cdiVersion");
    }

    @Test
    void theDeclaredVersionMustCoverTheContent() {
        CdiSpec spec = spec(Device.of("0", ENV));
        only(SpecValidator.validate(spec.withCdiVersion("0.4.0")), Code.VERSION_TOO_LOW, Severity.ERROR, "/cdiVersion");
        assertThat(SpecValidator.validate(spec.withCdiVersion("0.5.0"))).isEmpty();
        assertThat(SpecValidator.validate(spec.withCdiVersion("1.1.0"))).isEmpty();
    }

    static List<Arguments> goodEdits() {
        return List.of(
                Arguments.of(
                        "env",
                        ContainerEdits.builder()
                                .env("X=")
                                .env("X=a=b")
                                .env("a b-1=x")
                                .build()),
                Arguments.of(
                        "gids alone",
                        ContainerEdits.builder()
                                .additionalGids(List.of(0L, 4294967295L))
                                .build()),
                Arguments.of("empty intelRdt", rdt("")),
                Arguments.of("net device alone", net(new NetDevice("a", "b"), new NetDevice("c", "d"))),
                Arguments.of("type u", node("/dev/w", "u", "rwm", ABSENT)),
                Arguments.of("type p", node("/dev/w", "p", "", ABSENT)),
                Arguments.of("permissions rr", node("/dev/w", "", "rr", ABSENT)),
                Arguments.of("permissions mwr", node("/dev/w", "b", "mwr", ABSENT)),
                Arguments.of("mode", node("/dev/w", "c", "", OptionalLong.of(4294967295L))),
                Arguments.of(
                        "one path twice",
                        ContainerEdits.builder()
                                .addAll(node("/dev/w", "", "", ABSENT))
                                .addAll(node("/dev/w", "", "", ABSENT))
                                .build()),
                Arguments.of("prestart", hook("prestart", "/h", ABSENT)),
                Arguments.of("poststop", hook("poststop", "/h", OptionalLong.of(1))),
                Arguments.of("clos", rdt("c".repeat(4095))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodEdits")
    void goodEditsHaveNoFindings(String what, ContainerEdits edits) {
        assertThat(SpecValidator.validate(spec(Device.of("w", edits)))).isEmpty();
        CdiSpec root = new CdiSpec("1.1.0", "acme/widget", Map.of(), List.of(Device.of("w", ENV)), edits);
        assertThat(SpecValidator.validate(root)).isEmpty();
    }

    static List<Arguments> badEdits() {
        return List.of(
                bad("env X", env("X"), Code.ENV_INVALID, Severity.ERROR, "/env/0"),
                bad("env =x", env("=x"), Code.ENV_INVALID, Severity.ERROR, "/env/0"),
                bad("env empty", env(""), Code.ENV_INVALID, Severity.ERROR, "/env/0"),
                bad("env half pair", env("A=\ud83d"), Code.TEXT_NOT_UNICODE, Severity.ERROR, "/env/0"),
                bad("no path", node("", "", "", ABSENT), Code.PATH_EMPTY, Severity.ERROR, "/deviceNodes/0/path"),
                bad(
                        "relative",
                        node("dev/w", "", "", ABSENT),
                        Code.PATH_RELATIVE,
                        Severity.WARNING,
                        "/deviceNodes/0/path"),
                bad("NUL", node("/dev\0", "", "", ABSENT), Code.PATH_UNSAFE, Severity.WARNING, "/deviceNodes/0/path"),
                bad("line break", mount("/a\n", "/b"), Code.PATH_UNSAFE, Severity.WARNING, "/mounts/0/hostPath"),
                bad(
                        "type char",
                        node("/d", "char", "", ABSENT),
                        Code.NODE_TYPE_INVALID,
                        Severity.ERROR,
                        "/deviceNodes/0/type"),
                bad(
                        "type C",
                        node("/d", "C", "", ABSENT),
                        Code.NODE_TYPE_INVALID,
                        Severity.ERROR,
                        "/deviceNodes/0/type"),
                bad(
                        "type a",
                        node("/d", "a", "", ABSENT),
                        Code.NODE_TYPE_INVALID,
                        Severity.ERROR,
                        "/deviceNodes/0/type"),
                permissions("rwx"),
                permissions("RW"),
                permissions("r w"),
                permissions("rwnone"),
                permissions("none"),
                bad(
                        "mode -1",
                        node("/d", "", "", OptionalLong.of(-1)),
                        Code.NUMBER_OUT_OF_RANGE,
                        Severity.ERROR,
                        "/deviceNodes/0/fileMode"),
                bad("gid 2^32", gid(1L << 32), Code.NUMBER_OUT_OF_RANGE, Severity.ERROR, "/additionalGids/0"),
                bad("mount without host", mount("", "/b"), Code.PATH_EMPTY, Severity.ERROR, "/mounts/0/hostPath"),
                bad(
                        "mount without container",
                        mount("/a", ""),
                        Code.PATH_EMPTY,
                        Severity.ERROR,
                        "/mounts/0/containerPath"),
                bad(
                        "mount relative",
                        mount("/a", "b"),
                        Code.PATH_RELATIVE,
                        Severity.WARNING,
                        "/mounts/0/containerPath"),
                bad(
                        "hook case",
                        hook("CreateContainer", "/h", ABSENT),
                        Code.HOOK_NAME_INVALID,
                        Severity.ERROR,
                        "/hooks/0/hookName"),
                bad(
                        "hook preload",
                        hook("preload", "/h", ABSENT),
                        Code.HOOK_NAME_INVALID,
                        Severity.ERROR,
                        "/hooks/0/hookName"),
                bad("hook no path", hook("prestart", "", ABSENT), Code.PATH_EMPTY, Severity.ERROR, "/hooks/0/path"),
                bad(
                        "hook relative",
                        hook("prestart", "h", ABSENT),
                        Code.PATH_RELATIVE,
                        Severity.WARNING,
                        "/hooks/0/path"),
                bad(
                        "timeout 0",
                        hook("prestart", "/h", OptionalLong.of(0)),
                        Code.HOOK_TIMEOUT_INVALID,
                        Severity.WARNING,
                        "/hooks/0/timeout"),
                bad(
                        "timeout -5",
                        hook("prestart", "/h", OptionalLong.of(-5)),
                        Code.HOOK_TIMEOUT_INVALID,
                        Severity.WARNING,
                        "/hooks/0/timeout"),
                bad(
                        "timeout 2^32",
                        hook("prestart", "/h", OptionalLong.of(1L << 32)),
                        Code.HOOK_TIMEOUT_INVALID,
                        Severity.WARNING,
                        "/hooks/0/timeout"),
                bad("clos .", rdt("."), Code.CLOS_ID_INVALID, Severity.ERROR, "/intelRdt/closID"),
                bad("clos ..", rdt(".."), Code.CLOS_ID_INVALID, Severity.ERROR, "/intelRdt/closID"),
                bad("clos a/b", rdt("a/b"), Code.CLOS_ID_INVALID, Severity.ERROR, "/intelRdt/closID"),
                bad("clos newline", rdt("a\nb"), Code.CLOS_ID_INVALID, Severity.ERROR, "/intelRdt/closID"),
                bad("clos 4096", rdt("c".repeat(4096)), Code.CLOS_ID_INVALID, Severity.ERROR, "/intelRdt/closID"),
                bad("clos /", rdt("/"), Code.CLOS_ID_INVALID, Severity.WARNING, "/intelRdt/closID"),
                bad(
                        "net host twice",
                        net(new NetDevice("a", "b"), new NetDevice("a", "c")),
                        Code.NET_DEVICE_INVALID,
                        Severity.ERROR,
                        "/netDevices/1/hostInterfaceName"),
                bad(
                        "net name twice",
                        net(new NetDevice("a", "b"), new NetDevice("c", "b")),
                        Code.NET_DEVICE_INVALID,
                        Severity.ERROR,
                        "/netDevices/1/name"),
                bad(
                        "net no name",
                        net(new NetDevice("a", "")),
                        Code.NET_DEVICE_INVALID,
                        Severity.ERROR,
                        "/netDevices/0/name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badEdits")
    void badEditsHaveOneFinding(String what, ContainerEdits edits, Code code, Severity severity, String where) {
        only(SpecValidator.validate(spec(Device.of("w", edits))), code, severity, EDITS + where);
        CdiSpec root = new CdiSpec("1.1.0", "acme/widget", Map.of(), List.of(Device.of("w", ENV)), edits);
        only(SpecValidator.validate(root), code, severity, "/containerEdits" + where);
    }

    @Test
    void onlyErrorsCountAsErrors() {
        assertThat(SpecValidator.hasErrors(SpecValidator.validate(spec(Device.of("w", mount("a", "/b"))))))
                .isFalse();
        assertThat(SpecValidator.hasErrors(SpecValidator.validate(spec(Device.of("w", mount("", "/b"))))))
                .isTrue();
    }

    @Test
    void oneNetDeviceMayStandInTwoDevices() {
        Device one = Device.of("w0", net(new NetDevice("a", "b")));
        Device two = Device.of("w1", net(new NetDevice("a", "b")));
        assertThat(SpecValidator.validate(spec(one, two))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A_b-c.d", "example.com/a", "Example.COM/a", "a/b", "1.2/3"})
    void goodAnnotationKeys(String key) {
        assertThat(SpecValidator.validate(annotated(Map.of(key, "")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-bad key-", "a/b/c", "/a", "a/", "a..b/c", "-a/b", "a_b/c", "a.", "\u00e9"})
    void badAnnotationKeys(String key) {
        String pointer = "/annotations/" + key.replace("/", "~1");
        only(
                SpecValidator.validate(annotated(Map.of(key, "v"))),
                Code.ANNOTATION_KEY_INVALID,
                Severity.WARNING,
                pointer);
    }

    @Test
    void annotationNamesHave63Characters() {
        assertThat(SpecValidator.validate(annotated(Map.of("k".repeat(63), ""))))
                .isEmpty();
        assertThat(SpecValidator.validate(annotated(Map.of("k".repeat(64), ""))))
                .hasSize(1);
        assertThat(SpecValidator.validate(annotated(Map.of("p".repeat(253) + "/k", ""))))
                .isEmpty();
        assertThat(SpecValidator.validate(annotated(Map.of("p".repeat(254) + "/k", ""))))
                .hasSize(1);
    }

    @Test
    void annotationsHold256KiB() {
        assertThat(SpecValidator.validate(annotated(Map.of("k", "v".repeat(262_143)))))
                .isEmpty();
        only(
                SpecValidator.validate(annotated(Map.of("k", "\u00e9".repeat(131_072)))),
                Code.ANNOTATIONS_TOO_LARGE,
                Severity.WARNING,
                "/annotations");
    }

    private static Arguments bad(String what, ContainerEdits edits, Code code, Severity severity, String where) {
        return Arguments.of(what, edits, code, severity, where);
    }

    private static Arguments permissions(String text) {
        ContainerEdits edits = node("/d", "", text, ABSENT);
        return bad(
                "permissions " + text,
                edits,
                Code.NODE_PERMISSIONS_INVALID,
                Severity.ERROR,
                "/deviceNodes/0/permissions");
    }

    private static void only(List<Finding> findings, Code code, Severity severity, String where) {
        assertThat(findings).hasSize(1);
        Finding finding = findings.get(0);
        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.where()).isEqualTo(where);
        assertThat(finding.what()).isNotBlank();
        assertThat(finding.howToMend()).isNotBlank();
    }

    private static List<Finding> validate(String kind, Device... devices) {
        return SpecValidator.validate(new CdiSpec("1.1.0", kind, Map.of(), List.of(devices), ContainerEdits.EMPTY));
    }

    private static CdiSpec spec(Device... devices) {
        return new CdiSpec("1.1.0", "acme/widget", Map.of(), List.of(devices), ContainerEdits.EMPTY);
    }

    private static CdiSpec annotated(Map<String, String> annotations) {
        return new CdiSpec("0.6.0", "acme/widget", annotations, List.of(Device.of("w", ENV)), ContainerEdits.EMPTY);
    }

    private static ContainerEdits env(String entry) {
        return ContainerEdits.builder().env(entry).build();
    }

    private static ContainerEdits gid(long gid) {
        return ContainerEdits.builder().additionalGids(List.of(gid)).build();
    }

    private static ContainerEdits node(String path, String type, String permissions, OptionalLong mode) {
        return ContainerEdits.builder()
                .deviceNode(new DeviceNode(path, "", type, -1, 0, mode, permissions, ABSENT, OptionalLong.of(0)))
                .build();
    }

    private static ContainerEdits mount(String host, String container) {
        return ContainerEdits.builder()
                .mount(new Mount(host, container, List.of("strange"), "odd"))
                .build();
    }

    private static ContainerEdits hook(String name, String path, OptionalLong timeout) {
        return ContainerEdits.builder()
                .hook(new Hook(name, path, List.of("a"), List.of("A=b"), timeout))
                .build();
    }

    private static ContainerEdits rdt(String closId) {
        IntelRdt rdt = new IntelRdt(closId, "", "", Optional.empty(), false);
        return ContainerEdits.builder().intelRdt(rdt).build();
    }

    private static ContainerEdits net(NetDevice... devices) {
        return new ContainerEdits(
                List.of(), List.of(), List.of(devices), List.of(), List.of(), Optional.empty(), List.of());
    }
}
