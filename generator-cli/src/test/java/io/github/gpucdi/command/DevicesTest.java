package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The command devices: a table for people, JSON and YAML for programs. */
class DevicesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHEMA_TEXT = schemaText();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA_TEXT, InputFormat.JSON);

    private static String schemaText() {
        try {
            return Files.readString(Path.of("..", "schemas", "devices-1.schema.json"));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Set<String> hosts() {
        return SimulatedHosts.descriptions().keySet();
    }

    static Run changed(String format, Consumer<ObjectNode> change) throws IOException {
        byte[] text = ReplayTest.changed(change).getBytes(StandardCharsets.UTF_8);
        return Run.of(Map.of(), text, "devices", "--snapshot=-", "--format=" + format);
    }

    static ObjectNode gpu(ObjectNode snapshot) {
        return (ObjectNode) snapshot.at("/nvml/gpus/0");
    }

    private static void fail(ObjectNode object) {
        fail(object, "failure");
    }

    private static void fail(ObjectNode object, String what) {
        object.putObject(what).put("call", "nvmlDeviceGetName").put("code", 15).put("text", "GPU_IS_LOST");
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void jsonIsAsTheSchemaSaysAndYamlTheSame(String host) {
        Run run = Run.of("devices", "--simulate=" + host, "--format=json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(SCHEMA.validate(run.out(), InputFormat.JSON)).isEmpty();
        JsonNode tree = JSON.readTree(run.out());
        assertSorted(tree);
        Run yaml = Run.of("devices", "--simulate=" + host, "--format=YAML");
        assertThat(new YAMLMapper().readTree(yaml.out())).isEqualTo(tree);
        assertThat(run.out()).endsWith("}\n");
        assertThat(yaml.out()).endsWith("\n").doesNotEndWith("\n\n");
    }

    static void assertSorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            assertThat(names).isSorted();
        }
        node.values().forEach(DevicesTest::assertSorted);
    }

    @Test
    void theSchemaIsOneOfItsDialectAndNamesEveryMember() {
        Schema dialect = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        assertThat(dialect.validate(SCHEMA_TEXT, InputFormat.JSON)).isEmpty();
        JsonNode schema = JSON.readTree(SCHEMA_TEXT);
        Set<String> root = new TreeSet<>();
        Set<String> besides = new TreeSet<>();
        Set<String> gpus = new TreeSet<>();
        Set<String> migs = new TreeSet<>();
        for (String host : hosts()) {
            JsonNode tree = JSON.readTree(
                    Run.of("devices", "--simulate=" + host, "--format=json").out());
            root.addAll(tree.propertyNames());
            tree.get("besides").values().forEach(beside -> besides.addAll(beside.propertyNames()));
            for (JsonNode gpu : tree.get("devices").values()) {
                gpus.addAll(gpu.propertyNames());
                gpu.get("migDevices").values().forEach(mig -> migs.addAll(mig.propertyNames()));
            }
        }
        gpus.addAll(List.of("addressingFailure", "failure", "numaNode", "pciFailure"));
        migs.add("failure");
        assertThat(schema.get("properties").propertyNames()).containsExactlyElementsOf(root);
        assertThat(schema.at("/$defs/beside/properties").propertyNames()).containsExactlyElementsOf(besides);
        assertThat(schema.at("/$defs/gpu/properties").propertyNames()).containsExactlyElementsOf(gpus);
        assertThat(schema.at("/$defs/migDevice/properties").propertyNames()).containsExactlyElementsOf(migs);
    }

    @ParameterizedTest
    @CsvSource({
        "schemaVersion, '\"2.0\"'",
        "schemaVersion, 1",
        "devices, '{}'",
        "devices, '[{}]'",
        "driverVersion, '\"\"'",
        "devices, '[{\"index\":-1,\"migDevices\":[]}]'",
        "devices, '[{\"index\":0,\"migDevices\":[],\"pciAddress\":\"00000000:65:00.0 \"}]'",
        "devices, '[{\"index\":0,\"migDevices\":[{\"index\":0}]}]'",
        "devices, '[{\"index\":0,\"migDevices\":[],\"failure\":{\"code\":1}}]'",
    })
    void theSchemaRefuses(String member, String value) {
        ObjectNode tree = (ObjectNode) JSON.readTree("{\"devices\":[],\"schemaVersion\":\"1.0\"}");
        assertThat(SCHEMA.validate(tree)).isEmpty();
        tree.set(member, JSON.readTree(value));
        assertThat(SCHEMA.validate(tree)).isNotEmpty();
    }

    @Test
    void whatADeviceIs() {
        JsonNode tree = JSON.readTree(
                Run.of("devices", "--simulate=hgx-h100", "--format=json").out());
        JsonNode gpu = tree.at("/devices/4");
        assertThat(gpu.get("index").intValue()).isEqualTo(4);
        assertThat(gpu.get("migEnabled").booleanValue()).isTrue();
        assertThat(gpu.get("pciAddress").stringValue()).isEqualTo("0000:9d:00.0");
        assertThat(gpu.get("computeCapability").stringValue()).isEqualTo("9.0");
        assertThat(gpu.get("memoryBytes").longValue()).isEqualTo(85520809984L);
        assertThat(gpu.at("/migDevices/3/index").intValue()).isEqualTo(4);
        assertThat(gpu.at("/migDevices/3/profile").stringValue()).isEqualTo("1g.10gb");
        assertThat(tree.get("schemaVersion").stringValue()).isEqualTo("1.1");
    }

    @Test
    void theTableHasALineADevice() {
        Run run = Run.of("devices", "--simulate=hgx-h100");
        List<String> lines = run.out().lines().toList();
        assertThat(run.status()).isZero();
        assertThat(lines).hasSize(1 + 8 + 8 + 1);
        assertThat(lines.get(0)).startsWith("INDEX  NAME ").endsWith("  STATE");
        assertThat(lines.get(lines.size() - 1)).startsWith("driver ");
        assertThat(lines.get(1))
                .startsWith("0 ")
                .contains(" 0000:1b:00.0 ", " Hopper ", " 9.0 ", " 81559 MiB ", " off ");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("4:4 ").contains(" MIG 1g.10gb ", " gi9/ci0 "));
        int state = lines.get(0).indexOf("STATE");
        assertThat(lines.subList(1, 17))
                .allSatisfy(line -> assertThat(line.indexOf("ok")).isEqualTo(state));
        assertThat(lines).allMatch(line -> line.equals(line.stripTrailing()));
    }

    @Test
    void whatIsBesideGpusIsListedToo() throws IOException {
        Run run = Run.of("devices", "--simulate=hgx-h100-fabric");
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")).toList())
                .endsWith(
                        "",
                        "MODE NODES FIRST",
                        "gds 8 /dev/nvidia-fs0",
                        "gdrcopy 1 /dev/gdrdrv",
                        "mofed 9 /dev/infiniband/rdma_cm",
                        "nvswitch 5 /dev/nvidia-nvswitch0");
        JsonNode tree = JSON.readTree(
                Run.of("devices", "--simulate=gb200-imex", "--format=json").out());
        assertThat(tree.at("/besides/0/mode").stringValue()).isEqualTo("imex");
        assertThat(tree.at("/besides/0/nodes").size()).isEqualTo(8);
    }

    /** A machine that only manages switches has no GPU of its own. */
    @Test
    void withoutADriverItIsListedAndTheExitCodeTells() throws IOException {
        String snapshot = Run.of("snapshot", "--simulate=hgx-h100-fabric").out();
        ObjectNode tree = (ObjectNode) JSON.readTree(snapshot);
        tree.putObject("nvml").put("absent", "no library");
        Run run = Run.of(
                Map.of(), tree.toString().getBytes(StandardCharsets.UTF_8), "devices", "--snapshot=-", "--format=json");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(SCHEMA.validate(run.out(), InputFormat.JSON)).isEmpty();
        assertThat(JSON.readTree(run.out()).get("besides").size()).isEqualTo(4);
    }

    @Test
    void whatFailsIsListedWithItsReason() throws IOException {
        Run table = changed("table", snapshot -> fail(gpu(snapshot)));
        assertThat(table.status()).isZero();
        assertThat(table.out().lines().toList().get(1)).startsWith("0 ").endsWith("  GPU_IS_LOST");
        Run json = changed("json", snapshot -> fail(gpu(snapshot)));
        assertThat(SCHEMA.validate(json.out(), InputFormat.JSON)).isEmpty();
        assertThat(JSON.readTree(json.out()).at("/devices/0/failure/code").intValue())
                .isEqualTo(15);
    }

    @Test
    void whatTheDriverFailedToTellIsSaid() throws IOException {
        Consumer<ObjectNode> change = snapshot -> {
            gpu(snapshot).remove("pciBusId");
            gpu(snapshot).remove("addressingMode");
            fail(gpu(snapshot), "pciFailure");
            fail(gpu(snapshot), "addressingFailure");
        };
        Run table = changed("table", change);
        assertThat(table.out().lines().toList().get(1))
                .endsWith("  ok, PCI address unknown: GPU_IS_LOST, addressing mode unknown: GPU_IS_LOST");
        Run json = changed("json", change);
        assertThat(SCHEMA.validate(json.out(), InputFormat.JSON)).isEmpty();
        JsonNode gpu = JSON.readTree(json.out()).at("/devices/0");
        assertSorted(gpu);
        assertThat(gpu.at("/pciFailure/text").stringValue()).isEqualTo("GPU_IS_LOST");
        assertThat(gpu.at("/addressingFailure/code").intValue()).isEqualTo(15);
    }

    @Test
    void whatIsUnknownIsLeftOut() throws IOException {
        Consumer<ObjectNode> change = snapshot -> {
            gpu(snapshot).remove(List.of("details", "minor", "pciBusId", "drm"));
            gpu(snapshot).put("name", "").put("uuid", "");
        };
        JsonNode gpu = JSON.readTree(changed("json", change).out()).at("/devices/0");
        assertThat(gpu.propertyNames()).isSubsetOf("index", "migDevices", "addressingMode");
        assertThat(changed("table", change).out().lines().toList().get(1)).matches("0( +-){8} +ok");
    }

    @Test
    void textOfTheDriverIsEscapedInTheTable() throws IOException {
        Run run = changed("table", snapshot -> gpu(snapshot).put("name", "a\u00adb"));
        assertThat(run.out()).contains("a\\u00adb").doesNotContain("\u00ad");
    }

    @Test
    void noGpuIsNothingToOffer() throws IOException {
        Run run = changed("json", snapshot -> ((ObjectNode) snapshot.get("nvml")).remove("gpus"));
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(JSON.readTree(run.out()).get("devices").values()).isEmpty();
        assertThat(SCHEMA.validate(run.out(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, 3", "18, 5", "999, 3"})
    void aDriverThatDoesNotAnswer(int code, int status) throws IOException {
        Run run = changed(
                "json",
                snapshot -> ((ObjectNode) snapshot.get("nvml"))
                        .putObject("failure")
                        .put("call", "nvmlInit_v2")
                        .put("code", code)
                        .put("text", "WHY"));
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .endsWith("nvmlInit_v2 answered WHY (" + code + ")");
    }

    @Test
    void aSnapshotWithoutTheSection() throws IOException {
        Run run = changed("table", snapshot -> snapshot.remove("nvml"));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        Run absent = changed("table", snapshot -> snapshot.putObject("nvml").put("absent", "no library"));
        assertThat(absent.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(absent.messages("error")).containsExactly("no library");
    }
}
