package io.github.gpucdi.cdi.inject;

import static io.github.gpucdi.cdi.inject.Trees.parsed;
import static io.github.gpucdi.cdi.inject.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import io.github.gpucdi.cdi.spec.QualifiedName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The effects of all edits but device nodes, a test for each row of the table in the CDI notes. */
class InjectorTest {
    private static final HostNodes NO_HOST = HostNodes.of(Map.of());

    private static String apply(String config, ContainerEdits edits, LibraryRelease library) throws CdiException {
        return text(Injector.apply(parsed(config), edits, NO_HOST, library));
    }

    private static String apply(String config, ContainerEdits edits) throws CdiException {
        return apply(config, edits, LibraryRelease.NEWEST);
    }

    private static ContainerEdits env(String... entries) {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        for (String entry : entries) {
            edits.env(entry);
        }
        return edits.build();
    }

    private static ContainerEdits mounts(Mount... mounts) {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        for (Mount mount : mounts) {
            edits.mount(mount);
        }
        return edits.build();
    }

    private static Mount mount(String destination) {
        return Mount.bind("/new", destination, List.of());
    }

    private static ContainerEdits netDevices(NetDevice... devices) {
        return new ContainerEdits(
                List.of(), List.of(), List.of(devices), List.of(), List.of(), Optional.empty(), List.of());
    }

    private static ContainerEdits intelRdt(IntelRdt rdt) {
        return ContainerEdits.builder().intelRdt(rdt).build();
    }

    private static ContainerEdits gids(Long... gids) {
        return ContainerEdits.builder().additionalGids(List.of(gids)).build();
    }

    private static Hook hook(String stage, String path) {
        return new Hook(stage, path, List.of(), List.of(), OptionalLong.empty());
    }

    private static RegisteredDevice device(String file, ContainerEdits common, String name, ContainerEdits own) {
        Device device = Device.of(name, own);
        CdiSpec spec = new CdiSpec("1.1.0", "acme.com/thing", Map.of(), List.of(device), common);
        return new RegisteredDevice(
                new QualifiedName("acme.com", "thing", name), Path.of("/etc/cdi", file), spec, device);
    }

    @Test
    void combinesTheCommonEditsOfEachFileOnceBeforeItsFirstDevice() {
        RegisteredDevice a1 = device("a.yaml", env("A=common"), "1", env("A1=own"));
        RegisteredDevice a2 = device("a.yaml", env("A=common"), "2", env("A2=own"));
        RegisteredDevice b = device("b.yaml", env("A=common"), "3", env("B3=own"));
        assertThat(Injector.combine(List.of(a2, b, a1)).env())
                .containsExactly("A=common", "A2=own", "A=common", "B3=own", "A1=own");
    }

    @Test
    void combinesADeviceThatIsRequestedTwiceTwice() {
        ContainerEdits hook =
                ContainerEdits.builder().hook(hook("poststop", "/p")).build();
        RegisteredDevice device = device("a.yaml", hook, "1", hook);
        assertThat(Injector.combine(List.of(device, device)).hooks()).hasSize(3);
    }

    @Test
    void combinesToTheLastIntelRdtWholeAndAllNetDevices() {
        IntelRdt first = new IntelRdt("one", "L3", "", Optional.empty(), true);
        IntelRdt last = new IntelRdt("two", "", "", Optional.empty(), false);
        List<RegisteredDevice> requested = List.of(
                device("a.yaml", netDevices(new NetDevice("eth0", "a")), "1", intelRdt(first)),
                device("b.yaml", intelRdt(last), "2", netDevices(new NetDevice("eth0", "b"))),
                device("b.yaml", intelRdt(last), "3", env("A=1")));
        ContainerEdits all = Injector.combine(requested);
        assertThat(all.intelRdt()).contains(last);
        assertThat(all.netDevices()).containsExactly(new NetDevice("eth0", "a"), new NetDevice("eth0", "b"));
    }

    @Test
    void combinesNothingToNothing() {
        assertThat(Injector.combine(List.of())).isEqualTo(ContainerEdits.EMPTY);
    }

