package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command inject: an OCI runtime configuration in, another one out. */
class InjectTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DEVICE = "acme.com/widget=0";

    private SpecTree specs;
    private String dirs;

    @BeforeEach
    void root(@TempDir Path root) throws IOException {
        specs = new SpecTree(root).put("d/x.yaml", "0", "1");
        dirs = specs.dirs("d");
    }

    private Run inject(String config, String... names) throws IOException {
        specs.write("config.json", config);
        String[] words = new String[names.length + 3];
        words[0] = "inject";
        words[1] = dirs;
        words[2] = "--config=" + specs.at("config.json");
        System.arraycopy(names, 0, words, 3, names.length);
        return Run.of(words);
    }

    @Test
    void fileAndStandardInputGiveTheSame() throws IOException {
        String config = "{\"ociVersion\":\"1.0.2\",\"process\":{\"env\":[\"A=b\"],\"user\":{\"uid\":1000}}}";
        Run run = inject(config, "acme.com/widget=1", DEVICE);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode tree = JSON.readTree(run.out());
        assertThat(tree.propertyNames()).containsExactly("ociVersion", "process", "linux");
        assertThat(tree.at("/process/env").values())
                .extracting(JsonNode::stringValue)
                .containsExactly("A=b", "COMMON=d/x.yaml", "D_1=d/x.yaml", "D_0=d/x.yaml");
        assertThat(tree.at("/linux/devices/0"))
                .isEqualTo(JSON.readTree("{\"path\":\"/dev/acme\",\"type\":\"c\",\"major\":240,\"minor\":7,"
                        + "\"fileMode\":438,\"uid\":1000}"));
        assertThat(run.out()).endsWith("}\n");
        byte[] bytes = config.getBytes(StandardCharsets.UTF_8);
        Run stdin = Run.of(Map.of(), bytes, "inject", dirs, "--oci-config=-", "acme.com/widget=1", DEVICE);
        assertThat(stdin).isEqualTo(run);
        Run variable = Run.of(
                Map.of("GPU_CDI_INJECT_OCI_CONFIG", specs.at("config.json")),
                "inject",
                dirs,
                "acme.com/widget=1",
                DEVICE);
        assertThat(variable).isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "-0",
                "18446744073709551615",
                "123456789012345678901234567890123456789",
                "1.0",
                "1.50",
                "-0.0",
                "0.1e1",
                "1e3",
                "1E+400",
                "5e-324",
                "3.141592653589793238462643383279",
                "1e21",
                "100.0E-2"
            })
    void numbersStayAsWritten(String number) throws IOException {
        Run run = inject("{\"x\":{\"limit\":" + number + "},\"y\":[" + number + "]}", DEVICE);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s", ""))
                .startsWith("{\"x\":{\"limit\":" + number + "},\"y\":[" + number + "],");
    }

    @Test
    void unknownMembersStayInTheirOrder() throws IOException {
        String text =
                "\"z\":null,\"b\":true,\"a\":{\"\":[[],{},false,\"\"]},\"\u00e9\u4e2d\ud83d\ude00\":\"\\\"\\n\\u001b\\\\/\"";
        Run run = inject("{" + text + "}", DEVICE);
        JsonNode tree = JSON.readTree(run.out());
        assertThat(tree.propertyNames()).startsWith("z", "b", "a", "\u00e9\u4e2d\ud83d\ude00");
        for (Map.Entry<String, JsonNode> member :
                JSON.readTree("{" + text + "}").properties()) {
            assertThat(tree.get(member.getKey())).isEqualTo(member.getValue());
        }
    }

    /** Keys that CDI had from 0.7.0 to 1.0.0 only: engines of that time apply them, later ones refuse the file. */
    @Test
    void anOldEnginesMonitoringIsInjected() throws IOException {
        specs.write("d/old.yaml", """
                cdiVersion: 0.7.0
                kind: acme.com/old
                devices:
                  - name: "0"
                    containerEdits: {intelRdt: {closID: c, enableCMT: true, enableMBM: true}}
                """);
        Run run = inject("{}", "acme.com/old=0", "--as=library-0.7.2");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(JSON.readTree(run.out()).at("/linux/intelRdt"))
                .isEqualTo(JSON.readTree("{\"closID\":\"c\",\"enableCMT\":true,\"enableMBM\":true}"));
        assertThat(inject("{}", "acme.com/old=0", "--as=library-1.1.0").status())
                .isEqualTo(1);
    }

    @Test
    void unresolvableLeavesNothingOnStandardOutput() throws IOException {
        Run run = inject("{}", DEVICE, "acme.com/widget=9");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).containsExactly("unresolvable CDI devices acme.com/widget=9");
        assertThat(run.messages("hint")).singleElement().asString().startsWith("no loaded file defines");
        assertThat(inject("{}", "all").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | is not a JSON object",
                "null | is not a JSON object",
                "7 | is not a JSON object",
                "'' | is not a JSON object",
                "{ | is not JSON: ",
                "{\"a\":1,} | is not JSON: ",
                "{\"a\":1,\"a\":2} | is not JSON: ",
                "{\"a\":{\"b\":1,\"b\":2}} | is not JSON: ",
                "{\"a\":NaN} | is not JSON: ",
                "{\"a\":01} | is not JSON: ",
                "{} {} | goes on after its JSON object",
                "{} x | is not JSON: ",
                "a: b | is not JSON: ",
            })
    void aConfigurationThatIsNoObject(String config, String reason) throws IOException {
        refused(inject(config, DEVICE), specs.at("config.json") + " " + reason);
    }

    @Test
    void aConfigurationThatCannotBeRead() throws IOException, InterruptedException {
        String file = specs.at("config.json");
        refused(Run.of("inject", dirs, "--config=" + file, DEVICE), file + " does not exist");
        refused(Run.of("inject", dirs, "--config=" + specs.at("d"), DEVICE), specs.at("d") + " is no regular file");
        String fifo = specs.at("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo).start().waitFor()).isZero();
        refused(Run.of("inject", dirs, "--config=" + fifo, DEVICE), fifo + " is no regular file");
        refused(inject("{\"a\":" + "[".repeat(100_000), DEVICE), file + " is not JSON: ");
        Files.write(Path.of(file), "{\"caf\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1));
        refused(Run.of("inject", dirs, "--config=" + file, DEVICE), file + " is not JSON: ");
        byte[] large = new byte[(16 << 20) + 1];
        refused(Run.of(Map.of(), large, "inject", dirs, "--config=-", DEVICE), "standard input is larger than 16 MiB");
    }

    private static void refused(Run run, String message) {
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().startsWith(message);
        assertThat(run.messages("hint")).containsExactly("give the config.json of an OCI bundle");
        assertThat(run.err().lines()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"process\":[]} | /process",
                "{\"process\":{\"env\":[\"A=b\",1]}} | /process/env/1",
                "{\"process\":{\"user\":{\"uid\":1.0}}} | /process/user/uid",
                "{\"linux\":{\"devices\":{}}} | /linux/devices",
            })
    void aWrongShapeIsShownWithItsPlace(String config, String pointer) throws IOException {
        Run run = inject(config, DEVICE);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .startsWith(specs.at("config.json") + ": " + pointer + ": must be ");
        assertThat(run.messages("hint")).containsExactly("give an OCI runtime configuration");
    }

    @Test
    void aNodeThatIsNotOnTheHost() throws IOException {
        specs.write(
                "d/gone.yaml",
                "cdiVersion: 0.5.0\nkind: acme.com/widget\n"
                        + "devices: [{name: gone, containerEdits: {deviceNodes: [{path: /dev/no-such-widget}]}}]\n");
        Run run = inject("{}", "acme.com/widget=gone");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error"))
                .containsExactly("/dev/no-such-widget: there is no such device node on the host");
        assertThat(run.messages("hint")).containsExactly("engines fail to start the container for the same reason");
    }

    @Test
    void theEngineDecidesHowItIsDone() throws IOException {
        specs.write(
                "d/null.yaml",
                "cdiVersion: 0.5.0\nkind: acme.com/widget\n"
                        + "devices: [{name: \"null\", containerEdits: {env: [A=new], deviceNodes: [{path: /dev/null}]}}]\n");
        String config = "{\"process\":{\"env\":[\"A=old\"]}}";
        JsonNode newest = JSON.readTree(inject(config, "acme.com/widget=null").out());
        assertThat(newest.at("/process/env").values()).hasSize(2);
        assertThat(newest.at("/linux/devices/0/fileMode").isNumber()).isTrue();
        assertThat(newest.at("/linux/devices/0/minor").intValue()).isEqualTo(3);
        JsonNode old = JSON.readTree(
                inject(config, "acme.com/widget=null", "--as=podman-5.8").out());
        assertThat(old.at("/linux/devices/0").has("fileMode")).isFalse();
        JsonNode after = JSON.readTree(inject(config, "acme.com/widget=null", "--as=library-after-1.1.0")
                .out());
        assertThat(after.at("/process/env").values())
                .extracting(JsonNode::stringValue)
                .containsExactly("A=new");
    }

    @Test
    void theOtherConfigIsNotThisOne() throws IOException {
        specs.write("config.json", "{}").write("other.toml", "[nvidia-container-cli]\n");
        String toml = specs.at("other.toml");
        Run plain = Run.of("inject", dirs, "--config=" + specs.at("config.json"), DEVICE);
        assertThat(plain.status()).as(plain.err()).isZero();
        for (String variable : new String[] {"NVIDIA_CTK_CONFIG", "GPU_CDI_CONFIG"}) {
            Map<String, String> environment = Map.of(variable, toml);
            assertThat(Run.of(environment, "inject", dirs, "--config=" + specs.at("config.json"), DEVICE))
                    .isEqualTo(plain);
            Run without = Run.of(environment, "inject", dirs, DEVICE);
            assertThat(without.status()).isEqualTo(2);
            assertThat(without.messages("error")).singleElement().asString().contains("--oci-config");
        }
        Run both = Run.of("--config=" + toml, "inject", dirs, "--config=" + specs.at("config.json"), DEVICE);
        assertThat(both).isEqualTo(plain);
        Run before = Run.of("--config=" + specs.at("config.json"), "inject", dirs, DEVICE);
        assertThat(before.status()).isEqualTo(2);
        assertThat(before.out()).isEmpty();
    }

    @Test
    void theResultCanBeInjectedInto() throws IOException {
        Run once = inject("{}", DEVICE);
        Run twice = inject(once.out(), "acme.com/widget=1");
        assertThat(twice.status()).as(twice.err()).isZero();
        assertThat(JSON.readTree(twice.out()).at("/linux/devices").values()).hasSize(1);
        assertThat(JSON.readTree(twice.out()).at("/process/env").values()).hasSize(4);
    }
}
