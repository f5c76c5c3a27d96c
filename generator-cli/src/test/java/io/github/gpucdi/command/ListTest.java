package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.gpucdi.cdi.registry.DeviceEntry.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The command list: what engines see in the spec directories. */
class ListTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SCHEMA_FILE = Path.of("..", "schemas", "registry-1.schema.json");

    private SpecTree specs;

    @BeforeEach
    void root(@TempDir Path root) {
        specs = new SpecTree(root);
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA_FILE), InputFormat.JSON);
    }

    /** Devices in every state but blocked, a file that is not loaded, a directory that cannot be read. */
    private Run everything(String... options) throws IOException {
        specs.put("a/x.yaml", "free", "clash", "hidden", "dropped").put("a/y.yaml", "clash");
        specs.put("b/x.yaml", "hidden", "dropped").put("b/y.json", "dropped");
        specs.write("a/bad.yaml", "kind: [").write("file", "");
        List<String> words = new ArrayList<>(List.of("list", specs.dirs("a", "b", "file")));
        words.addAll(List.of(options));
        return Run.of(words.toArray(new String[0]));
    }

    private String row(String device, String file, String state) {
        return "acme.com/widget=" + device + " " + specs.at(file) + " " + state;
    }

    @Test
    void theTableTellsStatesAndReasons() throws IOException {
        Run run = everything();
        List<String> rows =
                run.out().lines().map(line -> line.replaceAll(" {2,}", " ")).toList();
        String dropped =
                "unresolvable: dropped by the conflict of " + specs.at("b/x.yaml") + ", " + specs.at("b/y.json");
        assertThat(rows)
                .containsExactly(
                        "DEVICE FILE STATE",
                        row("clash", "a/x.yaml", "unresolvable: conflicts with " + specs.at("a/y.yaml")),
                        row("clash", "a/y.yaml", "unresolvable: conflicts with " + specs.at("a/x.yaml")),
                        row("dropped", "a/x.yaml", dropped),
                        row("dropped", "b/x.yaml", "unresolvable: conflicts with " + specs.at("b/y.json")),
                        row("dropped", "b/y.json", "unresolvable: conflicts with " + specs.at("b/x.yaml")),
                        row("free", "a/x.yaml", "ok"),
                        row("hidden", "a/x.yaml", "shadowed by " + specs.at("b/x.yaml")),
                        row("hidden", "b/x.yaml", "ok"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.messages("warning")).hasSize(2);
        assertThat(run.messages("warning").get(0)).isEqualTo(specs.at("file") + ": not a directory");
        assertThat(run.messages("warning").get(1)).startsWith(specs.at("a/bad.yaml") + " is not loaded: 1:");
    }

    @Test
    void aNamedDirectoryThatIsNotThere() throws IOException {
        specs.put("a/x.yaml", "free");
        assertThat(Run.of("list", specs.dirs("a")).status()).isZero();
        Run run = Run.of("list", specs.dirs("a", "none"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.messages("warning")).containsExactly(specs.at("none") + ": no such directory");
        assertThat(run.out()).contains("acme.com/widget=free");
    }

    @Test
    void namesAreThoseThatCanBeRequested() throws IOException {
        Run run = everything("--format=name");
        assertThat(run.out()).isEqualTo("acme.com/widget=free\nacme.com/widget=hidden\n");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.messages("warning"))
                .contains(specs.at("a/x.yaml") + ": acme.com/widget=clash is unresolvable: conflicts with "
                        + specs.at("a/y.yaml"));
    }

    @Test
    void jsonIsAsTheSchemaSaysAndYamlTheSame() throws IOException {
        Run run = everything("--format=json");
        assertThat(schema().validate(run.out(), InputFormat.JSON)).isEmpty();
        JsonNode tree = JSON.readTree(run.out());
        DevicesTest.assertSorted(tree);
        assertThat(run.out()).endsWith("}\n");
        Run yaml = everything("--format=YAML");
        assertThat(new YAMLMapper().readTree(yaml.out())).isEqualTo(tree);
        assertThat(List.of(run.status(), yaml.status())).containsExactly(1, 1);

        assertThat(tree.at("/devices").values()).hasSize(8);
        assertThat(tree.at("/devices/2"))
                .isEqualTo(JSON.readTree("{\"class\":\"widget\",\"device\":\"dropped\",\"file\":\""
                        + specs.at("a/x.yaml") + "\",\"name\":\"acme.com/widget=dropped\",\"others\":[\""
                        + specs.at("b/x.yaml") + "\",\"" + specs.at("b/y.json")
                        + "\"],\"state\":\"dropped\",\"vendor\":\"acme.com\"}"));
        assertThat(tree.at("/files/0/loaded").booleanValue()).isFalse();
        assertThat(tree.at("/files/0/error").stringValue()).startsWith("1:");
        assertThat(tree.at("/files/3/priority").intValue()).isEqualTo(1);
        assertThat(tree.at("/files/3/kind").stringValue()).isEqualTo("acme.com/widget");
        assertThat(tree.at("/directories/2/problem").stringValue()).isEqualTo("not a directory");
    }

    @Test
    void theSchemaNamesAllMembersAndStates() throws IOException {
        JsonNode schema = JSON.readTree(Files.readString(SCHEMA_FILE));
        JsonNode tree = JSON.readTree(everything("--format=json").out());
        assertThat(schema.get("properties").propertyNames()).containsExactlyElementsOf(tree.propertyNames());
        for (String list : List.of("device", "directory", "file")) {
            Set<String> members = new TreeSet<>();
            String plural = list.equals("directory") ? "directories" : list + "s";
            tree.get(plural).values().forEach(item -> members.addAll(item.propertyNames()));
            assertThat(schema.at("/$defs/" + list + "/properties").propertyNames())
                    .containsExactlyElementsOf(members);
        }
        List<String> states = new ArrayList<>();
        for (State state : State.values()) {
            states.add(state.name().toLowerCase(Locale.ROOT));
        }
        assertThat(schema.at("/$defs/device/properties/state/enum").values())
                .extracting(JsonNode::stringValue)
                .containsExactlyElementsOf(states);
    }

    @ParameterizedTest
    @CsvSource({
        "schemaVersion, '\"2.0\"'",
        "devices, '{}'",
        "devices, '[{}]'",
        "devices, '[{\"class\":\"w\",\"device\":\"0\",\"file\":\"/x\",\"name\":\"v/w=0\",\"others\":[],\"state\":\"ok\","
                + "\"vendor\":\"v\"}]'",
        "directories, '[{}]'",
        "files, '[{\"path\":\"/x\"}]'",
        "files, '[{\"loaded\":true,\"path\":\"/x\",\"priority\":-1}]'",
    })
    void theSchemaRefuses(String member, String value) throws IOException {
        ObjectNode tree = (ObjectNode)
                JSON.readTree("{\"devices\":[],\"directories\":[],\"files\":[],\"schemaVersion\":\"1.0\"}");
        assertThat(schema().validate(tree)).isEmpty();
        tree.set(member, JSON.readTree(value));
        assertThat(schema().validate(tree)).isNotEmpty();
    }

    @Test
    void allGoodIsZero() throws IOException {
        specs.put("a/x.yaml", "0").put("b/x.yaml", "0");
        Run run = Run.of("list", specs.dirs("a", "b"));
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(Run.of("list", specs.dirs("missing")).out()).isEqualTo("DEVICE  FILE  STATE\n");
        assertThat(Run.of("list", specs.dirs("missing"), "--format=name").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=xml", "--as=podman", "--nonsense", "word", "--spec-dir=a\tb", "--as="})
    void wrongUsage(String word) {
        Run run = Run.of("list", word);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).hasSize(1);
        assertThat(run.messages("hint")).hasSize(1);
    }

    @Test
    void asAnEngine() throws IOException {
        specs.put("a/x.yaml", "0");
        specs.write(
                "a/y.yaml",
                "cdiVersion: 0.7.0\nkind: acme.com/widget\n"
                        + "devices: [{name: \"1\", containerEdits: {additionalGids: [5]}}]\n");
        assertThat(Run.of("list", specs.dirs("a"), "--format=name").out().lines())
                .hasSize(2);
        Run old = Run.of("list", specs.dirs("a"), "--format=name", "--as=podman-4.3.1");
        assertThat(old.status()).isEqualTo(1);
        assertThat(old.out()).isEqualTo("acme.com/widget=0\n");
        assertThat(old.messages("warning"))
                .singleElement()
                .asString()
                .startsWith(specs.at("a/y.yaml") + " is not loaded: ");
        Run buildah = Run.of("list", specs.dirs("a"), "--format=json", "--as=Buildah-1.36");
        assertThat(buildah.status()).isZero();
        assertThat(schema().validate(buildah.out(), InputFormat.JSON)).isEmpty();
        assertThat(JSON.readTree(buildah.out()).at("/devices/0/state").stringValue())
                .isEqualTo("available");
        specs.write("a/z.yaml", "");
        Run blocked = Run.of("list", specs.dirs("a"), "--as=Buildah-1.36");
        assertThat(blocked.status()).isEqualTo(1);
        assertThat(blocked.out()).contains("injects nothing while any spec file has an error");
        assertThat(Run.of("list", specs.dirs("a"), "--as=Buildah-1.36", "--format=name")
                        .out())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lxd-6.2, reads no spec directories",
        "incus-7.0, no CDI",
        "podman-3.4, cannot be judged",
        "containerd-1.6.0, has no CDI",
        "moby-29, is not known",
        "podman, is not NAME-VERSION",
        "library-7.0, is not known",
    })
    void anEngineThatCannotBeJudged(String engine, String reason) {
        Run run = Run.of("list", "--as=" + engine);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.messages("error")).singleElement().asString().contains("--as: ", reason);
        assertThat(run.messages("hint")).singleElement().asString().contains("--all-engines");
    }

    @Test
    void rootlessReadsTheUsersDirectories() throws IOException {
        specs.put("config/cdi/x.yaml", "c").put("run/cdi/y.yaml", "r").put("home/.config/cdi/z.yaml", "h");
        Map<String, String> xdg = Map.of(
                "XDG_CONFIG_HOME", specs.at("config"), "XDG_RUNTIME_DIR", specs.at("run"), "HOME", specs.at("home"));
        String[] words = {"list", "--format=name", "--as=nerdctl-2.1", "--rootless"};
        assertThat(Run.of(xdg, words).out()).isEqualTo("acme.com/widget=c\nacme.com/widget=r\n");
        assertThat(Run.of(Map.of("HOME", specs.at("home")), words).out()).isEqualTo("acme.com/widget=h\n");
        assertThat(Run.of(Map.of(), words).out()).isEmpty();
        JsonNode root = JSON.readTree(
                Run.of(xdg, "list", "--format=json", "--as=nerdctl-2.1").out());
        assertThat(root.get("directories").values())
                .extracting(directory -> directory.get("path").stringValue())
                .containsExactly("/etc/cdi", "/var/run/cdi");
    }

    @Test
    void directoriesComeFromTheEnvironmentToo() throws IOException {
        specs.put("a/x.yaml", "a").put("b/x.yaml", "b");
        Map<String, String> nvidia = Map.of("NVIDIA_CTK_CDI_SPEC_DIRS", specs.at("a") + "," + specs.at("b"));
        assertThat(Run.of(nvidia, "list", "--format=name").out().lines()).hasSize(2);
        assertThat(Run.of(nvidia, "list", "--format=name", specs.dirs("b")).out())
                .isEqualTo("acme.com/widget=b\n");
        Map<String, String> ours = Map.of(
                "NVIDIA_CTK_CDI_SPEC_DIRS",
                specs.at("a"),
                "GPU_CDI_SPEC_DIR",
                specs.at("b"),
                "GPU_CDI_LIST_FORMAT",
                "name",
                "NVIDIA_CTK_CDI_GENERATE_OUTPUT_FORMAT",
                "json");
        assertThat(Run.of(ours, "list").out()).isEqualTo("acme.com/widget=b\n");
    }

    @Test
    void aLinkedDirectoryIsTold() throws IOException {
        specs.put("real/x.yaml", "0");
        Files.createSymbolicLink(Path.of(specs.at("link")), Path.of(specs.at("real")));
        Run run = Run.of("list", specs.dirs("link"), "--format=name");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("warning"))
                .containsExactly(specs.at("link") + ": a symbolic link, which this engine does not follow");
        Run after = Run.of("list", specs.dirs("link"), "--format=name", "--as=library-after-1.1.0");
        assertThat(after.status()).isZero();
        assertThat(after.out()).isEqualTo("acme.com/widget=0\n");
    }
}
