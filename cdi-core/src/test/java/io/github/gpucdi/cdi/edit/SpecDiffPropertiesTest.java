package io.github.gpucdi.cdi.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.edit.Change.Kind;
import io.github.gpucdi.cdi.edit.Change.Section;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import io.github.gpucdi.cdi.text.RandomSpecs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the diff of any specs. */
class SpecDiffPropertiesTest {
    private static final int RUNS = 300;

    @Test
    void aSpecDoesNotDifferFromItself() {
        for (long seed = 0; seed < RUNS; seed++) {
            assertThat(SpecDiff.between(RandomSpecs.seeded(seed), RandomSpecs.seeded(seed))
                            .changes())
                    .as("hostile seed %d", seed)
                    .isEmpty();
            assertThat(SpecDiff.between(CleanSpecs.seeded(seed), CleanSpecs.seeded(seed))
                            .changes())
                    .as("clean seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void theOtherDirectionIsTheReverse() {
        for (long seed = 0; seed < RUNS; seed++) {
            assertReversible("hostile seed " + seed, RandomSpecs.seeded(seed), RandomSpecs.seeded(seed + 1));
            CdiSpec spec = CleanSpecs.seeded(seed);
            assertReversible("shuffled seed " + seed, spec, withEverythingShuffled(spec, new Random(seed)));
        }
    }

    private static void assertReversible(String name, CdiSpec one, CdiSpec other) {
        List<Change> reversed = new ArrayList<>();
        for (Change change : SpecDiff.between(other, one).changes()) {
            assertThat(change.kind() == Kind.CHANGED && change.before().equals(change.after()))
                    .as("%s: %s says nothing", name, change)
                    .isFalse();
            Kind kind = switch (change.kind()) {
                case ADDED -> Kind.REMOVED;
                case REMOVED -> Kind.ADDED;
                case CHANGED -> Kind.CHANGED;
            };
            reversed.add(new Change(
                    kind,
                    change.scope(),
                    change.device(),
                    change.section(),
                    change.key(),
                    change.field(),
                    change.after(),
                    change.before()));
        }
        assertThat(SpecDiff.between(one, other).changes()).as(name).containsExactlyInAnyOrderElementsOf(reversed);
    }

    @Test
    void whatMeansTheSameIsTheSame() {
        for (long seed = 0; seed < RUNS; seed++) {
            CdiSpec spec = CleanSpecs.seeded(seed);
            Random random = new Random(seed);
            CdiSpec other = inAllEdits(spec, edits -> reworded(edits, random));
            List<Device> devices = shuffled(other.devices(), random);
            Collections.reverse(devices);
            assertThat(SpecDiff.between(spec, other.withDevices(devices)).changes())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** Everything said in another way: lists shuffled where that is free, entries repeated, defaults written out. */
    private static ContainerEdits reworded(ContainerEdits edits, Random random) {
        List<String> env = twice(edits.env(), random);
        env.add(0, env.get(0).replace("=", "=overridden:"));
        List<DeviceNode> nodes = new ArrayList<>();
        for (DeviceNode node : edits.deviceNodes()) {
            String hostPath = node.hostPath().isEmpty() ? node.path() : node.hostPath();
            nodes.add(new DeviceNode(
                    node.path(),
                    hostPath,
                    node.type(),
                    node.major(),
                    node.minor(),
                    node.fileMode(),
                    node.permissions().isEmpty()
                            ? "mwr"
                            : new StringBuilder(node.permissions()).reverse().toString() + node.permissions(),
                    node.uid(),
                    node.gid()));
        }
        List<Mount> mounts = twice(edits.mounts(), random);
        mounts.add(0, Mount.bind("/hidden", mounts.get(0).containerPath(), List.of()));
        List<Long> gids = twice(edits.additionalGids(), random);
        gids.add(0L);
        return new ContainerEdits(
                env,
                twice(nodes, random),
                twice(edits.netDevices(), random),
                edits.hooks(),
                mounts,
                edits.intelRdt(),
                gids);
    }

    /** Few entries in long lists, so that most runs repeat and hide some; two of the hooks have one key. */
    @Test
    void listsDifferIfAndOnlyIfTheirEffectDoes() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<Hook> hooks = picked(HOOKS, random);
            List<Hook> otherHooks = random.nextInt(3) == 0 ? hooks : picked(HOOKS, random);
            assertDiffers(
                    "hooks", seed, with(hooks, List.of()), with(otherHooks, List.of()), !hooks.equals(otherHooks));
            List<Mount> mounts = picked(MOUNTS, random);
            List<Mount> otherMounts = picked(MOUNTS, random);
            boolean sameMounts = mounted(mounts).equals(mounted(otherMounts));
            assertDiffers("mounts", seed, with(List.of(), mounts), with(List.of(), otherMounts), !sameMounts);
        }
    }

    private static void assertDiffers(
            String name, long seed, ContainerEdits before, ContainerEdits after, boolean expected) {
        CdiSpec one = new CdiSpec("0.5.0", "a.com/gpu", Map.of(), List.of(), before);
        CdiSpec other = new CdiSpec("0.5.0", "a.com/gpu", Map.of(), List.of(), after);
        assertThat(SpecDiff.between(one, other).isEmpty())
                .as("%s of seed %d: %s and %s", name, seed, before, after)
                .isEqualTo(!expected);
        assertReversible(name + " of seed " + seed, one, other);
    }

    /** What is seen at each place: engines drop an earlier mount of the same text, then mount in order. */
    private static Map<String, Mount> mounted(List<Mount> mounts) {
        List<Mount> list = new ArrayList<>();
        for (Mount mount : mounts) {
            list.removeIf(earlier -> earlier.containerPath().equals(mount.containerPath()));
            list.add(mount);
        }
        Map<String, Mount> seen = new HashMap<>();
        for (Mount mount : list) {
            String stack = mount.containerPath().startsWith("/a") ? "/a" : "/b";
            Mount below = seen.get(stack);
            String all = below == null ? "" : below.hostPath() + below.containerPath() + " ";
            seen.put(stack, Mount.bind(all + mount.hostPath(), mount.containerPath(), List.of()));
        }
        return seen;
    }

    private static final List<Hook> HOOKS = List.of(
            new Hook("poststop", "/bin/x", List.of("x", "-1"), List.of(), OptionalLong.empty()),
            new Hook("poststop", "/bin/x", List.of("x", "-2"), List.of(), OptionalLong.empty()),
            new Hook("poststop", "/bin/y", List.of("y"), List.of(), OptionalLong.empty()));

    private static final List<Mount> MOUNTS = List.of(
            Mount.bind("/1", "/a", List.of()),
            Mount.bind("/2", "/a", List.of()),
            Mount.bind("/1", "/a/", List.of()),
            Mount.bind("/1", "/b", List.of()));

    private static <T> List<T> picked(List<T> from, Random random) {
        List<T> picked = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            picked.add(from.get(random.nextInt(from.size())));
        }
        return picked;
    }

    private static ContainerEdits with(List<Hook> hooks, List<Mount> mounts) {
        return new ContainerEdits(List.of(), List.of(), List.of(), hooks, mounts, Optional.empty(), List.of());
    }

    static Stream<Arguments> mutations() {
        return Stream.of(
                spec("version", Section.CDI_VERSION, spec -> spec.withCdiVersion(spec.cdiVersion() + "x")),
                spec(
                        "kind",
                        Section.KIND,
                        spec -> new CdiSpec(
                                spec.cdiVersion(),
                                spec.kind() + "x",
                                spec.annotations(),
                                spec.devices(),
                                spec.containerEdits())),
                spec(
                        "annotation",
                        Section.ANNOTATION,
                        spec -> new CdiSpec(
                                spec.cdiVersion(),
                                spec.kind(),
                                changed(spec.annotations()),
                                spec.devices(),
                                spec.containerEdits())),
                spec(
                        "device removed",
                        Section.DEVICE,
                        spec -> spec.withDevices(
                                spec.devices().subList(1, spec.devices().size()))),
                spec(
                        "device renamed",
                        Section.DEVICE,
                        spec -> ofFirst(spec, d -> new Device(d.name() + "x", d.annotations(), d.containerEdits()))),
                spec(
                        "device annotation",
                        Section.ANNOTATION,
                        spec -> ofFirst(spec, d -> new Device(d.name(), changed(d.annotations()), d.containerEdits()))),
                env("env value", entry -> entry + "x"),
                env("env name", entry -> "x" + entry),
                node("node path", n -> node(n, n.path() + "x", n.hostPath(), n.type(), n.major(), n.minor())),
                node("node hostPath", n -> node(n, n.path(), n.hostPath() + "x", n.type(), n.major(), n.minor())),
                node("node type", n -> node(n, n.path(), n.hostPath(), "u", n.major(), n.minor())),
                node("node major", n -> node(n, n.path(), n.hostPath(), n.type(), n.major() + 1, n.minor())),
                node("node major 0", n -> node(n, n.path(), n.hostPath(), n.type(), 0, n.minor())),
                node("node minor", n -> node(n, n.path(), n.hostPath(), n.type(), n.major(), n.minor() + 1)),
                node("node fileMode", n -> node(n, other(n.fileMode()), n.permissions(), n.uid(), n.gid())),
                node("node permissions", n -> node(n, n.fileMode(), "w", n.uid(), n.gid())),
                node("node uid", n -> node(n, n.fileMode(), n.permissions(), other(n.uid()), n.gid())),
                node("node gid", n -> node(n, n.fileMode(), n.permissions(), n.uid(), other(n.gid()))),
                net("netDevice host name", d -> new NetDevice(d.hostInterfaceName() + "x", d.name())),
                net("netDevice name", d -> new NetDevice(d.hostInterfaceName(), d.name() + "x")),
                hook("hook stage", h -> new Hook(h.hookName() + "x", h.path(), h.args(), h.env(), h.timeout())),
                hook("hook path", h -> new Hook(h.hookName(), h.path() + "x", h.args(), h.env(), h.timeout())),
                hook("hook args", h -> new Hook(h.hookName(), h.path(), turned(h.args()), h.env(), h.timeout())),
                hook("hook env", h -> new Hook(h.hookName(), h.path(), h.args(), List.of("F=1"), h.timeout())),
                hook("hook timeout", h -> new Hook(h.hookName(), h.path(), h.args(), h.env(), other(h.timeout()))),
                mount("mount hostPath", m -> new Mount(m.hostPath() + "x", m.containerPath(), m.options(), m.type())),
                mount(
                        "mount containerPath",
                        m -> new Mount(m.hostPath(), m.containerPath() + "x", m.options(), m.type())),
                mount("mount options", m -> new Mount(m.hostPath(), m.containerPath(), turned(m.options()), m.type())),
                mount("mount type", m -> new Mount(m.hostPath(), m.containerPath(), m.options(), m.type() + "x")),
                rdt(
                        "closID",
                        r -> new IntelRdt(
                                r.closId() + "x",
                                r.l3CacheSchema(),
                                r.memBwSchema(),
                                r.schemata(),
                                r.enableMonitoring())),
                rdt("L3", r -> new IntelRdt(r.closId(), "", r.memBwSchema(), r.schemata(), r.enableMonitoring())),
                rdt(
                        "memory",
                        r -> new IntelRdt(r.closId(), r.l3CacheSchema(), "x", r.schemata(), r.enableMonitoring())),
                rdt("occupancy", r -> monitored(r, true, false)),
                rdt("bandwidth", r -> monitored(r, false, true)),
                rdt(
                        "schemata",
                        r -> new IntelRdt(
                                r.closId(),
                                r.l3CacheSchema(),
                                r.memBwSchema(),
                                Optional.empty(),
                                r.enableMonitoring())),
                rdt(
                        "monitoring",
                        r -> new IntelRdt(
                                r.closId(), r.l3CacheSchema(), r.memBwSchema(), r.schemata(), !r.enableMonitoring())),
                edits(
                        "group",
                        Section.ADDITIONAL_GID,
                        e -> withLists(
                                e,
                                e.env(),
                                e.deviceNodes(),
                                e.netDevices(),
                                e.hooks(),
                                e.mounts(),
                                List.of(4_000_000L))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void eachMeaningfulMutationIsSeen(String name, Section section, UnaryOperator<CdiSpec> mutation) {
        for (long seed = 0; seed < 60; seed++) {
            CdiSpec spec = CleanSpecs.seeded(seed);
            List<Change> changes = SpecDiff.between(spec, mutation.apply(spec)).changes();
            assertThat(changes).as("seed %d", seed).isNotEmpty();
            assertThat(changes)
                    .as("seed %d", seed)
                    .allSatisfy(change -> assertThat(change.section()).isEqualTo(section));
        }
    }

    private static Arguments spec(String name, Section section, UnaryOperator<CdiSpec> mutation) {
        return Arguments.of(name, section, mutation);
    }

    /** Applied to the first device. */
    private static Arguments edits(String name, Section section, UnaryOperator<ContainerEdits> mutation) {
        return spec(
                name,
                section,
                spec -> ofFirst(spec, d -> new Device(d.name(), d.annotations(), mutation.apply(d.containerEdits()))));
    }

    private static Arguments env(String name, UnaryOperator<String> mutation) {
        return edits(
                name,
                Section.ENV,
                e -> withLists(
                        e,
                        first(e.env(), mutation),
                        e.deviceNodes(),
                        e.netDevices(),
                        e.hooks(),
                        e.mounts(),
                        e.additionalGids()));
    }

    private static Arguments node(String name, UnaryOperator<DeviceNode> mutation) {
        return edits(
                name,
                Section.DEVICE_NODE,
                e -> withLists(
                        e,
                        e.env(),
                        first(e.deviceNodes(), mutation),
                        e.netDevices(),
                        e.hooks(),
                        e.mounts(),
                        e.additionalGids()));
    }

    private static Arguments net(String name, UnaryOperator<NetDevice> mutation) {
        return edits(
                name,
                Section.NET_DEVICE,
                e -> withLists(
                        e,
                        e.env(),
                        e.deviceNodes(),
                        first(e.netDevices(), mutation),
                        e.hooks(),
                        e.mounts(),
                        e.additionalGids()));
    }

    private static Arguments hook(String name, UnaryOperator<Hook> mutation) {
        return edits(
                name,
                Section.HOOK,
                e -> withLists(
                        e,
                        e.env(),
                        e.deviceNodes(),
                        e.netDevices(),
                        first(e.hooks(), mutation),
                        e.mounts(),
                        e.additionalGids()));
    }

    private static Arguments mount(String name, UnaryOperator<Mount> mutation) {
        return edits(
                name,
                Section.MOUNT,
                e -> withLists(
                        e,
                        e.env(),
                        e.deviceNodes(),
                        e.netDevices(),
                        e.hooks(),
                        first(e.mounts(), mutation),
                        e.additionalGids()));
    }

    private static IntelRdt monitored(IntelRdt rdt, boolean cmt, boolean mbm) {
        return new IntelRdt(
                rdt.closId(), rdt.l3CacheSchema(), rdt.memBwSchema(), cmt, mbm, rdt.schemata(), rdt.enableMonitoring());
    }

    private static Arguments rdt(String name, UnaryOperator<IntelRdt> mutation) {
        return edits(
                name,
                Section.INTEL_RDT,
                e -> new ContainerEdits(
                        e.env(),
                        e.deviceNodes(),
                        e.netDevices(),
                        e.hooks(),
                        e.mounts(),
                        e.intelRdt().map(mutation),
                        e.additionalGids()));
    }

    private static CdiSpec withEverythingShuffled(CdiSpec spec, Random random) {
        CdiSpec shuffled = inAllEdits(
                spec,
                e -> withLists(
                        e,
                        shuffled(e.env(), random),
                        shuffled(e.deviceNodes(), random),
                        shuffled(e.netDevices(), random),
                        shuffled(twice(e.hooks(), random), random),
                        shuffled(e.mounts(), random),
                        shuffled(e.additionalGids(), random)));
        return shuffled.withDevices(shuffled(shuffled.devices(), random));
    }

    private static CdiSpec inAllEdits(CdiSpec spec, UnaryOperator<ContainerEdits> change) {
        List<Device> devices = new ArrayList<>();
        for (Device device : spec.devices()) {
            devices.add(new Device(device.name(), device.annotations(), change.apply(device.containerEdits())));
        }
        return new CdiSpec(
                spec.cdiVersion(), spec.kind(), spec.annotations(), devices, change.apply(spec.containerEdits()));
    }

    private static CdiSpec ofFirst(CdiSpec spec, UnaryOperator<Device> change) {
        return spec.withDevices(first(spec.devices(), change));
    }

    private static <T> List<T> first(List<T> list, UnaryOperator<T> change) {
        List<T> changed = new ArrayList<>(list);
        changed.set(0, change.apply(list.get(0)));
        return changed;
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static <T> List<T> twice(List<T> list, Random random) {
        List<T> twice = shuffled(list, random);
        twice.addAll(shuffled(list, random));
        return twice;
    }

    private static List<String> turned(List<String> list) {
        List<String> turned = new ArrayList<>(list);
        Collections.rotate(turned.subList(list.size() - 2, list.size()), 1);
        return turned;
    }

    private static Map<String, String> changed(Map<String, String> annotations) {
        Map<String, String> changed = new HashMap<>(annotations);
        changed.replaceAll((key, value) -> value + "x");
        return changed;
    }

    private static OptionalLong other(OptionalLong number) {
        return number.isPresent() ? OptionalLong.empty() : OptionalLong.of(0);
    }

    private static DeviceNode node(DeviceNode n, String path, String hostPath, String type, long major, long minor) {
        return new DeviceNode(path, hostPath, type, major, minor, n.fileMode(), n.permissions(), n.uid(), n.gid());
    }

    private static DeviceNode node(
            DeviceNode n, OptionalLong fileMode, String permissions, OptionalLong uid, OptionalLong gid) {
        return new DeviceNode(n.path(), n.hostPath(), n.type(), n.major(), n.minor(), fileMode, permissions, uid, gid);
    }

    private static ContainerEdits withLists(
            ContainerEdits edits,
            List<String> env,
            List<DeviceNode> nodes,
            List<NetDevice> netDevices,
            List<Hook> hooks,
            List<Mount> mounts,
            List<Long> gids) {
        return new ContainerEdits(env, nodes, netDevices, hooks, mounts, edits.intelRdt(), gids);
    }
}