    @ParameterizedTest
    @EnumSource(LibraryRelease.class)
    void nothingToApplyChangesNothing(LibraryRelease library) throws CdiException {
        String config = "{x: 1, mounts: [{destination: /b/c}, {destination: /a}], linux: null, process: {}}";
        assertThat(apply(config, ContainerEdits.EMPTY, library)).isEqualTo(config);
        assertThat(apply("{}", gids(0L), library)).isEqualTo("{}");
    }

    // env

    @Test
    void laterEntriesReplaceEarlierOnesOfTheEditsInPlace() throws CdiException {
        String added = "[A=3, B=x, C=]";
        for (LibraryRelease library : LibraryRelease.values()) {
            assertThat(apply("{process: {env: []}}", env("A=1", "B=x", "A=2", "C=", "A=3"), library))
                    .isEqualTo("{process: {env: " + added + "}}");
        }
    }

    @Test
    void variablesOfTheContainerAreReplacedAfter110() throws CdiException {
        assertThat(apply(
                        "{process: {env: [A=1, FOO=old, B=2]}}",
                        env("FOO=new", "C=3", "FOO=newer"),
                        LibraryRelease.AFTER_V1_1))
                .isEqualTo("{process: {env: [A=1, FOO=newer, B=2, C=3]}}");
    }

    @ParameterizedTest
    @EnumSource(value = LibraryRelease.class, mode = EnumSource.Mode.EXCLUDE, names = "AFTER_V1_1")
    void variablesOfTheContainerGetASecondEntryUpTo110(LibraryRelease library) throws CdiException {
        assertThat(apply("{process: {env: [A=1, FOO=old, B=2]}}", env("FOO=new", "C=3", "FOO=newer"), library))
                .isEqualTo("{process: {env: [A=1, FOO=old, B=2, FOO=newer, C=3]}}");
    }

    @ParameterizedTest
    @EnumSource(LibraryRelease.class)
    void theLastVariableWithoutAValueIsReplaced(LibraryRelease library) throws CdiException {
        assertThat(apply("{process: {env: [FOO, A, FOO]}}", env("FOO=new"), library))
                .isEqualTo("{process: {env: [FOO, A, FOO=new]}}");
    }

    // netDevices

    @Test
    void netDevicesMapHostNamesToNamesAndTheLaterWins() throws CdiException {
        assertThat(apply(
                        "{linux: {netDevices: {eth0: {name: old, x: 1}, eth9: {name: stays, x: 1}}, y: 2}}",
                        netDevices(
                                new NetDevice("eth1", "one"),
                                new NetDevice("eth0", "zero"),
                                new NetDevice("eth1", "uno"))))
                .isEqualTo("{linux: {netDevices: {eth0: {name: zero}, eth9: {name: stays, x: 1}, eth1: {name: uno}},"
                        + " y: 2}}");
    }

    // mounts

    @Test
    void aMountReplacesTheFirstOfTheSameLiteralDestination() throws CdiException {
        assertThat(apply(
                        "{mounts: [{destination: /m, source: '1'}, {destination: /m, source: '2'}]}",
                        mounts(mount("/m"))))
                .isEqualTo("{mounts: [{destination: /m, source: 2}, {destination: /m, source: /new}]}");
        assertThat(apply("{mounts: [{destination: /m/}]}", mounts(mount("/m"))))
                .isEqualTo("{mounts: [{destination: /m/}, {destination: /m, source: /new}]}");
    }

    @Test
    void allMountsAreSortedByDepthOfTheCleanedDestination() throws CdiException {
        String config = "{mounts: [{destination: /a/b/c}, {destination: /z}, {destination: /x//y/./}, {destination:"
                + " /q/../r}, {destination: /b/a}, {destination: rel}]}";
        assertThat(destinations(config, LibraryRelease.V1_0, "/", "/a", "up/../../a"))
                .containsExactly("rel", "/z", "/q/../r", "/", "/a", "up/../../a", "/x//y/./", "/b/a", "/a/b/c");
    }

