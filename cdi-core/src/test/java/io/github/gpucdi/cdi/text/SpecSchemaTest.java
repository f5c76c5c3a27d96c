package io.github.gpucdi.cdi.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas of CDI specs allow what a generator should write, and refuse the rest. */
class SpecSchemaTest {
    /** Rules that a schema cannot say, or not in full. */
    private static final Set<Code> BEYOND_A_SCHEMA = EnumSet.of(
            Code.DEVICE_DUPLICATE,
            Code.NET_DEVICE_INVALID,
            Code.CLOS_ID_INVALID,
            Code.ANNOTATIONS_TOO_LARGE,
            Code.TEXT_NOT_UNICODE);

    /** Parts of annotation keys of 61 and 63 characters. */
    private static final String D61 = "d12345678901234567890123456789012345678901234567890123456789e";

    private static final String K63 = D61 + "Z9";

    static final List<CdiVersion> VERSIONS = SpecSchemas.VERSIONS;

    private static CdiVersion version(String text) {
        return CdiVersion.parse(text).orElseThrow();
    }

    private static JsonNode json(CdiSpec spec, CdiVersion declared) {
        return SpecSchemas.JSON.readTree(SpecWriter.json(spec.withCdiVersion(declared.text())));
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void isASchemaOfItsDialect(CdiVersion version) {
        Schema dialect = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(dialect.validate(SpecSchemas.text(version), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void allowsTheExamples() throws IOException {
        List<Path> seen = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("..", "examples", "specs"))) {
            for (Path file : files) {
                Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                JsonNode spec = SpecSchemas.JSON.valueToTree(tree);
                assertThat(SpecSchemas.errors(version(spec.get("cdiVersion").stringValue()), spec))
                        .as("%s", file)
                        .isEmpty();
                seen.add(file);
            }
        }
        assertThat(seen).isNotEmpty();
    }

    /** Specs without findings pass from their minimum version on, and no earlier; the others fail. */
    @Test
    void agreesWithTheValidatorAndTheMinimumVersion() {
        Set<CdiVersion> minimums = EnumSet.noneOf(CdiVersion.class);
        int clean = 0;
        int faulty = 0;
        for (long seed = 0; seed < 500; seed++) {
            CdiSpec spec = PlausibleSpecs.seeded(seed);
            CdiVersion minimum = CdiVersion.minimumFor(spec);
            List<Finding> findings = SpecValidator.validate(spec);
            if (findings.isEmpty()) {
                for (CdiVersion version : VERSIONS) {
                    JsonNode written = json(spec, version);
                    assertThat(SpecSchemas.errors(version, written).isEmpty())
                            .as("seed %d as %s: %s", seed, version.text(), written)
                            .isEqualTo(version.compareTo(minimum) >= 0);
                }
                minimums.add(minimum);
                clean++;
            } else if (findings.stream().anyMatch(finding -> !BEYOND_A_SCHEMA.contains(finding.code()))) {
                JsonNode written = json(spec, minimum);
                assertThat(SpecSchemas.errors(minimum, written))
                        .as("seed %d: %s, %s", seed, findings, written)
                        .isNotEmpty();
                faulty++;
            }
        }
        assertThat(clean).isGreaterThan(100);
        assertThat(faulty).isGreaterThan(100);
        assertThat(minimums)
                .containsExactly(
                        CdiVersion.V0_3_0,
                        CdiVersion.V0_4_0,
                        CdiVersion.V0_5_0,
                        CdiVersion.V0_6_0,
                        CdiVersion.V0_7_0,
                        CdiVersion.V1_1_0);
    }

    @Test
    void allowsEverythingThatAVersionHas() {
        for (CdiVersion version : VERSIONS) {
            assertThat(SpecSchemas.errors(version, SpecSchemas.everything(version)))
                    .as(version.text())
                    .isEmpty();
        }
    }

    @Test
    void refusesMembersOfLaterVersions() {
        JsonNode all = SpecSchemas.everything(CdiVersion.V1_1_0);
        int refused = 0;
        for (Map.Entry<CdiVersion, List<String>> entry : SpecSchemas.NEW_MEMBERS.entrySet()) {
            CdiVersion before = VERSIONS.get(VERSIONS.indexOf(entry.getKey()) - 1);
            for (String member : entry.getValue()) {
                ObjectNode spec = SpecSchemas.everything(before);
                SpecSchemas.set(spec, member, all.at(member));
                String parent = member.substring(0, member.lastIndexOf('/'));
                assertThat(SpecSchemas.errors(before, spec))
                        .as("%s in %s", member, before.text())
                        .containsExactly(parent + " additionalProperties");
                refused++;
            }
        }
        assertThat(refused).isEqualTo(9);
    }

    @ParameterizedTest(name = "{0}: {1} = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.3.0 | /devices/1/name | \"w\"",
                "0.5.0 | /devices/1/name | \"0\"",
                "0.3.0 | /kind | \"a..b/cc\"",
                "0.6.0 | /kind | \"ac/me.x\"",
                "1.1.0 | /devices/0/containerEdits/intelRdt/closID | \"/\"",
                "1.1.0 | /devices/0/containerEdits/intelRdt/closID | \"...\"",
                "1.1.0 | /devices/0/containerEdits/intelRdt/closID | \".a\"",
                "1.1.0 | /devices/0/containerEdits/intelRdt | {}",
                "1.1.0 | /containerEdits | {}",
                "0.3.0 | /devices/0/containerEdits/hooks/0/hookName | \"prestart\"",
                "0.3.0 | /devices/0/containerEdits/hooks/0/timeout | 1",
                "0.3.0 | /devices/0/containerEdits/deviceNodes/0/fileMode | 4294967295",
                "0.3.0 | /devices/0/containerEdits/deviceNodes/0/major | -9223372036854775808",
                "0.3.0 | /devices/0/containerEdits/deviceNodes/0/minor | 9223372036854775807",
                "0.3.0 | /devices/0/containerEdits/deviceNodes/0/permissions | \"m\"",
                "0.3.0 | /devices/0/containerEdits/env/0 | \"a\\nb=\"",
                "0.6.0 | /annotations/" + K63 + " | \"\"",
                "0.6.0 | /annotations/A.b~1c | \"\"",
                "0.6.0 | /annotations/" + K63 + "." + K63 + "." + K63 + "." + D61 + "~1k | \"\"",
            })
    void allows(String version, String pointer, String value) {
        ObjectNode spec = SpecSchemas.everything(version(version));
        SpecSchemas.set(spec, pointer, SpecSchemas.JSON.readTree(value));
        assertThat(SpecSchemas.errors(version(version), spec)).isEmpty();
    }
}
