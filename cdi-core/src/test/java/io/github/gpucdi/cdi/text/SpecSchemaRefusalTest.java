package io.github.gpucdi.cdi.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One bad spec for each rule of the schemas: everything that the version has, with one value replaced, added or
 * ({@code -}) removed. Each is refused at one place for one reason. E stands for the first device's edits.
 */
class SpecSchemaRefusalTest {
    /** 62 and 63 characters. */
    private static final String C62 = "c1234567890-234567890-234567890-234567890-234567890-2345678901";

    private static final String C63 = C62 + "2";

    @ParameterizedTest(name = "{0}: {1} = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "~",
            value = {
                // the document
                "1.1.0 | /cdiVersion | - | ~ | required",
                "1.1.0 | /cdiVersion | \"1.0.0\" | /cdiVersion | const",
                "1.0.0 | /cdiVersion | \"1.1.0\" | /cdiVersion | const",
                "0.6.0 | /cdiVersion | \"v0.6.0\" | /cdiVersion | const",
                "0.5.0 | /cdiVersion | 0.5 | /cdiVersion | const",
                "0.3.0 | /kind | - | ~ | required",
                "0.3.0 | /devices | - | ~ | required",
                "0.3.0 | /devices | [] | /devices | minItems",
                "0.3.0 | /devices | {} | /devices | type",
                "0.3.0 | /devices/2 | {\"name\": \"w\", \"containerEdits\": {\"env\": [\"A=b\"]}} | /devices | uniqueItems",
                "0.3.0 | /devices/0 | null | /devices/0 | type",
                "1.1.0 | /Kind | \"acme/widget\" | ~ | additionalProperties",
                "1.1.0 | /$schema | \"x\" | ~ | additionalProperties",
                "1.1.0 | /containerEdits | [] | /containerEdits | type",
                "1.1.0 | /containerEdits | null | /containerEdits | type",
                // names
                "1.1.0 | /kind | \"acme\" | /kind | pattern",
                "1.1.0 | /kind | \"a/widget\" | /kind | pattern",
                "1.1.0 | /kind | \"acme/w\" | /kind | pattern",
                "1.1.0 | /kind | \"3acme/widget\" | /kind | pattern",
                "1.1.0 | /kind | \"acme/3widget\" | /kind | pattern",
                "1.1.0 | /kind | \"acme-/widget\" | /kind | pattern",
                "1.1.0 | /kind | \"acme/widget.\" | /kind | pattern",
                "1.1.0 | /kind | \"acme/wid/get\" | /kind | pattern",
                "1.1.0 | /kind | \"acm\u00e9/widget\" | /kind | pattern",
                "1.1.0 | /kind | \"acme/widget\\n\" | /kind | pattern",
                "1.1.0 | /kind | \" acme/widget\" | /kind | pattern",
                "1.1.0 | /kind | 7 | /kind | type",
                "0.5.0 | /kind | \"acme/wid.get\" | /kind | pattern",
                "1.1.0 | /devices/0/name | - | /devices/0 | required",
                "1.1.0 | /devices/0/name | \"\" | /devices/0/name | pattern",
                "1.1.0 | /devices/0/name | \"-w\" | /devices/0/name | pattern",
                "1.1.0 | /devices/0/name | \"w:\" | /devices/0/name | pattern",
                "1.1.0 | /devices/0/name | \"w=0\" | /devices/0/name | pattern",
                "1.1.0 | /devices/0/name | \"w 0\" | /devices/0/name | pattern",
                "1.1.0 | /devices/0/name | \"w\\n\" | /devices/0/name | pattern",
                "1.1.0 | /devices/0/name | 0 | /devices/0/name | type",
                "0.4.0 | /devices/0/name | \"0\" | /devices/0/name | pattern",
                // annotations
                "0.6.0 | /annotations | {} | /annotations | minProperties",
                "0.6.0 | /annotations/a | true | /annotations/a | type",
                "0.6.0 | /annotations/ | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/-bad key- | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/a~1b~1c | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/~1c | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/a_b~1c | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/a..b~1c | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/" + C63 + "d | \"x\" | /annotations | propertyNames",
                "0.6.0 | /annotations/" + C63 + "." + C63 + "." + C63 + "." + C62 + "~1c | \"x\" | /annotations"
                        + " | propertyNames",
                "1.1.0 | /devices/0/annotations | {} | /devices/0/annotations | minProperties",
                "1.1.0 | /devices/0/annotations/.a | \"x\" | /devices/0/annotations | propertyNames",
                // device edits
                "1.1.0 | E | - | /devices/0 | required",
                "0.3.0 | E | {} | E | minProperties",
                "0.3.0 | /devices/0/x | 1 | /devices/0 | additionalProperties",
                "0.3.0 | E/additionalGIDs | [1] | E | additionalProperties",
                "0.3.0 | E/env | [] | E/env | minItems",
                "0.3.0 | E/env/0 | \"A\" | E/env/0 | pattern",
                "0.3.0 | E/env/0 | \"=x\" | E/env/0 | pattern",
                "0.3.0 | E/env/0 | {\"A\": \"b\"} | E/env/0 | type",
                "0.3.0 | /containerEdits/env/0 | \"\" | /containerEdits/env/0 | pattern",
                "0.7.0 | E/additionalGids | [] | E/additionalGids | minItems",
                "0.7.0 | E/additionalGids/0 | 4294967296 | E/additionalGids/0 | maximum",
                "0.7.0 | E/additionalGids/0 | -1 | E/additionalGids/0 | minimum",
                // device nodes
                "0.3.0 | E/deviceNodes | [] | E/deviceNodes | minItems",
                "0.3.0 | E/deviceNodes/0 | null | E/deviceNodes/0 | type",
                "0.3.0 | E/deviceNodes/0/path | - | E/deviceNodes/0 | required",
                "0.3.0 | E/deviceNodes/0/path | \"\" | E/deviceNodes/0/path | pattern",
                "0.3.0 | E/deviceNodes/0/path | \"dev/w\" | E/deviceNodes/0/path | pattern",
                "0.3.0 | E/deviceNodes/0/path | \"/dev/w\\n\" | E/deviceNodes/0/path | pattern",
                "0.3.0 | E/deviceNodes/0/path | \"/dev/\\u0000w\" | E/deviceNodes/0/path | pattern",
                "0.5.0 | E/deviceNodes/0/hostPath | \"\" | E/deviceNodes/0/hostPath | pattern",
                "0.5.0 | E/deviceNodes/0/hostPath | \"w\" | E/deviceNodes/0/hostPath | pattern",
                "0.3.0 | E/deviceNodes/0/type | \"char\" | E/deviceNodes/0/type | enum",
                "0.3.0 | E/deviceNodes/0/type | \"C\" | E/deviceNodes/0/type | enum",
                "0.3.0 | E/deviceNodes/0/type | \"\" | E/deviceNodes/0/type | enum",
                "0.3.0 | E/deviceNodes/0/permissions | \"rwx\" | E/deviceNodes/0/permissions | pattern",
                "0.3.0 | E/deviceNodes/0/permissions | \"\" | E/deviceNodes/0/permissions | pattern",
                "1.1.0 | E/deviceNodes/0/permissions | \"none\" | E/deviceNodes/0/permissions | pattern",
                "0.3.0 | E/deviceNodes/0/major | \"195\" | E/deviceNodes/0/major | type",
                "0.3.0 | E/deviceNodes/0/major | 9223372036854775808 | E/deviceNodes/0/major | maximum",
                "0.3.0 | E/deviceNodes/0/minor | 1.5 | E/deviceNodes/0/minor | type",
                "0.3.0 | E/deviceNodes/0/minor | -9223372036854775809 | E/deviceNodes/0/minor | minimum",
                "0.3.0 | E/deviceNodes/0/fileMode | \"0660\" | E/deviceNodes/0/fileMode | type",
                "0.3.0 | E/deviceNodes/0/fileMode | -1 | E/deviceNodes/0/fileMode | minimum",
                "0.3.0 | E/deviceNodes/0/uid | -1 | E/deviceNodes/0/uid | minimum",
                "0.3.0 | E/deviceNodes/0/uid | 4294967296 | E/deviceNodes/0/uid | maximum",
                "0.3.0 | E/deviceNodes/0/gid | null | E/deviceNodes/0/gid | type",
                "0.3.0 | E/deviceNodes/0/access | \"rw\" | E/deviceNodes/0 | additionalProperties",
                // hooks
                "0.3.0 | E/hooks | [] | E/hooks | minItems",
                "0.3.0 | E/hooks/0/hookName | - | E/hooks/0 | required",
                "0.3.0 | E/hooks/0/hookName | \"CreateContainer\" | E/hooks/0/hookName | enum",
                "0.3.0 | E/hooks/0/path | - | E/hooks/0 | required",
                "0.3.0 | E/hooks/0/path | \"hook\" | E/hooks/0/path | pattern",
                "0.3.0 | E/hooks/0/args | [] | E/hooks/0/args | minItems",
                "0.3.0 | E/hooks/0/args/1 | 1 | E/hooks/0/args/1 | type",
                "0.3.0 | E/hooks/0/env | [] | E/hooks/0/env | minItems",
                "0.3.0 | E/hooks/0/env/0 | \"A\" | E/hooks/0/env/0 | pattern",
                "0.3.0 | E/hooks/0/timeout | 0 | E/hooks/0/timeout | minimum",
                "0.3.0 | E/hooks/0/timeout | 4294967296 | E/hooks/0/timeout | maximum",
                "0.3.0 | E/hooks/0/timeout | \"5\" | E/hooks/0/timeout | type",
                "0.3.0 | E/hooks/0/name | \"x\" | E/hooks/0 | additionalProperties",
                // mounts
                "0.3.0 | E/mounts | [] | E/mounts | minItems",
                "0.3.0 | E/mounts/0/hostPath | - | E/mounts/0 | required",
                "0.3.0 | E/mounts/0/hostPath | \"\" | E/mounts/0/hostPath | pattern",
                "0.3.0 | E/mounts/0/containerPath | - | E/mounts/0 | required",
                "0.3.0 | E/mounts/0/containerPath | \"./w\" | E/mounts/0/containerPath | pattern",
                "0.3.0 | E/mounts/0/options | [] | E/mounts/0/options | minItems",
                "0.3.0 | E/mounts/0/options | \"ro\" | E/mounts/0/options | type",
                "0.3.0 | E/mounts/0/options/0 | null | E/mounts/0/options/0 | type",
                "0.4.0 | E/mounts/0/type | \"\" | E/mounts/0/type | minLength",
                "0.3.0 | E/mounts/0/source | \"/w\" | E/mounts/0 | additionalProperties",
                // resctrl
                "0.7.0 | E/intelRdt | null | E/intelRdt | type",
                "0.7.0 | E/intelRdt/enableCMT | true | E/intelRdt | additionalProperties",
                "0.7.0 | E/intelRdt/enableMBM | true | E/intelRdt | additionalProperties",
                "1.1.0 | E/intelRdt/enableCMT | false | E/intelRdt | additionalProperties",
                "1.1.0 | E/intelRdt/enableMBM | false | E/intelRdt | additionalProperties",
                "1.1.0 | E/intelRdt/schema | [] | E/intelRdt | additionalProperties",
                "0.7.0 | E/intelRdt/closID | \"\" | E/intelRdt/closID | pattern",
                "0.7.0 | E/intelRdt/closID | \".\" | E/intelRdt/closID | pattern",
                "0.7.0 | E/intelRdt/closID | \"..\" | E/intelRdt/closID | pattern",
                "0.7.0 | E/intelRdt/closID | \"a/b\" | E/intelRdt/closID | pattern",
                "0.7.0 | E/intelRdt/closID | \"a\\n\" | E/intelRdt/closID | pattern",
                "1.0.0 | E/intelRdt/closID | \"/\" | E/intelRdt/closID | pattern",
                "1.1.0 | E/intelRdt/closID | \"..\" | E/intelRdt/closID | pattern",
                "1.1.0 | E/intelRdt/closID | \"/a\" | E/intelRdt/closID | pattern",
                "1.1.0 | E/intelRdt/closID | \"/\\n\" | E/intelRdt/closID | pattern",
                "0.7.0 | E/intelRdt/l3CacheSchema | \"\" | E/intelRdt/l3CacheSchema | minLength",
                "0.7.0 | E/intelRdt/memBwSchema | \"\" | E/intelRdt/memBwSchema | minLength",
                "1.1.0 | E/intelRdt/schemata | [] | E/intelRdt/schemata | minItems",
                "1.1.0 | E/intelRdt/schemata/0 | 1 | E/intelRdt/schemata/0 | type",
                "1.1.0 | E/intelRdt/enableMonitoring | \"true\" | E/intelRdt/enableMonitoring | type",
                // network interfaces
                "1.1.0 | E/netDevices | [] | E/netDevices | minItems",
                "1.1.0 | E/netDevices/0/hostInterfaceName | - | E/netDevices/0 | required",
                "1.1.0 | E/netDevices/0/hostInterfaceName | \"\" | E/netDevices/0/hostInterfaceName | minLength",
                "1.1.0 | E/netDevices/0/name | - | E/netDevices/0 | required",
                "1.1.0 | E/netDevices/0/name | \"\" | E/netDevices/0/name | minLength",
                "1.1.0 | E/netDevices/1 | {\"hostInterfaceName\": \"eth1\", \"name\": \"net0\"} | E/netDevices | uniqueItems",
                "1.1.0 | E/netDevices/0/mtu | 1500 | E/netDevices/0 | additionalProperties",
            })
    void refuses(String version, String pointer, String value, String where, String keyword) {
        assertThat(errors(version, pointer, value))
                .containsExactly((where == null ? "" : inFull(where)) + " " + keyword);
    }

    @ParameterizedTest
    @CsvSource({"0.7.0, 4095, 0", "0.7.0, 4096, 1", "1.1.0, 4095, 0", "1.1.0, 4096, 1"})
    void limitsTheClassOfService(String version, int length, int errors) {
        String closId = SpecSchemas.JSON.writeValueAsString("c".repeat(length));
        assertThat(errors(version, "E/intelRdt/closID", closId))
                .hasSize(errors)
                .allMatch(inFull("E/intelRdt/closID maxLength")::equals);
    }

    private static Iterable<String> errors(String version, String pointer, String value) {
        CdiVersion declared = CdiVersion.parse(version).orElseThrow();
        ObjectNode spec = SpecSchemas.everything(declared);
        if (value.equals("-")) {
            SpecSchemas.remove(spec, inFull(pointer));
        } else {
            JsonNode node = SpecSchemas.JSON.readTree(value);
            SpecSchemas.set(spec, inFull(pointer), node);
        }
        return SpecSchemas.errors(declared, spec);
    }

    private static String inFull(String pointer) {
        return pointer.startsWith("E") ? "/devices/0/containerEdits" + pointer.substring(1) : pointer;
    }
}
