package io.github.gpucdi.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The published schema, the reader, the writer and the records say the same. */
class SnapshotSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHEMA_TEXT = schemaText();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA_TEXT, InputFormat.JSON);

    private static String schemaText() {
        try {
            return Files.readString(Path.of("..", "schemas", "host-snapshot-1.schema.json"));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static boolean schemaAllows(JsonNode snapshot) {
        return SCHEMA.validate(snapshot).isEmpty();
    }

    private static boolean readerAllows(JsonNode snapshot) {
        try {
            SnapshotTexts.read(JSON.writeValueAsString(snapshot));
            return true;
        } catch (SnapshotFormatException e) {
            return false;
        }
    }

    static LongStream seeds() {
        return LongStream.range(1000, 1060);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allowsWhatIsWritten(long seed) {
        assertThat(SCHEMA.validate(SnapshotTexts.text(RandomSnapshots.any(seed)), InputFormat.JSON))
                .as("seed %d", seed)
                .isEmpty();
    }

    @Test
    void isASchemaOfItsDialect() {
        Schema dialect = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(dialect.validate(SCHEMA_TEXT, InputFormat.JSON)).isEmpty();
    }

    @Test
    void agreesWithTheReaderOnEveryMissingMember() {
        JsonNode complete = completeWithShortLists(5);
        List<String> required = new ArrayList<>();
        int[] removed = {0};
        everyObject(complete, object -> {
            for (String name : List.copyOf(object.propertyNames())) {
                ObjectNode before = object.deepCopy();
                object.remove(name);
                boolean allowed = schemaAllows(complete);
                assertThat(readerAllows(complete)).as("without %s", name).isEqualTo(allowed);
                if (!allowed) {
                    required.add(name);
                }
                removed[0]++;
                object.setAll(before);
            }
        });
        assertThat(required).contains("schemaVersion", "driverRoot", "architecture", "source", "gpuInstance", "target");
        assertThat(removed[0]).isGreaterThan(required.size());
    }

    @Test
    void agreesWithTheReaderOnEveryWrongValue() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        List<JsonNode> values = List.of(
                nodes.nullNode(),
                nodes.booleanNode(true),
                nodes.numberNode(-1),
                nodes.numberNode(4096),
                nodes.numberNode(1L << 31),
                nodes.numberNode(1L << 32),
                nodes.numberNode(new BigInteger("9223372036854775808")),
                nodes.numberNode(1.5),
                nodes.stringNode(""),
                nodes.stringNode("a"),
                nodes.stringNode("a/b"),
                nodes.stringNode("/a/b"),
                nodes.stringNode("/a/b/"),
                nodes.stringNode("/a/../b"),
                nodes.stringNode("/a/.."),
                nodes.stringNode("a/.."),
                nodes.stringNode(".."),
                nodes.stringNode("..."),
                nodes.stringNode("//"),
                nodes.stringNode("/"),
                nodes.stringNode("a\n"),
                nodes.stringNode("/a\u202Eb"),
                nodes.stringNode("a\u0085"),
                nodes.stringNode("a".repeat(4097)),
                nodes.stringNode("nvml"),
                nodes.stringNode("0000:65:00.0"),
                nodes.stringNode("0000:65:00.0\n"),
                nodes.stringNode("1.1"),
                nodes.stringNode("2.0"),
                nodes.arrayNode(),
                nodes.arrayNode().add(1),
                nodes.arrayNode().add("a"),
                nodes.arrayNode().add("/a"),
                nodes.objectNode(),
                nodes.objectNode().put("absent", 1),
                nodes.objectNode().put("absent", "why"));
        JsonNode complete = completeWithShortLists(6);
        int[] tally = {0, 0};
        everyObject(complete, object -> {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode before = object.get(name);
                for (JsonNode value : values) {
                    object.set(name, value);
                    boolean allowed = schemaAllows(complete);
                    assertThat(readerAllows(complete))
                            .as("%s = %s instead of %s", name, value, before)
                            .isEqualTo(allowed);
                    tally[allowed ? 0 : 1]++;
                }
                object.set(name, before);
            }
        });
        assertThat(tally[0]).isPositive();
        assertThat(tally[1]).isGreaterThan(1000);
    }

    @Test
    void writerAndSchemaNameEveryComponentInTheRecordsOrder() throws IllegalAccessException {
        ObjectNode complete = (ObjectNode) JSON.readTree(SnapshotTexts.text(RandomSnapshots.complete(8)));
        ObjectNode schema = (ObjectNode) JSON.readTree(SCHEMA_TEXT);
        complete.remove("schemaVersion");
        ((ObjectNode) schema.get("properties")).remove("schemaVersion");
        int records = sameNames("snapshot", members(), complete, schema, schema);
        assertThat(records).isGreaterThanOrEqualTo(19);
    }

    /** What a snapshot has: what was asked, the machine, and every section that a key is declared for. */
    private static Map<String, Type> members() throws IllegalAccessException {
        Map<String, Type> members = new LinkedHashMap<>();
        members.put("options", ProbeOptions.class);
        members.put("platform", Platform.class);
        for (Field field : SectionKey.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                members.put(((SectionKey<?>) field.get(null)).name(), field.getGenericType());
            }
        }
        return members;
    }

    private static Map<String, Type> members(Class<?> record) {
        Map<String, Type> members = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            members.put(component.getName(), component.getGenericType());
        }
        return members;
    }

    /** Compares names, and goes down; gives how many records it saw. */
    private static int sameNames(
            String what, Map<String, Type> members, JsonNode object, JsonNode schema, JsonNode root) {
        int records = 1;
        for (Map.Entry<String, Type> component : members.entrySet()) {
            Class<?> inner = element(component.getValue());
            if (inner.isRecord()) {
                JsonNode value = object.get(component.getKey());
                JsonNode member = resolved(schema.get("properties").get(component.getKey()), root);
                if (value instanceof ArrayNode) {
                    value = value.get(0);
                    member = resolved(member.get("items"), root);
                }
                records += sameNames(inner.getName(), members(inner), value, member, root);
            }
        }
        assertThat(object.propertyNames()).as(what).containsExactlyElementsOf(members.keySet());
        assertThat(schema.get("properties").propertyNames())
                .as("schema of " + what)
                .containsExactlyElementsOf(members.keySet());
        return records;
    }

    /** What a list, an optional value or a section is of. */
    private static Class<?> element(Type type) {
        return type instanceof ParameterizedType generic
                ? element(generic.getActualTypeArguments()[0])
                : (Class<?>) type;
    }

    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        JsonNode target = schema.has("else") ? schema.get("else") : schema;
        return target.has("$ref") ? root.at(target.get("$ref").stringValue().substring(1)) : target;
    }

    /** With one entry a list: the order of indices is beyond a schema. */
    private static JsonNode completeWithShortLists(long seed) {
        JsonNode complete = JSON.readTree(SnapshotTexts.text(RandomSnapshots.complete(seed)));
        everyObject(complete, object -> {
            for (JsonNode member : object.values()) {
                while (member instanceof ArrayNode list && list.size() > 1) {
                    list.remove(1);
                }
            }
        });
        return complete;
    }

    private static void everyObject(JsonNode node, Consumer<ObjectNode> visitor) {
        for (JsonNode child : List.copyOf(node.values())) {
            everyObject(child, visitor);
        }
        if (node instanceof ObjectNode object) {
            visitor.accept(object);
        }
    }

    @Test
    void allowsUnknownMembers() {
        JsonNode complete = JSON.readTree(SnapshotTexts.text(RandomSnapshots.complete(9)));
        everyObject(complete, object -> object.put("unheardOf", 1.5));
        assertThat(schemaAllows(complete)).isTrue();
        assertThat(readerAllows(complete)).isTrue();
    }

    @Test
    void allowsTheLeast() {
        assertThat(SCHEMA.validate(SnapshotTexts.LEAST, InputFormat.JSON)).isEmpty();
    }
}
