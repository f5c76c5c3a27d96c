package io.github.gpucdi.cdi.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is written reads back as the same tree, whatever the text; and the bytes are such that a YAML 1.1 parser agrees. */
class RoundTripTest {
    private static final int RUNS = 1_000;

    @Test
    void yamlReadsBackAsTheSameTree() {
        for (long seed = 0; seed < RUNS; seed++) {
            CdiSpec spec = RandomSpecs.seeded(seed);
            String yaml = new String(SpecWriter.yaml(spec), StandardCharsets.UTF_8);
            assertThat(parsed(yaml)).as("seed %d:%n%s", seed, yaml).isEqualTo(tree(spec));
            assertThat(yaml).as("seed %d", seed).startsWith("---\n").endsWith("\n");
            assertThat(forbiddenIn(yaml, "\n")).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void jsonReadsBackAsTheSameTree() {
        for (long seed = 0; seed < RUNS; seed++) {
            CdiSpec spec = RandomSpecs.seeded(seed);
            String json = new String(SpecWriter.json(spec), StandardCharsets.UTF_8);
            assertThat(parsed(json)).as("seed %d:%n%s", seed, json).isEqualTo(tree(spec));
            assertThat(forbiddenIn(json, "")).as("seed %d", seed).isEmpty();
            assertThat(json.replace("\\\\", "")).as("seed %d", seed).doesNotContain("\\/", "\\ud", "<", ">", "&");
        }
    }

    @Test
    void theSameSpecGivesTheSameBytes() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(SpecWriter.yaml(RandomSpecs.seeded(seed))).isEqualTo(SpecWriter.yaml(RandomSpecs.seeded(seed)));
            assertThat(SpecWriter.json(RandomSpecs.seeded(seed))).isEqualTo(SpecWriter.json(RandomSpecs.seeded(seed)));
        }
    }

    @Test
    void aVeryLongKeyReadsBack() {
        Map<String, String> annotations = Map.of("k".repeat(2_000), "v", "\u0001".repeat(500), "w");
        CdiSpec spec = new CdiSpec("0.6.0", "a.b/cc", annotations, List.of(), ContainerEdits.EMPTY);
        assertThat(parsed(new String(SpecWriter.yaml(spec), StandardCharsets.UTF_8)))
                .isEqualTo(tree(spec));
    }

    /** Characters that YAML 1.1 does not allow in a stream, or reads as a line break inside quotes. */
    private static List<String> forbiddenIn(String text, String allowed) {
        return text.codePoints()
                .filter(c -> c < 0x20 && allowed.indexOf(c) < 0
                        || c >= 0x7F && c < 0xA0
                        || c == 0x2028
                        || c == 0x2029
                        || c == 0xFEFF
                        || c == 0xFFFE
                        || c == 0xFFFF)
                .mapToObj(Integer::toHexString)
                .toList();
    }

    private static Object parsed(String text) {
        return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(text);
    }

    private static Map<String, Object> tree(CdiSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cdiVersion", spec.cdiVersion());
        tree.put("kind", spec.kind());
        putUnlessEmpty(tree, "annotations", spec.annotations());
        List<Object> devices = new ArrayList<>();
        for (Device device : spec.devices()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", device.name());
            putUnlessEmpty(entry, "annotations", device.annotations());
            entry.put("containerEdits", tree(device.containerEdits()));
            devices.add(entry);
        }
        tree.put("devices", devices);
        putUnlessEmpty(tree, "containerEdits", tree(spec.containerEdits()));
        return tree;
    }

    private static Map<String, Object> tree(ContainerEdits edits) {
        Map<String, Object> tree = new LinkedHashMap<>();
        putUnlessEmpty(tree, "env", edits.env());
        putUnlessEmpty(
                tree,
                "deviceNodes",
                edits.deviceNodes().stream().map(RoundTripTest::tree).toList());
        putUnlessEmpty(
                tree,
                "netDevices",
                edits.netDevices().stream()
                        .map(device -> Map.of("hostInterfaceName", device.hostInterfaceName(), "name", device.name()))
                        .toList());
        putUnlessEmpty(
                tree, "hooks", edits.hooks().stream().map(RoundTripTest::tree).toList());
        putUnlessEmpty(
                tree, "mounts", edits.mounts().stream().map(RoundTripTest::tree).toList());
        edits.intelRdt().ifPresent(rdt -> tree.put("intelRdt", tree(rdt)));
        putUnlessEmpty(
                tree,
                "additionalGids",
                edits.additionalGids().stream().map(RoundTripTest::boxed).toList());
        return tree;
    }

    private static Map<String, Object> tree(DeviceNode node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", node.path());
        putUnlessEmpty(tree, "hostPath", node.hostPath());
        putUnlessEmpty(tree, "type", node.type());
        putUnlessZero(tree, "major", node.major());
        putUnlessZero(tree, "minor", node.minor());
        putIfPresent(tree, "fileMode", node.fileMode());
        putUnlessEmpty(tree, "permissions", node.permissions());
        putIfPresent(tree, "uid", node.uid());
        putIfPresent(tree, "gid", node.gid());
        return tree;
    }

    private static Map<String, Object> tree(Hook hook) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hookName", hook.hookName());
        tree.put("path", hook.path());
        putUnlessEmpty(tree, "args", hook.args());
        putUnlessEmpty(tree, "env", hook.env());
        putIfPresent(tree, "timeout", hook.timeout());
        return tree;
    }

    private static Map<String, Object> tree(Mount mount) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hostPath", mount.hostPath());
        tree.put("containerPath", mount.containerPath());
        putUnlessEmpty(tree, "options", mount.options());
        putUnlessEmpty(tree, "type", mount.type());
        return tree;
    }

    private static Map<String, Object> tree(IntelRdt rdt) {
        Map<String, Object> tree = new LinkedHashMap<>();
        putUnlessEmpty(tree, "closID", rdt.closId());
        putUnlessEmpty(tree, "l3CacheSchema", rdt.l3CacheSchema());
        putUnlessEmpty(tree, "memBwSchema", rdt.memBwSchema());
        if (rdt.enableCmt()) {
            tree.put("enableCMT", true);
        }
        if (rdt.enableMbm()) {
            tree.put("enableMBM", true);
        }
        rdt.schemata().ifPresent(lines -> putUnlessEmpty(tree, "schemata", lines));
        if (rdt.enableMonitoring()) {
            tree.put("enableMonitoring", true);
        }
        return tree;
    }

    private static void putUnlessEmpty(Map<String, Object> tree, String key, Object value) {
        boolean empty = value.equals("") || value.equals(List.of()) || value.equals(Map.of());
        if (!empty) {
            tree.put(key, value);
        }
    }

    private static void putUnlessZero(Map<String, Object> tree, String key, long value) {
        if (value != 0) {
            tree.put(key, boxed(value));
        }
    }

    private static void putIfPresent(Map<String, Object> tree, String key, OptionalLong value) {
        value.ifPresent(number -> tree.put(key, boxed(number)));
    }

    /** The parser gives the smallest type that holds a number. */
    private static Object boxed(long number) {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }
}
