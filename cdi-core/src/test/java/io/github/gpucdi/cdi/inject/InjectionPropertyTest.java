package io.github.gpucdi.cdi.inject;

import static io.github.gpucdi.cdi.inject.Trees.parsed;
import static io.github.gpucdi.cdi.inject.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.cdi.text.RandomSpecs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds whatever the edits: over specs with hostile text in every place, and every release of the library. */
class InjectionPropertyTest {
    private static final int RUNS = 300;
    private static final HostNodes HOST = path -> Optional.of(new HostNode(HostNode.Type.CHAR, 195, 1, 0666));
    private static final List<String> BEFORE = List.of("PATH=/bin", "word1=old", "TERM=x");

    private static final String CONFIG = "{unknown-1: {a: [1, null, 2.50]}, ociVersion: 1.2.0, process: {unknown-2: 2,"
            + " user: {unknown-3: 3, uid: 5, additionalGids: [1000]}, env: [PATH=/bin, word1=old, TERM=x], cwd: /},"
            + " mounts: [{unknown-4: 4, destination: /kept/mount, uidMappings: [{hostID: 1}]}],"
            + " hooks: {unknown-5: 5, prestart: [{unknown-6: 6, path: /x}]},"
            + " linux: {unknown-7: 7, namespaces: [{type: user, unknown-8: 8}],"
            + " devices: [{unknown-9: 9, path: /kept/node}], netDevices: {kept0: {unknown-10: 10}},"
            + " resources: {unknown-11: 11, devices: [{unknown-12: 12, allow: false}]}, seccomp: {unknown-13: 13}}}";

    /** The seeded spec's edits, as valid as applying them needs. */
    private static ContainerEdits edits(long seed) {
        CdiSpec spec = RandomSpecs.seeded(seed);
        List<RegisteredDevice> devices = new ArrayList<>();
        for (Device device : spec.devices()) {
            QualifiedName name = new QualifiedName("acme.com", "thing", "n");
            devices.add(new RegisteredDevice(name, Path.of("/etc/cdi/a.yaml"), spec, device));
        }
        ContainerEdits all = Injector.combine(devices);
        List<DeviceNode> nodes = new ArrayList<>();
        for (DeviceNode node : all.deviceNodes()) {
            String type = node.major() == 0 ? "" : List.of("b", "c", "u", "p").get(nodes.size() % 4);
            nodes.add(new DeviceNode(
                    node.path(),
                    node.hostPath(),
                    type,
                    node.major(),
                    node.minor(),
                    node.fileMode(),
                    node.permissions(),
                    node.uid(),
                    node.gid()));
        }
        List<Hook> hooks = new ArrayList<>();
        for (Hook hook : all.hooks()) {
            String stage = OciConfig.HOOK_STAGES.get(hooks.size() % 6);
            hooks.add(new Hook(stage, hook.path(), hook.args(), hook.env(), hook.timeout()));
        }
        return new ContainerEdits(
                all.env(), nodes, all.netDevices(), hooks, all.mounts(), all.intelRdt(), all.additionalGids());
    }

    private static LibraryRelease library(long seed) {
        LibraryRelease[] all = LibraryRelease.values();
        return all[(int) (seed % all.length)];
    }

    private static Map<String, Object> apply(Map<String, Object> config, long seed) throws CdiException {
        return Injector.apply(config, edits(seed), HOST, library(seed));
    }

    @Test
    void theInputStaysAsItIsAndSharesNothing() throws CdiException {
        for (long seed = 0; seed < RUNS; seed++) {
            Map<String, Object> config = parsed(CONFIG);
            Map<String, Object> result = apply(config, seed);
            clear(result);
            assertThat(text(config)).as("seed %d", seed).isEqualTo(text(parsed(CONFIG)));
        }
    }

    private static void clear(Object tree) {
        if (tree instanceof Map<?, ?> object) {
            object.values().forEach(InjectionPropertyTest::clear);
            object.clear();
        } else if (tree instanceof List<?> list) {
            list.forEach(InjectionPropertyTest::clear);
            list.clear();
        }
    }

