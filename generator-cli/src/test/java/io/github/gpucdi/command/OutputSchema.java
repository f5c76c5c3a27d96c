package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A published schema of an output.
 *
 * @param text its file's content
 */
record OutputSchema(String text) {
    private static final JsonMapper JSON = new JsonMapper();

    static OutputSchema of(String fileName) {
        try {
            return new OutputSchema(Files.readString(Path.of("..", "schemas", fileName)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Schemas may refer to doctor's. */
    private Schema schema() {
        Map<String, String> others = Map.of("urn:gpu-cdi:schema:doctor-1", of("doctor-1.schema.json").text);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(others))
                .getSchema(text, InputFormat.JSON);
    }

    JsonNode tree() {
        return JSON.readTree(text);
    }

    boolean accepts(JsonNode document) {
        return schema().validate(document).isEmpty();
    }

    void assertIsASchema() {
        Schema dialect = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(dialect.validate(text, InputFormat.JSON)).isEmpty();
    }

    /** The document that a run printed as JSON: as the schema says, sorted, and nothing else. */
    JsonNode json(Run run) {
        assertThat(schema().validate(run.out(), InputFormat.JSON)).isEmpty();
        assertThat(run.out()).endsWith("}\n").doesNotEndWith("\n\n");
        JsonNode tree = JSON.readTree(run.out());
        assertSorted(tree);
        return tree;
    }

    /** The document that a run printed as YAML. */
    static JsonNode yaml(Run run) {
        assertThat(run.out()).endsWith("\n").doesNotEndWith("\n\n");
        return new YAMLMapper().readTree(run.out());
    }

    private static void assertSorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            assertThat(names).isSorted();
        }
        node.values().forEach(OutputSchema::assertSorted);
    }
}
