package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command validate's findings for code hosts: SARIF 2.1.0, sections 3.13 to 3.30. */
class ValidateSarifTest {
    @TempDir
    Path folder;

    private static JsonNode sarif(int status, String... files) {
        List<String> arguments = new ArrayList<>(List.of("validate", "--format=sarif"));
        arguments.addAll(List.of(files));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        JsonNode log = new JsonMapper().readTree(run.out());
        assertThat(log.get("version").stringValue()).isEqualTo("2.1.0");
        assertThat(log.get("runs")).hasSize(1);
        assertThat(log.at("/runs/0/tool/driver/name").stringValue()).isEqualTo("gpu-cdi");
        return log.at("/runs/0");
    }

    @Test
    void aResultAFindingWithItsPlace() throws IOException {
        Path refused = Files.writeString(
                folder.resolve("a b.json"), ValidateTest.GOOD.replace("one", "0") + "mystery: 1\nhooks: null\n");
        JsonNode run = sarif(1, refused.toString());
        assertThat(run.get("columnKind").stringValue()).isEqualTo("unicodeCodePoints");

        List<String> levels = new ArrayList<>();
        for (JsonNode result : run.get("results")) {
            levels.add(result.get("level").stringValue());
            assertThat(result.at("/message/text").stringValue()).isNotBlank();
            String uri = result.at("/locations/0/physicalLocation/artifactLocation/uri")
                    .stringValue();
            assertThat(Path.of(URI.create(uri))).isEqualTo(refused);
        }
        assertThat(levels).contains("error", "note").isSubsetOf("error", "warning", "note");

        JsonNode low = null;
        for (JsonNode result : run.get("results")) {
            low = result.get("ruleId").stringValue().equals("version-too-low") ? result : low;
        }
        assertThat(low).isNotNull();
        assertThat(low.at("/locations/0/physicalLocation/region/startLine").intValue())
                .isEqualTo(1);
        assertThat(low.at("/locations/0/physicalLocation/region/startColumn").intValue())
                .isEqualTo(13);
        assertThat(low.at("/locations/0/logicalLocations/0/fullyQualifiedName").stringValue())
                .isEqualTo("/cdiVersion");
    }

    @Test
    void aRuleForEachCodeAndOnlyOnce() throws IOException {
        String bad = ValidateTest.GOOD + "x: 1\ny: 1\n";
        Path one = Files.writeString(folder.resolve("one.yaml"), bad);
        Path two = Files.writeString(folder.resolve("two.yaml"), bad);
        JsonNode run = sarif(1, one.toString(), two.toString());
        assertThat(run.get("results")).hasSize(4);
        assertThat(run.at("/tool/driver/rules")).hasSize(1);
        assertThat(run.at("/tool/driver/rules/0/id").stringValue()).isEqualTo("unknown-key");
    }

    @Test
    void aGoodFileHasNoResult() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), ValidateTest.GOOD);
        assertThat(sarif(0, good.toString()).get("results")).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadHasNoRegion() {
        JsonNode run = sarif(1, "missing/x:%y\u00e9.yaml", "a:b", "x y", "");
        List<String> uris = new ArrayList<>();
        for (JsonNode result : run.get("results")) {
            JsonNode place = result.at("/locations/0/physicalLocation");
            assertThat(place.has("region")).isFalse();
            String uri = place.at("/artifactLocation/uri").stringValue();
            uris.add(uri);
            assertThat(URI.create(uri).isAbsolute()).isFalse();
        }
        assertThat(uris).containsExactly("./missing/x:%25y%C3%A9.yaml", "./a:b", "x%20y", "");
    }
}