    @Test
    void unknownMembersSurviveAndKnownOnesKeepTheirOrder() throws CdiException {
        Map<String, Object> config = parsed(CONFIG);
        Map<String, String> unknown = new TreeMap<>();
        collectUnknown(config, unknown);
        assertThat(unknown).hasSize(13);
        for (long seed = 0; seed < RUNS; seed++) {
            Map<String, Object> result = apply(config, seed);
            Map<String, String> survived = new TreeMap<>();
            collectUnknown(result, survived);
            assertThat(survived).as("seed %d", seed).isEqualTo(unknown);
            for (String key : List.of("process", "hooks", "linux")) {
                assertThat(keys(result.get(key))).as("seed %d %s", seed, key).startsWith(keys(config.get(key)));
            }
            assertThat(keys(result)).as("seed %d", seed).isEqualTo(keys(config));
        }
    }

    private static String[] keys(Object object) {
        return ((Map<?, ?>) object).keySet().toArray(String[]::new);
    }

    private static void collectUnknown(Object tree, Map<String, String> into) {
        if (tree instanceof Map<?, ?> object) {
            for (Map.Entry<?, ?> member : object.entrySet()) {
                String key = (String) member.getKey();
                if (key.startsWith("unknown-")) {
                    into.put(key, text(member.getValue()));
                }
                collectUnknown(member.getValue(), into);
            }
        } else if (tree instanceof List<?> list) {
            list.forEach(item -> collectUnknown(item, into));
        }
    }

    @Test
    void theSameInputGivesTheSameResult() throws CdiException {
        for (long seed = 0; seed < RUNS; seed++) {
            assertThat(text(apply(parsed(CONFIG), seed)))
                    .as("seed %d", seed)
                    .isEqualTo(text(apply(parsed(CONFIG), seed)));
        }
    }

    @Test
    void noPathOrDestinationStandsTwiceEvenIfAppliedTwice() throws CdiException {
        for (long seed = 0; seed < RUNS; seed++) {
            Map<String, Object> once = apply(parsed(CONFIG), seed);
            Map<String, Object> twice = apply(once, seed);
            for (Map<String, Object> result : List.of(once, twice)) {
                List<String> paths = texts(((Map<?, ?>) result.get("linux")).get("devices"), "path");
                List<String> destinations = texts(result.get("mounts"), "destination");
                assertThat(paths).as("seed %d", seed).doesNotHaveDuplicates();
                assertThat(destinations).as("seed %d", seed).doesNotHaveDuplicates();
            }
            assertThat(Set.copyOf(texts(twice.get("mounts"), "destination")))
                    .as("seed %d", seed)
                    .isEqualTo(Set.copyOf(texts(once.get("mounts"), "destination")));
        }
    }

    @Test
    void eachNodeAndMountOfTheEditsIsThereAndNothingElse() throws CdiException {
        for (long seed = 0; seed < RUNS; seed++) {
            Map<String, Object> result = apply(parsed(CONFIG), seed);
            Set<String> paths = new HashSet<>(Set.of("/kept/node"));
            edits(seed).deviceNodes().forEach(node -> paths.add(node.path()));
            Set<String> destinations = new HashSet<>(Set.of("/kept/mount"));
            edits(seed).mounts().forEach(mount -> destinations.add(mount.containerPath()));
            assertThat(Set.copyOf(texts(((Map<?, ?>) result.get("linux")).get("devices"), "path")))
                    .as("seed %d", seed)
                    .isEqualTo(paths);
            assertThat(Set.copyOf(texts(result.get("mounts"), "destination")))
                    .as("seed %d", seed)
                    .isEqualTo(destinations);
        }
    }

    private static List<String> texts(Object objects, String key) {
        List<String> texts = new ArrayList<>();
        for (Object object : (List<?>) objects) {
            texts.add((String) ((Map<?, ?>) object).get(key));
        }
        return texts;
    }

    @Test
    void theEnvironmentIsThatOfItsRelease() throws CdiException {
        for (long seed = 0; seed < RUNS; seed++) {
            boolean replaces = library(seed) == LibraryRelease.AFTER_V1_1;
            Map<String, String> byName = new LinkedHashMap<>();
            if (replaces) {
                BEFORE.forEach(entry -> byName.put(entry.split("=", 2)[0], entry));
            }
            edits(seed).env().forEach(entry -> byName.put(entry.split("=", 2)[0], entry));
            List<String> expected = new ArrayList<>(replaces ? List.of() : BEFORE);
            expected.addAll(byName.values());
            Map<?, ?> process = (Map<?, ?>) apply(parsed(CONFIG), seed).get("process");
            assertThat(process.get("env")).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