    /** As release 0.5.2 was seen to do it. */
    @ParameterizedTest
    @CsvSource({"V0_3", "V0_5_0", "V0_8"})
    void tiesGoByDestinationUpTo081(LibraryRelease library) throws CdiException {
        String config = "{mounts: [{destination: /z}, {destination: /m}, {destination: /a/b}, {destination: /m},"
                + " {destination: /proc}, {destination: /a}]}";
        assertThat(destinations(config, library, "/m/../q", "zz", "/", "../a", "/a//b/./c"))
                .containsExactly("zz", "../a", "/", "/a", "/m", "/m", "/m/../q", "/proc", "/z", "/a/b", "/a//b/./c");
    }

    @Test
    void mountsStayUnsortedIfNoneIsAdded() throws CdiException {
        assertThat(apply("{mounts: [{destination: /a/b}, {destination: /a}]}", gids(0L), LibraryRelease.V0_5_0))
                .isEqualTo("{mounts: [{destination: /a/b}, {destination: /a}]}");
    }

    private static List<String> destinations(String config, LibraryRelease library, String... added)
            throws CdiException {
        Mount[] mounts = new Mount[added.length];
        for (int i = 0; i < added.length; i++) {
            mounts[i] = mount(added[i]);
        }
        List<String> destinations = new ArrayList<>();
        Map<String, Object> result = Injector.apply(parsed(config), mounts(mounts), NO_HOST, library);
        for (Object mount : (List<?>) result.get("mounts")) {
            destinations.add((String) ((Map<?, ?>) mount).get("destination"));
        }
        return destinations;
    }

    @Test
    void aMountHasTypeAndOptionsOnlyWhenGiven() throws CdiException {
        ContainerEdits edits = mounts(new Mount("/h", "/a", List.of("ro", "bind"), "bind"), mount("/b"));
        assertThat(apply("{}", edits))
                .isEqualTo("{mounts: [{destination: /a, type: bind, source: /h, options: [ro, bind]},"
                        + " {destination: /b, source: /new}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind | ro            | [ro, idmap]",
                "''   | ro,bind       | [ro, bind, idmap]",
                "''   | rbind,ro      | [rbind, ro, ridmap]",
                "bind | rbind         | [rbind, ridmap]",
                "bind | idmap         | [idmap]",
                "''   | rbind,idmap   | [rbind, idmap]",
                "''   | bind,ridmap   | [bind, ridmap]",
                "tmpfs| ro            | [ro]",
            })
    void aBindMountIsIdMappedInAUserNamespaceAfter110(String type, String options, String expected)
            throws CdiException {
        List<String> given = List.of(options.split(","));
        ContainerEdits edits = mounts(new Mount("/h", "/a", given, type));
        String in = "{linux: {namespaces: [{type: pid}, {type: user}]}}";
        assertThat(apply(in, edits, LibraryRelease.AFTER_V1_1)).contains("options: " + expected);
        assertThat(apply(in, edits, LibraryRelease.V1_1)).contains("options: " + given);
        assertThat(apply("{linux: {namespaces: [{type: pid}]}}", edits, LibraryRelease.AFTER_V1_1))
                .contains("options: " + given);
    }

    // hooks

    @Test
    void hooksAreAppendedToTheirStageInOrder() throws CdiException {
        Hook full = new Hook("poststop", "/p", List.of("p", "x"), List.of("A=b"), OptionalLong.of(0));
        ContainerEdits.Builder edits = ContainerEdits.builder().hook(full);
        for (String stage : List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart")) {
            edits.hook(hook(stage, "/" + stage));
        }
        edits.hook(hook("prestart", "/again"));
        assertThat(apply("{hooks: {prestart: [{path: /old, x: 1}], mine: 5}}", edits.build()))
                .isEqualTo("{hooks: {prestart: [{path: /old, x: 1}, {path: /prestart}, {path: /again}], mine: 5,"
                        + " poststop: [{path: /p, args: [p, x], env: [A=b], timeout: 0}],"
                        + " createRuntime: [{path: /createRuntime}], createContainer: [{path: /createContainer}],"
                        + " startContainer: [{path: /startContainer}], poststart: [{path: /poststart}]}}");
    }

