package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command diff: what generate would change, and how two files differ. */
class DiffTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("diff-1.schema.json");
    private static final String SIMULATE = "--simulate=rtx4090-desktop";

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private static Run diff(String... more) {
        return Run.of(Stream.concat(Stream.of("diff"), Arrays.stream(more)).toArray(String[]::new));
    }

    private static String generated(String... more) {
        return Run.of(Stream.concat(Stream.of("generate", SIMULATE), Arrays.stream(more))
                        .toArray(String[]::new))
                .out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=yaml", "--format=json", "--hooks=nvidia", "--device-name-strategy=pci"})
    void whatGenerateWritesIsTheSame(String option) throws IOException {
        String spec = file("spec.yaml", generated(option));
        Run run = diff(spec, SIMULATE, option.startsWith("--format") ? "--quiet" : option);
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).isEmpty();
    }

    @Test
    void theDirectionIsWhatGenerateWouldDo() throws IOException {
        String spec = file(
                "spec.yaml",
                generated()
                        .replace("NVIDIA_VISIBLE_DEVICES=void", "OLD=1")
                        .replaceFirst("    - path: /dev/dri/card1\n(?:      .*\n)+", ""));
        Run run = diff(spec, SIMULATE);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "+ device 0: deviceNode /dev/dri/card1 (major=226, minor=1, fileMode=0660, permissions=rwm,"
                                + " gid=985)",
                        "+ common: env NVIDIA_VISIBLE_DEVICES=void",
                        "- common: env OLD=1");
        String live = file("live.yaml", generated());
        assertThat(diff(live, "--against=" + spec).out().lines())
                .containsExactlyInAnyOrderElementsOf(
                        run.out().lines().map(DiffTest::reversed).toList());
    }

    private static String reversed(String line) {
        return (line.charAt(0) == '+' ? "-" : "+") + line.substring(1);
    }

    @Test
    void theInstalledSpecIsBelowTheHostRoot() throws IOException {
        String spec = file("etc/cdi/nvidia.yaml", generated());
        Run run = diff("--host-root=" + folder, "--against=" + spec);
        assertThat(run).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void standardInputIsEitherOrASnapshot() throws IOException {
        byte[] spec = generated().getBytes(StandardCharsets.UTF_8);
        String file = file("spec.yaml", generated());
        assertThat(Run.of(Map.of(), spec, "diff", "-", SIMULATE).status()).isZero();
        assertThat(Run.of(Map.of(), spec, "diff", file, "--against=-").status()).isZero();
        byte[] snapshot = Run.of("snapshot", SIMULATE).out().getBytes(StandardCharsets.UTF_8);
        assertThat(Run.of(Map.of(), snapshot, "diff", file, "--snapshot=-").status())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "- --against=-, standard input can be read once",
        "- --snapshot=-, standard input can be read once",
        "a b, Unexpected argument",
        "a --against=b --simulate=dgx-a100, --against=b excludes --snapshot and --simulate",
        "a --format=tabel, invalid value 'tabel' for --format",
        "a --simulate=dgx-a10, no simulated host 'dgx-a10'",
        "a --hooks=maybe, invalid value 'maybe' for --hooks",
        "a --output=x, Unknown option",
    })
    void wrongUse(String arguments, String what) {
        Run run = diff(arguments.split(" "));
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
    }

    @Test
    void aMissingFileIsTroubleAndNoDifference() {
        String missing = folder.resolve("missing.yaml").toString();
        Run run = diff(missing, SIMULATE, "--format=json");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).containsExactly("cannot read " + missing + ": no such file");
        assertThat(run.messages("hint"))
                .singleElement()
                .asString()
                .endsWith("write it with: gpu-cdi generate --output=" + missing);
    }

    @Test
    void aFileThatIsNoSpecIsTroubleAndNoDifference() throws IOException {
        String bad = file("bad.yaml", ValidateTest.GOOD + "mystery: 1\nmore: 2\n");
        String good = file("good.yaml", ValidateTest.GOOD);
        Run run = diff(bad, "--against=" + good);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly(bad + ":8:1: /mystery: 'mystery' is no key of CDI here");
        assertThat(run.messages("hint")).hasSize(1);
        Run both = diff(bad, "--against=" + folder);
        assertThat(both.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(both.messages("error")).hasSize(2).anyMatch(line -> line.endsWith(": a directory"));
        assertThat(both.out()).isEmpty();
    }

    @Test
    void aSpecThatEnginesRefuseIsCompared() throws IOException {
        String refused = file("refused.yaml", ValidateTest.GOOD.replace("0.3.0", "0.1.0"));
        Run run = diff(refused, "--against=" + file("good.yaml", ValidateTest.GOOD));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("~ cdiVersion: 0.1.0 -> 0.3.0\n");
        assertThat(run.messages("warning"))
                .singleElement()
                .asString()
                .startsWith("engines refuse " + refused + ":1:13: /cdiVersion: ");
    }

    @Test
    void withoutADriverThereIsNothingToCompareWith() throws IOException {
        Run gone = diff(
                "/nowhere/x.yaml",
                "--snapshot=" + snapshot(tree -> tree.putObject("nvml").put("absent", "no library")));
        assertThat(gone.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(gone.messages("error")).containsExactly("no library");
        String old = snapshot(tree -> ((ObjectNode) tree.get("nvml"))
                .putObject("failure")
                .put("call", "nvmlInit_v2")
                .put("code", 18)
                .put("text", "LIB_RM_VERSION_MISMATCH"));
        assertThat(diff("--snapshot=" + old).status()).isEqualTo(ExitCode.HALF_UPGRADED.status());
    }

    @Test
    void strictIsIncomplete() throws IOException {
        String spec = file("spec.yaml", ValidateTest.GOOD);
        Run run = diff(spec, "--simulate=debian-l4", "--hooks=nvidia", "--strict");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(run.out()).isEmpty();
        assertThat(diff(spec, "--simulate=debian-l4", "--hooks=nvidia").status())
                .isEqualTo(1);
    }

    private String snapshot(Consumer<ObjectNode> change) throws IOException {
        return file("host.json", ReplayTest.changed(change));
    }

    @Test
    void ofSeveralSpecsTheOneOfTheFilesKind() throws IOException {
        String kind = ValidateTest.GOOD.replace("acme.example/gpu", "nvidia.com/gpu.noncoherent");
        Run run = diff(file("spec.yaml", kind), SIMULATE, "--feature-flag=enable-coherent-annotations");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).doesNotContain("~ kind").contains("- device one");
        assertThat(diff(file("other.yaml", ValidateTest.GOOD), SIMULATE).out())
                .contains("~ kind: acme.example/gpu -> nvidia.com/gpu\n");
    }

    @Test
    void textsAreEscaped() throws IOException {
        String hostile = ValidateTest.GOOD.replace("A=b", "\"A=\\e[31m\\u202e\"");
        Run run = diff(file("a.yaml", hostile), "--against=" + file("b.yaml", ValidateTest.GOOD));
        assertThat(run.out()).contains("\\u001b[31m\\u202e").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void jsonIsAsTheSchemaSaysAndYamlTheSame() throws IOException {
        String other =
                file("debian.yaml", Run.of("generate", "--simulate=debian-l4").out());
        Run run = diff(other, SIMULATE, "--format=json", "--hooks=nvidia");
        assertThat(run.status()).isEqualTo(1);
        JsonNode tree = SCHEMA.json(run);
        assertThat(tree.get("before").stringValue()).isEqualTo(other);
        assertThat(tree.get("after").stringValue()).isEqualTo("live");
        assertThat(tree.get("changes").values()).hasSizeGreaterThan(20);
        assertThat(OutputSchema.yaml(diff(other, SIMULATE, "--format=yaml", "--hooks=nvidia")))
                .isEqualTo(tree);
        JsonNode same = SCHEMA.json(diff(other, "--against=" + other, "--format=json"));
        assertThat(same.get("changes").values()).isEmpty();
    }

    @Test
    void whatAChangeIs() throws IOException {
        String before = file("before.yaml", ValidateTest.GOOD);
        String after = file("after.yaml", ValidateTest.GOOD.replace("A=b", "A=c"));
        JsonNode change =
                SCHEMA.json(diff(before, "--against=" + after, "--format=json")).at("/changes/0");
        assertThat(change)
                .isEqualTo(new JsonMapper()
                        .readTree(
                                "{\"after\":\"c\",\"before\":\"b\",\"device\":\"one\",\"key\":\"A\",\"kind\":\"changed\","
                                        + "\"scope\":\"device\",\"section\":\"env\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"after\":\"c\",\"before\":\"b\",\"kind\":\"added\",\"scope\":\"spec\",\"section\":\"env\"}",
                "{\"after\":\"c\",\"kind\":\"added\",\"scope\":\"device\",\"section\":\"env\"}",
                "{\"after\":\"c\",\"kind\":\"added\",\"scope\":\"common\",\"device\":\"0\",\"section\":\"env\"}",
                "{\"after\":\"c\",\"kind\":\"removed\",\"scope\":\"spec\",\"section\":\"env\"}",
                "{\"after\":\"c\",\"kind\":\"new\",\"scope\":\"spec\",\"section\":\"env\"}",
            })
    void theSchemaRefuses(String change) {
        SCHEMA.assertIsASchema();
        JsonMapper json = new JsonMapper();
        String document = "{\"after\":\"live\",\"before\":\"x\",\"changes\":[%s],\"schemaVersion\":\"1.0\"}";
        assertThat(SCHEMA.accepts(json.readTree(document.formatted("")))).isTrue();
        assertThat(SCHEMA.accepts(json.readTree(document.formatted(change)))).isFalse();
    }
}
