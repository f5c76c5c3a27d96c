package io.github.gpucdi.cdi.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of CDI specs are kept by hand, so here they are held in step. */
class SpecSchemaStepTest {
    private static final Map<CdiVersion, Set<String>> SINCE = Map.of(
            CdiVersion.V0_3_0,
            Set.of(
                    "spec.cdiVersion",
                    "spec.kind",
                    "spec.devices",
                    "spec.containerEdits",
                    "device.name",
                    "device.containerEdits",
                    "containerEdits.env",
                    "containerEdits.deviceNodes",
                    "containerEdits.hooks",
                    "containerEdits.mounts",
                    "deviceNode.path",
                    "deviceNode.type",
                    "deviceNode.major",
                    "deviceNode.minor",
                    "deviceNode.fileMode",
                    "deviceNode.permissions",
                    "deviceNode.uid",
                    "deviceNode.gid",
                    "hook.hookName",
                    "hook.path",
                    "hook.args",
                    "hook.env",
                    "hook.timeout",
                    "mount.hostPath",
                    "mount.containerPath",
                    "mount.options"),
            CdiVersion.V0_4_0,
            Set.of("mount.type"),
            CdiVersion.V0_5_0,
            Set.of("deviceNode.hostPath"),
            CdiVersion.V0_6_0,
            Set.of("spec.annotations", "device.annotations"),
            CdiVersion.V0_7_0,
            Set.of(
                    "containerEdits.intelRdt",
                    "containerEdits.additionalGids",
                    "intelRdt.closID",
                    "intelRdt.l3CacheSchema",
                    "intelRdt.memBwSchema"),
            CdiVersion.V1_1_0,
            Set.of(
                    "containerEdits.netDevices",
                    "netDevice.hostInterfaceName",
                    "netDevice.name",
                    "intelRdt.schemata",
                    "intelRdt.enableMonitoring"));

    /** Properties whose rule a version changed. */
    private static final Map<CdiVersion, String> CHANGED = Map.of(
            CdiVersion.V0_5_0, "device.name",
            CdiVersion.V0_6_0, "spec.kind",
            CdiVersion.V1_1_0, "intelRdt.closID");

    /** Definitions that no property of an older version refers to. */
    private static final Map<CdiVersion, List<String>> NEW_DEFINITIONS = Map.of(
            CdiVersion.V0_6_0, List.of("annotations"),
            CdiVersion.V0_7_0, List.of("intelRdt"),
            CdiVersion.V1_1_0, List.of("netDevice"));

    /** Calls {@code visitor} with the name and the schema of every object that lists properties. */
    private static void everyObject(JsonNode schema, BiConsumer<String, ObjectNode> visitor) {
        visitor.accept("spec", (ObjectNode) schema);
        for (Map.Entry<String, JsonNode> definition : schema.get("$defs").properties()) {
            if (definition.getValue().has("properties")) {
                visitor.accept(definition.getKey(), (ObjectNode) definition.getValue());
            }
        }
    }

    private static Map<String, JsonNode> properties(CdiVersion version) {
        Map<String, JsonNode> properties = new TreeMap<>();
        everyObject(SpecSchemas.tree(version), (name, object) -> {
            for (Map.Entry<String, JsonNode> property : object.get("properties").properties()) {
                properties.put(name + "." + property.getKey(), property.getValue());
            }
        });
        return properties;
    }

    @Test
    void everyPropertyAppearsWithItsVersionAndStays() {
        Set<String> expected = new TreeSet<>();
        for (CdiVersion version : SpecSchemas.VERSIONS) {
            expected.addAll(SINCE.getOrDefault(version, Set.of()));
            assertThat(properties(version).keySet()).as(version.text()).isEqualTo(expected);
        }
        assertThat(expected).hasSize(40);
    }

    /** Without its novelties, each schema is the one before it. */
    @Test
    void nothingElseChanges() {
        for (int i = 1; i < SpecSchemas.VERSIONS.size(); i++) {
            CdiVersion version = SpecSchemas.VERSIONS.get(i);
            CdiVersion before = SpecSchemas.VERSIONS.get(i - 1);
            String changed = CHANGED.getOrDefault(version, "");
            ObjectNode later = SpecSchemas.tree(version);
            ObjectNode earlier = SpecSchemas.tree(before);
            if (!changed.isEmpty()) {
                assertThat(properties(version).get(changed))
                        .as("%s in %s", changed, version.text())
                        .isNotEqualTo(properties(before).get(changed));
                removeProperty(later, changed);
                removeProperty(earlier, changed);
            }
            for (String property : SINCE.getOrDefault(version, Set.of())) {
                removeProperty(later, property);
            }
            ((ObjectNode) later.get("$defs")).remove(NEW_DEFINITIONS.getOrDefault(version, List.of()));
            String text = SpecSchemas.JSON.writeValueAsString(later);
            assertThat(text).contains("\"const\":\"" + version.text() + "\"");
            assertThat(text.replace(version.text(), before.text()))
                    .as("%s without its novelties", version.text())
                    .isEqualTo(SpecSchemas.JSON.writeValueAsString(earlier));
        }
    }

    private static void removeProperty(ObjectNode schema, String property) {
        everyObject(schema, (name, object) -> {
            if (property.startsWith(name + ".")) {
                ((ObjectNode) object.get("properties")).remove(property.substring(name.length() + 1));
            }
        });
    }

    @Test
    void namesItsVersion() {
        for (CdiVersion version : SpecSchemas.VERSIONS) {
            JsonNode schema = SpecSchemas.tree(version);
            assertThat(schema.get("$id").stringValue()).isEqualTo("urn:gpu-cdi:schema:cdi-" + version.text());
            assertThat(schema.get("title").stringValue()).isEqualTo("CDI spec, version " + version.text());
        }
    }

    @Test
    void objectsAreClosedAndEveryPropertyIsDescribed() {
        for (CdiVersion version : SpecSchemas.VERSIONS) {
            JsonNode schema = SpecSchemas.tree(version);
            List<String> open = new ArrayList<>();
            everyObject(schema, (name, object) -> {
                if (!object.path("additionalProperties").isBoolean()
                        || object.get("additionalProperties").booleanValue()) {
                    open.add(name);
                }
            });
            assertThat(open).as("open objects in %s", version.text()).isEmpty();
            List<String> silent = new ArrayList<>();
            properties(version).forEach((name, property) -> {
                if (property.path("description").asString("").isBlank()) {
                    silent.add(name);
                }
            });
            assertThat(silent).as("without description in %s", version.text()).isEmpty();
        }
    }

    /** Declared where they first apply, in words too. */
    @Test
    void descriptionsNameTheVersionThatBroughtAProperty() {
        for (Map.Entry<CdiVersion, Set<String>> entry : SINCE.entrySet()) {
            if (entry.getKey() != CdiVersion.FLOOR) {
                for (String name : entry.getValue()) {
                    JsonNode property = properties(CdiVersion.V1_1_0).get(name);
                    JsonNode description = property.get("description");
                    boolean inNewObject = NEW_DEFINITIONS
                            .getOrDefault(entry.getKey(), List.of())
                            .contains(name.substring(0, name.indexOf('.')));
                    assertThat(inNewObject
                                    || description
                                            .stringValue()
                                            .contains("(since CDI "
                                                    + entry.getKey().text() + ")"))
                            .as(name)
                            .isTrue();
                }
            }
        }
    }
}