    @Test
    void anUnknownHookStageIsRefused() {
        ContainerEdits edits =
                ContainerEdits.builder().hook(hook("preload", "/p")).build();
        CdiException failure = catchThrowableOfType(CdiException.class, () -> apply("{}", edits));
        assertThat(failure.code()).isEqualTo(Code.EDITS_INVALID);
        assertThat(failure).hasMessageContaining("'preload'");
    }

    // intelRdt

    @Test
    void intelRdtHasTheMonitoringOfOldReleasesToo() throws CdiException {
        IntelRdt both = new IntelRdt("c", "", "", true, true, Optional.empty(), false);
        IntelRdt one = new IntelRdt("", "", "", false, true, Optional.empty(), false);
        assertThat(apply("{linux: {}}", intelRdt(both), LibraryRelease.V0_7))
                .isEqualTo("{linux: {intelRdt: {closID: c, enableCMT: true, enableMBM: true}}}");
        assertThat(apply("{linux: {}}", intelRdt(one), LibraryRelease.V1_0))
                .isEqualTo("{linux: {intelRdt: {enableMBM: true}}}");
    }

    @Test
    void intelRdtReplacesAndHasOnlyWhatIsSet() throws CdiException {
        String config = "{linux: {intelRdt: {closID: old, enableCMT: true}, x: 1}}";
        assertThat(apply(config, intelRdt(new IntelRdt("", "", "", Optional.of(List.of()), false))))
                .isEqualTo("{linux: {intelRdt: {}, x: 1}}");
        assertThat(apply("{}", intelRdt(new IntelRdt("c", "L3:0=f", "MB:0=9", Optional.of(List.of("s")), true))))
                .isEqualTo("{linux: {intelRdt: {closID: c, schemata: [s], l3CacheSchema: L3:0=f,"
                        + " memBwSchema: MB:0=9, enableMonitoring: true}}}");
    }

    // additionalGids

    @Test
    void additionalGidsAreAppendedUnlessZeroOrPresent() throws CdiException {
        assertThat(apply("{process: {user: {uid: 7, additionalGids: [5, 0]}}}", gids(0L, 4294967295L, 5L, 44L, 44L)))
                .isEqualTo("{process: {user: {uid: 7, additionalGids: [5, 0, 4294967295, 44]}}}");
    }

    // parents

    @Test
    void missingParentsAreMadeAsTheLibraryMakesThem() throws CdiException {
        assertThat(apply("{}", env("A=1"))).isEqualTo("{process: {user: {uid: 0, gid: 0}, cwd: , env: [A=1]}}");
        assertThat(apply("{}", gids(3L))).isEqualTo("{process: {user: {uid: 0, gid: 0, additionalGids: [3]}, cwd: }}");
        assertThat(apply("{process: {args: [x]}}", gids(3L)))
                .isEqualTo("{process: {args: [x], user: {uid: 0, gid: 0, additionalGids: [3]}}}");
    }

    @Test
    void nullIsTheSameAsMissingAndKeepsItsPlace() throws CdiException {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        edits.env("A=1").mount(mount("/a")).hook(hook("poststop", "/p")).additionalGids(List.of(3L));
        edits.addAll(netDevices(new NetDevice("eth0", "a")));
        String config = "{hooks: null, mounts: null, linux: {netDevices: null, namespaces: null},"
                + " process: {env: null, user: null}, ociVersion: 1.2.0}";
        assertThat(apply(config, edits.build()))
                .isEqualTo("{hooks: {poststop: [{path: /p}]}, mounts: [{destination: /a, source: /new}],"
                        + " linux: {netDevices: {eth0: {name: a}}, namespaces: null},"
                        + " process: {env: [A=1], user: {uid: 0, gid: 0, additionalGids: [3]}}, ociVersion: 1.2.0}");
    }
}
