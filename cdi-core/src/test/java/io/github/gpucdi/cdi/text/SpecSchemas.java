package io.github.gpucdi.cdi.text;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.gpucdi.cdi.spec.CdiVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas, and for each version a spec that uses all that it has. */
final class SpecSchemas {
    static final JsonMapper JSON = new JsonMapper();

    /** The versions that have a schema, oldest first. */
    static final List<CdiVersion> VERSIONS =
            List.of(CdiVersion.values()).subList(CdiVersion.FLOOR.ordinal(), CdiVersion.values().length);

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<CdiVersion, Schema> SCHEMAS = new EnumMap<>(CdiVersion.class);

    private static final String EVERYTHING = """
            {
              "cdiVersion": "1.1.0",
              "kind": "acme.example/widget-A_1",
              "annotations": {"acme.example/note": "", "plain": "\\u0000"},
              "devices": [
                {
                  "name": "W0:1-a_b.c",
                  "annotations": {"A.b-c/d_e.f-g": "x"},
                  "containerEdits": {
                    "env": ["A=", "B C=d=e\\n"],
                    "deviceNodes": [
                      {
                        "path": "/dev/w0",
                        "hostPath": "/host/dev/w0",
                        "type": "c",
                        "major": 195,
                        "minor": 0,
                        "fileMode": 438,
                        "permissions": "rwm",
                        "uid": 0,
                        "gid": 4294967295
                      }
                    ],
                    "netDevices": [{"hostInterfaceName": "eth1", "name": "net0"}],
                    "hooks": [
                      {
                        "hookName": "createContainer",
                        "path": "/usr/bin/hook",
                        "args": ["hook", ""],
                        "env": ["A=b"],
                        "timeout": 4294967295
                      }
                    ],
                    "mounts": [{"hostPath": "/", "containerPath": "/w", "options": ["ro"], "type": "bind"}],
                    "intelRdt": {
                      "closID": "class",
                      "l3CacheSchema": "L3:0=f",
                      "memBwSchema": "MB:0=50",
                      "schemata": ["L3:0=f"],
                      "enableMonitoring": true
                    },
                    "additionalGids": [0, 4294967295]
                  }
                },
                {"name": "w", "containerEdits": {"env": ["A=b"]}}
              ],
              "containerEdits": {"env": ["A=b"]}
            }
            """;

    private static final String EDITS = "/devices/0/containerEdits";

    /** Where {@link #EVERYTHING} holds what a version brought. */
    static final Map<CdiVersion, List<String>> NEW_MEMBERS = Map.of(
            CdiVersion.V0_4_0, List.of(EDITS + "/mounts/0/type"),
            CdiVersion.V0_5_0, List.of(EDITS + "/deviceNodes/0/hostPath"),
            CdiVersion.V0_6_0, List.of("/annotations", "/devices/0/annotations"),
            CdiVersion.V0_7_0, List.of(EDITS + "/intelRdt", EDITS + "/additionalGids"),
            CdiVersion.V1_1_0,
                    List.of(EDITS + "/netDevices", EDITS + "/intelRdt/schemata", EDITS + "/intelRdt/enableMonitoring"));

    private SpecSchemas() {}

    static String text(CdiVersion version) {
        try {
            return Files.readString(Path.of("..", "schemas", "cdi-" + version.text() + ".schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode tree(CdiVersion version) {
        return (ObjectNode) JSON.readTree(text(version));
    }

    /** What the schema of {@code version} has against {@code spec}: place and keyword of each error. */
    static List<String> errors(CdiVersion version, JsonNode spec) {
        Schema schema = SCHEMAS.computeIfAbsent(version, v -> REGISTRY.getSchema(text(v), InputFormat.JSON));
        List<String> errors = new ArrayList<>();
        for (Error error : schema.validate(spec)) {
            errors.add(error.getInstanceLocation() + " " + error.getKeyword());
        }
        return errors;
    }

    /** A spec with every member that {@code version} has. */
    static ObjectNode everything(CdiVersion version) {
        ObjectNode spec = (ObjectNode) JSON.readTree(EVERYTHING);
        spec.put("cdiVersion", version.text());
        for (CdiVersion later : VERSIONS) {
            if (later.compareTo(version) > 0) {
                for (String member : NEW_MEMBERS.getOrDefault(later, List.of())) {
                    remove(spec, member);
                }
            }
        }
        return spec;
    }

    static void remove(JsonNode tree, String pointer) {
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1);
        JsonNode parent = tree.at(pointer.substring(0, slash));
        if (parent instanceof ArrayNode list) {
            list.remove(Integer.parseInt(last));
        } else if (parent instanceof ObjectNode object) {
            object.remove(last);
        }
    }

    /** Puts {@code value} where {@code pointer} says; at a list's end if it names the place after it. */
    static void set(JsonNode tree, String pointer, JsonNode value) {
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        JsonNode parent = tree.at(pointer.substring(0, slash));
        if (parent instanceof ArrayNode list) {
            int index = Integer.parseInt(last);
            if (index == list.size()) {
                list.add(value);
            } else {
                list.set(index, value);
            }
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }
}
