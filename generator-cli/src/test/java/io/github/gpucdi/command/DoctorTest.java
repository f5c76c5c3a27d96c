package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.FindingId;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command doctor, on hosts that are laid out and on snapshots. */
class DoctorTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("doctor-1.schema.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENGINES = "--engine=podman-4.3.1,docker-29.2";

    @TempDir
    Path folder;

    /** A healthy host below its root, with the spec that generate writes there. */
    private Path host() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        Path root = SmallHost.in(folder)
                .with("dir /etc/cdi")
                .with("dir /var/run/cdi")
                .with("exe /usr/bin/podman")
                .layOut();
        Run run = Run.of("generate", "--host-root=" + root, "--output=" + spec(root), "--hooks=none", "--quiet");
        assertThat(run.status()).as(run.err()).isZero();
        return root;
    }

    private static Path spec(Path root) {
        return root.resolve("etc/cdi/nvidia.yaml");
    }

    private static Run doctor(Path root, String... more) {
        List<String> words = new ArrayList<>(List.of("doctor", "--host-root=" + root));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    private static List<String> ids(Run run) {
        return SCHEMA.json(run).get("findings").values().stream()
                .map(finding -> finding.get("id").stringValue())
                .toList();
    }

    /** A snapshot of a simulated host, changed. */
    private Path snapshot(Consumer<ObjectNode> change) throws IOException {
        ObjectNode tree = (ObjectNode)
                JSON.readTree(Run.of("snapshot", "--simulate=debian-l4").out());
        change.accept(tree);
        return Files.writeString(folder.resolve("host.json"), JSON.writeValueAsString(tree));
    }

    @Test
    void aHealthyHost() throws IOException {
        Run run = doctor(host(), ENGINES);
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        ENGINE        nvidia.com/gpu=all  WHY
                        podman-4.3.1  works               /etc/cdi/nvidia.yaml
                        docker-29.2   works               /etc/cdi/nvidia.yaml
                        nothing found
                        """);
    }

    @Test
    void installedEnginesAreNotRunBelowAnotherRoot() throws IOException {
        Run run = doctor(host(), "--format=json");
        assertThat(run.status()).isZero();
        assertThat(ids(run)).containsExactly("engine-not-asked");
        JsonNode engine = SCHEMA.json(run).get("engines").get(0);
        assertThat(engine.get("engine").stringValue()).isEqualTo("podman");
        assertThat(engine.get("verdict").stringValue()).isEqualTo("unknown");
    }

    @Test
    void otherToolsSpecs() throws IOException {
        Path root = host();
        Files.copy(spec(root), root.resolve("var/run/cdi/nvidia.yaml"));
        Run higher = doctor(root, ENGINES, "--format=json");
        assertThat(higher.status()).isEqualTo(1);
        assertThat(ids(higher)).containsExactly("device-shadowed");
        Files.copy(spec(root), root.resolve("etc/cdi/toolkit.yaml"));
        Run same = doctor(root, ENGINES);
        assertThat(same.status()).isEqualTo(1);
        assertThat(same.out())
                .contains(
                        "podman-4.3.1  does not work",
                        "error device-conflict: /etc/cdi/nvidia.yaml and /etc/cdi/toolkit.yaml define",
                        "  $ mv " + root + "/etc/cdi/toolkit.yaml " + root + "/etc/cdi/toolkit.yaml.off\n");
        Files.writeString(
                root.resolve("etc/cdi/toolkit.yaml"),
                "cdiVersion: 0.5.0\nkind: amd.com/gpu\ndevices: [{name: all, containerEdits: {env: [A=b]}}]\n");
        Files.delete(root.resolve("var/run/cdi/nvidia.yaml"));
        Run kinds = doctor(root, ENGINES, "--format=json");
        assertThat(kinds.status()).isZero();
        assertThat(ids(kinds)).containsExactly("spec-other-kind");
    }

    @Test
    void aSpecThatNamesFilesThatAreGone() throws IOException {
        Path root = host();
        Path library = root.resolve("usr/lib/x86_64-linux-gnu/libnvidia-ptxjitcompiler.so." + SmallHost.VERSION);
        Files.delete(library);
        Files.delete(root.resolve("dev/nvidia-uvm"));
        Run run = doctor(root, ENGINES, "--format=json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(ids(run))
                .containsExactly("node-missing", "spec-path-missing", "spec-node-missing", "driver-incomplete");
        assertThat(SCHEMA.json(run).get("engines").get(0).get("verdict").stringValue())
                .isEqualTo("fails");
    }

    @Test
    void aSpecThatOneEngineRefuses() throws IOException {
        Path root = host();
        Files.writeString(spec(root), Files.readString(spec(root)).replaceFirst("cdiVersion: .*", "cdiVersion: 1.0.0"));
        Run run = doctor(root, ENGINES);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "podman-4.3.1  does not work       /etc/cdi/nvidia.yaml is not loaded: ",
                        "docker-29.2   works               /etc/cdi/nvidia.yaml\n",
                        "error spec-refused (podman-4.3.1): ",
                        "  $ gpu-cdi generate --host-root=" + root + " --engine=podman-4.3.1,docker-29.2 --output="
                                + root + "/etc/cdi/nvidia.yaml\n",
                        "\n1 error\n");
    }

    @Test
    void aSnapshotSaysTheSameAsTheMachine() throws IOException {
        Path root = host();
        Files.copy(spec(root), root.resolve("etc/cdi/toolkit.yaml"));
        Files.write(root.resolve("etc/cdi/noise.json"), new byte[] {0, (byte) 0xff, 13});
        Path file = folder.resolve("host.json");
        assertThat(Run.of("snapshot", "--host-root=" + root, "--output=" + file).status())
                .isZero();
        List<List<String>> lines = List.of(
                List.of(ENGINES, "--format=table"),
                List.of("--engine=buildah-1.43", "--format=json"),
                List.of("--rootless", "--format=json"));
        for (List<String> more : lines) {
            Run live = doctor(root, more.toArray(String[]::new));
            List<String> words = new ArrayList<>(List.of("doctor", "--snapshot=" + file));
            words.addAll(more);
            Run replayed = Run.of(words.toArray(String[]::new));
            // A snapshot is looked at on the machine that it is of, whose commands have no other root.
            assertThat(replayed.out())
                    .isEqualTo(live.out()
                            .replace(" --host-root=" + root, "")
                            .replace(root.toString(), "")
                            .replaceAll(" --spec-dir=/etc/cdi,/var/run/cdi", ""))
                    .contains("device-conflict");
            assertThat(replayed.status()).isEqualTo(live.status()).isEqualTo(1);
        }
    }

    @Test
    void otherDirectories() throws IOException {
        Path root = host();
        Path other = Files.createDirectories(root.resolve("srv/cdi"));
        Files.move(spec(root), other.resolve("gpu.yaml"));
        Run run = doctor(root, ENGINES, "--spec-dir=/srv/cdi");
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.out()).contains("/srv/cdi/gpu.yaml");
        Path file = folder.resolve("host.json");
        assertThat(Run.of("snapshot", "--host-root=" + root, "--output=" + file).status())
                .isZero();
        Run refused = Run.of("doctor", "--snapshot=" + file, ENGINES, "--spec-dir=/srv/cdi");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.messages("error")).containsExactly("the snapshot has no record of --spec-dir /srv/cdi");
        assertThat(refused.messages("hint"))
                .singleElement()
                .asString()
                .contains("/etc/cdi, ", "gpu-cdi snapshot --spec-dir=/srv/cdi --output=FILE", "--snapshot=FILE");
        Run simulated = Run.of("doctor", "--simulate=debian-l4", ENGINES, "--spec-dir=/srv/cdi");
        assertThat(simulated.messages("hint"))
                .singleElement()
                .asString()
                .startsWith("give one of those it has: /etc/cdi")
                .doesNotContain("gpu-cdi snapshot");
        assertThat(Run.of("snapshot", "--host-root=" + root, "--output=" + file, "--spec-dir=/srv/cdi")
                        .status())
                .isZero();
        assertThat(Run.of("doctor", "--snapshot=" + file, ENGINES, "--spec-dir=/srv/cdi")
                        .out())
                .isEqualTo(run.out());
    }

    @Test
    void noEngineAndABrokenOne() throws IOException {
        Run none = Run.of("doctor", "--snapshot=" + snapshot(tree -> {}));
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.out())
                .contains("error no-engine: ", "error spec-missing")
                .doesNotContain("ENGINE ");
        Path broken = snapshot(tree -> {
            ObjectNode podman = tree.putObject("engines").putArray("engines").addObject();
            podman.put("engine", "podman").put("path", "/usr/bin/podman");
            podman.putObject("failure").put("reason", "exit-status").put("text", "it ends with exit status 127");
        });
        Run run = Run.of("doctor", "--snapshot=" + broken);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "podman  not known           the version of /usr/bin/podman is not known",
                        "error engine-broken: ",
                        "  $ /usr/bin/podman --version\n");
    }

    @Test
    void formsAreTheSchemas() throws IOException {
        Path file = snapshot(tree -> {});
        Run json = Run.of("doctor", "--snapshot=" + file, ENGINES, "--format=json");
        assertThat(json.status()).isEqualTo(1);
        Run yaml = Run.of("doctor", "--snapshot=" + file, ENGINES, "--format=yaml");
        assertThat(OutputSchema.yaml(yaml)).isEqualTo(SCHEMA.json(json));
        SCHEMA.assertIsASchema();
        List<String> words = SCHEMA.tree().at("/$defs/finding/properties/id/enum").values().stream()
                .map(JsonNode::stringValue)
                .toList();
        assertThat(words).containsExactlyElementsOf(allWords());
    }

    private static List<String> allWords() {
        return List.of(FindingId.values()).stream().map(FindingId::word).toList();
    }

    @Test
    void thePageHasEveryFinding() throws IOException {
        Pattern row = Pattern.compile("\\| `([a-z-]+)` \\| (error|warning|note)(?:, (warning|note))? \\| .+ \\|");
        List<String> ids = new ArrayList<>();
        String page = Files.readString(Path.of("..", "docs", "findings.md"));
        for (String line : page.lines().toList()) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                ids.add(matcher.group(1));
                List<String> severities = new ArrayList<>();
                FindingId id =
                        FindingId.valueOf(matcher.group(1).replace('-', '_').toUpperCase(Locale.ROOT));
                id.severities().forEach(severity -> severities.add(word(severity)));
                String told = matcher.group(2) + (matcher.group(3) == null ? "" : ", " + matcher.group(3));
                assertThat(told).as(line).isEqualTo(String.join(", ", severities));
            }
        }
        assertThat(ids).containsExactlyElementsOf(allWords());
    }

    private static String word(Severity severity) {
        return severity == Severity.INFO ? "note" : EnumWord.of(severity);
    }

    @Test
    void textFromSpecsIsEscaped() throws IOException {
        Path file = snapshot(tree -> {
            ObjectNode directory = (ObjectNode) tree.at("/cdi/directories/0");
            ObjectNode spec = directory.put("present", true).putArray("files").addObject();
            spec.put("name", "nvidia.yaml");
            spec.putObject("content")
                    .put("encoding", "text")
                    .putArray("lines")
                    .add("cdiVersion: \"\\e[31m\\u202e\"")
                    .add("kind: nvidia.com/gpu");
        });
        Run run = Run.of("doctor", "--snapshot=" + file, ENGINES);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("\\u001b[31m").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void variables() throws IOException {
        Path file = snapshot(tree -> {});
        Run run = Run.of(
                Map.of(
                        "GPU_CDI_DOCTOR_ENGINE",
                        "podman-5.0,nerdctl-2.2",
                        "GPU_CDI_DOCTOR_ROOTLESS",
                        "1",
                        "GPU_CDI_DOCTOR_FORMAT",
                        "json"),
                "doctor",
                "--snapshot=" + file);
        JsonNode tree = SCHEMA.json(run);
        assertThat(tree.get("engines").values().stream()
                        .map(engine -> engine.get("engine").stringValue()))
                .containsExactly("podman-5.0", "nerdctl-2.2");
        assertThat(tree.get("rootless").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "podman-x", "lxd-6.2", "docker-20.10", "unheard-1.0", ""})
    void enginesThatCannotBeJudged(String word) throws IOException {
        Run run = Run.of("doctor", "--snapshot=" + snapshot(tree -> {}), "--engine=" + word);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.messages("error")).singleElement().asString().startsWith("--engine: ");
        assertThat(run.messages("hint")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "nvml", "files", "nodes", "hook", "engines", "cdi", "environment"})
    void sectionsThatNobodyProbed(String section) throws IOException {
        Run run = Run.of("doctor", "--snapshot=" + snapshot(tree -> tree.remove(section)), ENGINES);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.messages("error")).containsExactly("the snapshot has no section '" + section + "'");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aRedactedSnapshotIsJudgedAlike() throws IOException {
        Path root = host();
        Path file = folder.resolve("host.json");
        Path redacted = folder.resolve("redacted.json");
        assertThat(Run.of("snapshot", "--host-root=" + root, "--output=" + file).status())
                .isZero();
        assertThat(Run.of("snapshot", "--snapshot=" + file, "--redact", "--output=" + redacted)
                        .status())
                .isZero();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Matcher uuid = Pattern.compile("GPU-([0-9a-f]{8}-[0-9a-f-]{27})").matcher(text);
        assertThat(uuid.find()).isTrue();
        assertThat(Files.readString(redacted, StandardCharsets.UTF_8)).doesNotContain(uuid.group(1));
        assertThat(Run.of("doctor", "--snapshot=" + redacted, ENGINES).out())
                .isEqualTo(Run.of("doctor", "--snapshot=" + file, ENGINES).out())
                .contains("works");
    }

    @Test
    void aDockerClientWithoutItsDaemon() throws IOException {
        Path file = snapshot(tree -> tree.putObject("engines").put("dockerClient", "/usr/bin/docker"));
        Run run = Run.of("doctor", "--snapshot=" + file, "--format=json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(ids(run)).contains("engine-daemon-missing").doesNotContain("no-engine");
        assertThat(ids(Run.of("doctor", "--snapshot=" + file, ENGINES, "--format=json")))
                .doesNotContain("engine-daemon-missing");
    }
}
