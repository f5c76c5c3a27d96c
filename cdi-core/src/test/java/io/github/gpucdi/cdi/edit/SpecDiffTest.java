package io.github.gpucdi.cdi.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.edit.Change.Kind;
import io.github.gpucdi.cdi.edit.Change.Scope;
import io.github.gpucdi.cdi.edit.Change.Section;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecDiffTest {
    private static final Mount LIB = Mount.bind("/a", "/usr/lib/x/libcuda.so.1", List.of("ro"));
    private static final Mount LIB_B = Mount.bind("/b", "/usr/lib/x/libcuda.so.1", List.of("ro"));
    private static final Hook LINKS = hook("createContainer", "create-symlinks", "--link", "a::/b");
    private static final Hook LDCACHE = hook("createContainer", "update-ldcache", "--folder", "/usr/lib");
    private static final Hook OTHER_LINKS = hook("createContainer", "create-symlinks", "--link", "c::/d");

    /** Edits before, edits after, and what the diff says of them. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                pair("nothing", edits(), edits()),
                pair("env added", edits(), env("A=1"), "+ common: env A=1"),
                pair("env removed", env("A="), edits(), "- common: env A="),
                pair("env changed", env("A=1"), env("A=2"), "~ common: env A: 1 -> 2"),
                pair("env emptied", env("A=1"), env("A="), "~ common: env A: 1 -> \"\""),
                pair("env of other names reordered", env("A=1", "B=1"), env("B=1", "A=1")),
                pair("last env of a name counts", env("A=1", "A=2"), env("A=2")),
                pair("order of env of one name", env("A=1", "A=2"), env("A=2", "A=1"), "~ common: env A: 2 -> 1"),
                pair("env twice", env("A=1", "B=1", "A=1"), env("A=1", "B=1")),
                pair("env without value", env("A"), env("A="), "- common: env A", "+ common: env A="),
                pair("env without name", env(), env("=x"), "+ common: env =x"),
                pair("value with equals sign", env("A=b=c"), env("A=b=d"), "~ common: env A: b=c -> b=d"),
                pair("mount", edits(LIB), edits(LIB_B), "~ common: mount /usr/lib/x/libcuda.so.1: hostPath /a -> /b"),
                pair(
                        "mount added",
                        edits(),
                        edits(LIB),
                        "+ common: mount /usr/lib/x/libcuda.so.1 (hostPath=/a, options=ro)"),
                pair("mount twice", edits(LIB, LIB), edits(LIB)),
                pair("hidden mount", edits(LIB_B, LIB), edits(LIB)),
                pair(
                        "order of mounts of one path",
                        edits(LIB, LIB_B),
                        edits(LIB_B, LIB),
                        "~ common: mount /usr/lib/x/libcuda.so.1: hostPath /b -> /a"),
                pair("mounts reordered", edits(LIB, mount("/c")), edits(mount("/c"), LIB)),
                pair(
                        "mounts of one place reordered",
                        edits(mount("/c"), mount("/c/")),
                        edits(mount("/c/"), mount("/c")),
                        "~ common: mount /c: order /c /c/ -> /c/ /c"),
                pair(
                        "order of mount options",
                        edits(mount("/c", "ro", "rbind")),
                        edits(mount("/c", "rbind", "ro")),
                        "~ common: mount /c: options ro rbind -> rbind ro"),
                pair(
                        "options split elsewhere",
                        edits(mount("/c", "ro rbind")),
                        edits(mount("/c", "ro", "rbind")),
                        "~ common: mount /c: options 'ro rbind' -> ro rbind"),
                pair(
                        "mount type",
                        edits(mount("/c")),
                        edits(new Mount("/h", "/c", List.of(), "tmpfs")),
                        "~ common: mount /c: type (none) -> tmpfs"),
                pair("groups", gids(44, 0, 10, 44), gids(10, 44)),
                pair("group added", gids(), gids(44), "+ common: additionalGid 44"),
                pair("group 0", gids(0), gids()),
                pair("hooks", edits(LINKS, LDCACHE), edits(LINKS, LDCACHE)),
                pair(
                        "hook removed",
                        edits(LINKS, LDCACHE),
                        edits(LDCACHE),
                        "- common: hook createContainer nvidia-cdi-hook create-symlinks (path=/usr/bin/nvidia-cdi-hook,"
                                + " args=nvidia-cdi-hook create-symlinks --link a::/b, env=D=1)"),
                pair(
                        "hook's arguments",
                        edits(LINKS, LDCACHE),
                        edits(OTHER_LINKS, LDCACHE),
                        "~ common: hook createContainer nvidia-cdi-hook create-symlinks: args"
                                + " nvidia-cdi-hook create-symlinks --link a::/b ->"
                                + " nvidia-cdi-hook create-symlinks --link c::/d"),
                pair(
                        "hook twice",
                        edits(LDCACHE, LDCACHE),
                        edits(LDCACHE),
                        "- common: hook createContainer nvidia-cdi-hook update-ldcache (path=/usr/bin/nvidia-cdi-hook,"
                                + " args=nvidia-cdi-hook update-ldcache --folder /usr/lib, env=D=1)"),
                pair(
                        "order of hooks",
                        edits(LINKS, LDCACHE),
                        edits(LDCACHE, LINKS),
                        "~ common: hook createContainer: order nvidia-cdi-hook create-symlinks, nvidia-cdi-hook"
                                + " update-ldcache -> nvidia-cdi-hook update-ldcache, nvidia-cdi-hook create-symlinks"),
                pair(
                        "the first of two alike hooks removed",
                        edits(LINKS, OTHER_LINKS),
                        edits(OTHER_LINKS),
                        "- common: hook createContainer nvidia-cdi-hook create-symlinks (path=/usr/bin/nvidia-cdi-hook,"
                                + " args=nvidia-cdi-hook create-symlinks --link a::/b, env=D=1)"),
                pair(
                        "hooks of two stages reordered",
                        edits(hook("poststop", "x"), LDCACHE),
                        edits(LDCACHE, hook("poststop", "x"))),
                pair(
                        "program moved",
                        edits(new Hook("poststop", "/bin/x", List.of("x"), List.of(), OptionalLong.empty())),
                        edits(new Hook("poststop", "/opt/x", List.of("x"), List.of(), OptionalLong.of(0))),
                        "~ common: hook poststop x: path /bin/x -> /opt/x",
                        "~ common: hook poststop x: timeout (none) -> 0"),
                pair("hook env as a set", edits(hookEnv("A=1", "B=1", "B=1")), edits(hookEnv("B=1", "A=1"))),
                pair(
                        "hook env of one name",
                        edits(hookEnv("A=1", "A=2")),
                        edits(hookEnv("A=2", "A=1")),
                        "~ common: hook poststop x: env A=1 A=2 -> A=2 A=1"),
                pair(
                        "hook env gone",
                        edits(hookEnv("A=1")),
                        edits(hookEnv()),
                        "~ common: hook poststop x: env A=1 -> (none)"),
                pair(
                        "network device",
                        edits(new NetDevice("h", "a"), new NetDevice("i", "b")),
                        edits(new NetDevice("i", "b"), new NetDevice("h", "c"), new NetDevice("j", "d")),
                        "~ common: netDevice h: a -> c",
                        "+ common: netDevice j=d"),
                pair(
                        "intelRdt",
                        edits(new IntelRdt("a", "", "", Optional.empty(), false)),
                        edits(new IntelRdt("b", "", "", Optional.of(List.of()), true)),
                        "~ common: intelRdt: closID a -> b",
                        "~ common: intelRdt: schemata (none) -> []",
                        "~ common: intelRdt: enableMonitoring (none) -> true"),
                pair(
                        "empty intelRdt",
                        edits(),
                        edits(new IntelRdt("", "", "", Optional.empty(), false)),
                        "+ common: intelRdt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void saysWhatDiffers(String name, ContainerEdits before, ContainerEdits after, List<String> lines) {
        SpecDiff diff = SpecDiff.between(spec(before), spec(after));
        assertThat(diff.lines()).isEqualTo(lines);
        assertThat(diff.isEmpty()).isEqualTo(lines.isEmpty());
    }

    /** Members of a node before and after: hostPath, type, major, minor, fileMode, permissions, uid, gid. */
    static Stream<Arguments> nodes() {
        String node = "~ common: deviceNode /dev/x: ";
        return Stream.of(
                pair("host path equal to path", node("hostPath", ""), node("hostPath", "/dev/x")),
                pair("host path", node("hostPath", ""), node("hostPath", "/h"), node + "hostPath (none) -> /h"),
                pair("no permissions", node("permissions", ""), node("permissions", "rwm")),
                pair("order of permissions", node("permissions", "mwrw"), node("permissions", "rwm")),
                pair("permissions", node("permissions", ""), node("permissions", "mr"), node + "permissions rwm -> rm"),
                pair(
                        "permissions none",
                        node("permissions", "none"),
                        node("permissions", ""),
                        node + "permissions none -> rwm"),
                pair("u is not c", node("type", "c"), node("type", "u"), node + "type c -> u"),
                pair("type from the host", node("type", ""), node("type", "c"), node + "type (none) -> c"),
                pair("major", node("major", "195"), node("major", "196"), node + "major 195 -> 196"),
                pair("minor without major", node("minor", "1"), node("minor", "2")),
                pair("mode", node("fileMode", "438"), node("fileMode", "432"), node + "fileMode 0666 -> 0660"),
                pair("mode absent", node("fileMode", ""), node("fileMode", "0"), node + "fileMode (none) -> 0"),
                pair("uid 0 is not absent", node("uid", ""), node("uid", "0"), node + "uid (none) -> 0"),
                pair("gid 0 is not absent", node("gid", "0"), node("gid", ""), node + "gid 0 -> (none)"),
                pair("nodes reordered", edits(at("/a"), at("/b")), edits(at("/b"), at("/a"))),
                pair("node twice", edits(at("/a"), at("/a")), edits(at("/a"))),
                pair("node added", edits(), edits(at("/a")), "+ common: deviceNode /a (permissions=rwm)"),
                pair(
                        "an earlier node's access rule stays",
                        edits(numbered("rw"), numbered("r")),
                        edits(numbered("r")),
                        node + "superseded 'type=c, major=1, minor=2, permissions=rw' -> (none)"),
                pair(
                        "order of nodes of one path",
                        edits(numbered("rw"), numbered("r")),
                        edits(numbered("r"), numbered("rw")),
                        node + "permissions r -> rw",
                        node + "superseded 'type=c, major=1, minor=2, permissions=rw' ->"
                                + " 'type=c, major=1, minor=2, permissions=r'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void comparesNodesAsEnginesCompleteThem(
            String name, ContainerEdits before, ContainerEdits after, List<String> lines) {
        assertThat(SpecDiff.between(spec(before), spec(after)).lines()).isEqualTo(lines);
    }

    @Test
    void linesStandInAFixedOrder() {
        CdiSpec before = new CdiSpec(
                "0.5.0",
                "a.com/gpu",
                Map.of("k", "1", "gone", "x"),
                List.of(Device.of("2", env("A=1")), Device.of("0", edits(LIB)), Device.of("10", env("A=1"))),
                edits());
        CdiSpec after = new CdiSpec(
                "0.7.0",
                "b.com/gpu",
                Map.of("k", "2"),
                List.of(
                        new Device("0", Map.of("n", ""), edits(LIB_B)),
                        Device.of("3", env("A=1")),
                        Device.of("10", env("A=1"))),
                env("NVIDIA_VISIBLE_DEVICES=void"));
        assertThat(SpecDiff.between(before, after).lines())
                .containsExactly(
                        "~ cdiVersion: 0.5.0 -> 0.7.0",
                        "~ kind: a.com/gpu -> b.com/gpu",
                        "- annotation gone=x",
                        "~ annotation k: 1 -> 2",
                        "+ device 0: annotation n=",
                        "~ device 0: mount /usr/lib/x/libcuda.so.1: hostPath /a -> /b",
                        "- device 2",
                        "+ device 3",
                        "+ common: env NVIDIA_VISIBLE_DEVICES=void");
    }

    @Test
    void changesAreDataToo() {
        CdiSpec before = new CdiSpec("0.5.0", "a.com/gpu", Map.of(), List.of(Device.of("0", edits(LIB))), env("A=1"));
        CdiSpec after = new CdiSpec(
                "0.5.0",
                "a.com/gpu",
                Map.of(),
                List.of(Device.of("0", edits(LIB_B)), Device.of("1", env("B=1"))),
                edits());
        assertThat(SpecDiff.between(before, after).changes())
                .containsExactly(
                        new Change(
                                Kind.CHANGED,
                                Scope.DEVICE,
                                "0",
                                Section.MOUNT,
                                "/usr/lib/x/libcuda.so.1",
                                "hostPath",
                                "/a",
                                "/b"),
                        new Change(Kind.ADDED, Scope.SPEC, "", Section.DEVICE, "1", "", "", ""),
                        new Change(Kind.REMOVED, Scope.COMMON, "", Section.ENV, "A", "", "1", ""));
    }

    @Test
    void anotherSpellingOfTheVersionIsAChange() {
        CdiSpec spec = spec(edits());
        assertThat(SpecDiff.between(spec, spec.withCdiVersion("v0.5.0")).lines())
                .containsExactly("~ cdiVersion: 0.5.0 -> v0.5.0");
    }

    @Test
    void aRenamedDeviceIsAnotherDevice() {
        CdiSpec before = spec(edits()).withDevices(List.of(Device.of("0", env("A=1"))));
        CdiSpec after = spec(edits()).withDevices(List.of(Device.of("GPU-0", env("A=1"))));
        assertThat(SpecDiff.between(before, after).lines()).containsExactly("- device 0", "+ device GPU-0");
    }

    @Test
    void aDeviceThatStandsTwiceIsSeen() {
        Device device = Device.of("0", env("A=1"));
        CdiSpec once = spec(edits()).withDevices(List.of(device));
        CdiSpec twice = once.withDevices(List.of(device, device));
        assertThat(SpecDiff.between(once, twice).lines()).containsExactly("+ device 0");
        assertThat(SpecDiff.between(twice, once).lines()).containsExactly("- device 0");
    }

    private static Arguments pair(String name, ContainerEdits before, ContainerEdits after, String... lines) {
        return Arguments.of(name, before, after, List.of(lines));
    }

    private static CdiSpec spec(ContainerEdits common) {
        return new CdiSpec("0.5.0", "vendor.com/gpu", Map.of(), List.of(), common);
    }

    private static ContainerEdits env(String... entries) {
        return new ContainerEdits(
                List.of(entries), List.of(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
    }

    private static ContainerEdits gids(long... gids) {
        List<Long> list = new ArrayList<>();
        for (long gid : gids) {
            list.add(gid);
        }
        return ContainerEdits.builder().additionalGids(list).build();
    }

    private static ContainerEdits edits(Object... entries) {
        List<DeviceNode> nodes = new ArrayList<>();
        List<NetDevice> netDevices = new ArrayList<>();
        List<Hook> hooks = new ArrayList<>();
        List<Mount> mounts = new ArrayList<>();
        Optional<IntelRdt> rdt = Optional.empty();
        for (Object entry : entries) {
            if (entry instanceof DeviceNode node) {
                nodes.add(node);
            } else if (entry instanceof NetDevice device) {
                netDevices.add(device);
            } else if (entry instanceof Hook hook) {
                hooks.add(hook);
            } else if (entry instanceof Mount mount) {
                mounts.add(mount);
            } else {
                rdt = Optional.of((IntelRdt) entry);
            }
        }
        return new ContainerEdits(List.of(), nodes, netDevices, hooks, mounts, rdt, List.of());
    }

    private static ContainerEdits node(String field, String value) {
        return edits(new DeviceNode(
                "/dev/x",
                field.equals("hostPath") ? value : "",
                field.equals("type") ? value : "",
                field.equals("major") ? Long.parseLong(value) : 0,
                field.equals("minor") ? Long.parseLong(value) : 0,
                optional(field.equals("fileMode") ? value : ""),
                field.equals("permissions") ? value : "",
                optional(field.equals("uid") ? value : ""),
                optional(field.equals("gid") ? value : "")));
    }

    private static OptionalLong optional(String value) {
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    private static DeviceNode at(String path) {
        return DeviceNode.resolvedAtStart(path, "", "");
    }

    private static DeviceNode numbered(String permissions) {
        OptionalLong absent = OptionalLong.empty();
        return new DeviceNode("/dev/x", "", "c", 1, 2, absent, permissions, absent, absent);
    }

    private static Mount mount(String containerPath, String... options) {
        return Mount.bind("/h", containerPath, List.of(options));
    }

    private static Hook hook(String stage, String... args) {
        List<String> all = new ArrayList<>(List.of("nvidia-cdi-hook"));
        all.addAll(List.of(args));
        return new Hook(stage, "/usr/bin/nvidia-cdi-hook", all, List.of("D=1"), OptionalLong.empty());
    }

    private static Hook hookEnv(String... env) {
        return new Hook("poststop", "/bin/x", List.of(), List.of(env), OptionalLong.empty());
    }
}
