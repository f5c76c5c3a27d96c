package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.doctor.Installed;
import io.github.gpucdi.host.json.SnapshotFormatException;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command doctor over the snapshots of many hosts, and diff over those of two. */
class FleetTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("fleet-1.schema.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEALTHY = healthy();

    @TempDir
    Path folder;

    /** The snapshot of a host with 56 MIG devices, Podman and the spec that generate writes there. */
    private static String healthy() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotJson.write(Installed.on(SnapshotJson.read(SimulatedHosts.open("dgx-a100-mig"))), out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException | SnapshotFormatException | AssembleException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private void host(String name) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), HEALTHY);
    }

    private void host(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(HEALTHY);
        change.accept(tree);
        Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(tree));
    }

    private static ObjectNode at(ObjectNode snapshot, String pointer) {
        return (ObjectNode) snapshot.at(pointer);
    }

    /** Six hosts: three as they should be, one that lacks a file, one without a spec, one of a newer format. */
    private void fleet() throws IOException {
        host("node1");
        host("node2");
        host("node3", snapshot -> {
            JsonNode libraries = snapshot.at("/files/libraries");
            at(snapshot, "/files")
                    .putArray("libraries")
                    .addAll(StreamSupport.stream(libraries.spliterator(), false)
                            .filter(library ->
                                    !library.get("path").stringValue().contains("libnvidia-opencl."))
                            .toList());
        });
        host("node4", snapshot -> at(snapshot, "/cdi").putArray("directories"));
        host("node5", snapshot -> snapshot.put("schemaVersion", "2.0"));
        host("node6");
    }

    private Run doctor(String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "doctor";
        words[1] = "--snapshot=" + folder;
        System.arraycopy(more, 0, words, 2, more.length);
        return Run.of(words);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void whatDiffersIsToldPerHostAndInAll() throws IOException {
        fleet();
        Run run = doctor();
        assertThat(run.out().replace(folder.toString(), "FOLDER")).isEqualTo("""
                NODE   VERDICT   DRIVER      GPUS                     MIG           SPEC            FINDINGS
                node1  works     570.172.08  8 NVIDIA A100-SXM4-40GB  8x[7x1g.5gb]  of this driver  -
                node2  works     570.172.08  8 NVIDIA A100-SXM4-40GB  8x[7x1g.5gb]  of this driver  -
                node3  warns     570.172.08  8 NVIDIA A100-SXM4-40GB  8x[7x1g.5gb]  of this driver  driver-incomplete
                node4  fails     570.172.08  8 NVIDIA A100-SXM4-40GB  8x[7x1g.5gb]  none            spec-missing, spec-directory-unread
                node5  unusable  -           -                        -             -               snapshot FOLDER/node5.json cannot be used: line 1, column 18, /schemaVersion: Only version 1 of the format is known here.
                node6  works     570.172.08  8 NVIDIA A100-SXM4-40GB  8x[7x1g.5gb]  of this driver  -

                         NODES
                verdict  3      works: node1, node2, node6
                verdict  1      warns: node3
                verdict  1      fails: node4
                verdict  1      unusable: node5
                driver   5      570.172.08
                gpus     5      8 NVIDIA A100-SXM4-40GB
                mig      5      8x[7x1g.5gb]
                engines  4      podman-5.4.2 works
                engines  1      podman-5.4.2 fails: node4
                spec     4      of this driver
                spec     1      none: node4
                files    4      as most
                files    1      lacks libnvidia-opencl.so.*: node3
                error    1      spec-missing: node4
                warning  1      driver-incomplete: node3
                warning  1      spec-directory-unread: node4
                note     4      hooks-needed
                """);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("1 of 6 snapshots cannot be used: node5");
    }

    @Test
    void jsonNamesEveryHost() throws IOException {
        fleet();
        JsonNode tree = SCHEMA.json(doctor("--format=json"));
        assertThat(tree.get("nodes").values().stream()
                        .map(node -> node.get("node").stringValue() + " "
                                + node.get("verdict").stringValue()))
                .containsExactly(
                        "node1 works", "node2 works", "node3 warns", "node4 fails", "node5 unusable", "node6 works");
        assertThat(texts(tree.at("/summary/verdicts/works"))).containsExactly("node1", "node2", "node6");
        assertThat(texts(tree.at("/summary/files/1/lacks"))).containsExactly("libnvidia-opencl.so.*");
        assertThat(texts(tree.at("/summary/files/1/nodes"))).containsExactly("node3");
        assertThat(tree.at("/summary/mig/0/value").stringValue()).isEqualTo("8x[7x1g.5gb]");
        assertThat(tree.at("/nodes/4/problem").stringValue()).contains("Only version 1 of the format");
        assertThat(OutputSchema.yaml(doctor("--format=yaml"))).isEqualTo(tree);
    }

    @Test
    void theSchemaIsOneOfItsDialect() {
        SCHEMA.assertIsASchema();
        ObjectNode document = (ObjectNode) JSON.readTree("{\"nodes\":[{\"node\":\"x\",\"verdict\":\"unusable\"}],"
                + "\"rootless\":false,\"schemaVersion\":\"1.0\",\"summary\":{}}");
        assertThat(SCHEMA.accepts(document)).isFalse();
    }

    @Test
    void driversAndPartitionsAndSpecsOfAnotherAge() throws IOException {
        host("a");
        host("b");
        host("c", snapshot -> at(snapshot, "/driver").put("module", "580.95.05"));
        host("d", snapshot -> ((ObjectNode) snapshot.at("/nvml/gpus/0")).putArray("migDevices"));
        host("e", snapshot -> {
            at(snapshot, "/environment").put("driverChanged", 1_800_000_000);
            ObjectNode file = at(snapshot, "/cdi/directories/0/files/0").put("modified", 1_700_000_000);
            String lessOne = file.get("content").toString().replaceAll("libnvidia-opencl", "libother-opencl");
            file.set("content", JSON.readTree(lessOne));
        });
        JsonNode summary = SCHEMA.json(doctor("--format=json")).get("summary");
        assertThat(texts(summary.at("/driver/1/nodes"))).containsExactly("c");
        assertThat(summary.at("/driver/1/value").stringValue()).isEqualTo("580.95.05");
        assertThat(summary.at("/mig/1/value").stringValue()).isEqualTo("7x[7x1g.5gb], []");
        assertThat(summary.at("/oldestSpec/node").stringValue()).isEqualTo("e");
        assertThat(summary.at("/oldestSpec/written").stringValue()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(summary.get("spec").values().stream()
                        .map(group -> group.get("value").stringValue() + ": " + texts(group.get("nodes"))))
                .containsExactly("of this driver: [a, b, d]", "of another driver: [c]", "older than the driver: [e]");
    }

    @Test
    void healthyHostsAreExitZero() throws IOException {
        host("node1");
        host("node2");
        Run run = doctor();
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aHostThatFailsIsExitOne() throws IOException {
        host("node1");
        host("node2", snapshot -> at(snapshot, "/cdi").putArray("directories"));
        Run run = doctor();
        assertThat(run.status()).isEqualTo(ExitCode.DIFFERS.status());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void hostsOfOneNameAreCalledByTheirPaths() throws IOException {
        host("node1");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(folder.resolve("node1.json"), other.resolve("node1.json"));
        Files.copy(folder.resolve("node1.json"), other.resolve("node2"));
        JsonNode tree = SCHEMA.json(Run.of(
                "doctor",
                "--snapshot=" + folder,
                "--snapshot=" + other,
                "--snapshot=" + folder.resolve("node1.json"),
                "--snapshot=" + other.resolve("node2"),
                "--format=json"));
        assertThat(tree.get("nodes").values().stream()
                        .map(node -> node.get("node").stringValue()))
                .containsExactly(folder + "/node1.json", other + "/node1.json", other + "/node2");
    }

    @Test
    void whatIsNoSnapshotIsToldAndTheOthersAreJudged() throws IOException {
        host("good");
        Files.createDirectory(folder.resolve("directory.json"));
        Files.writeString(folder.resolve("empty.json"), "");
        Files.createSymbolicLink(folder.resolve("gone.json"), folder.resolve("nowhere"));
        Files.writeString(folder.resolve("notes.txt"), "no JSON");
        JsonNode tree = SCHEMA.json(doctor("--format=json"));
        assertThat(texts(tree.at("/summary/verdicts/unusable"))).containsExactly("directory", "empty", "gone");
        assertThat(texts(tree.at("/summary/verdicts/works"))).containsExactly("good");
    }

    @Test
    void whatCannotBeAFleet() throws IOException {
        Run empty = doctor();
        assertThat(empty.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(empty.messages("error")).containsExactly("the directory '" + folder + "' has no *.json");
        host("node1");
        assertThat(doctor("--simulate=dgx-a100").messages("error"))
                .containsExactly("--snapshot and --simulate exclude each other");
        String file = "--snapshot=" + folder.resolve("node1.json");
        assertThat(Run.of("doctor", file, file, "--fix").status()).isEqualTo(ExitCode.USAGE.status());
        Run several = Run.of("generate", file, file);
        assertThat(several.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(several.messages("error")).containsExactly("--snapshot is given 2 times");
    }

    /** A script's unset variable names no directory, and not this machine. */
    @Test
    void anEmptyNameIsNoSnapshot() throws IOException {
        host("node1");
        Run first = Run.of("doctor", "--snapshot=", "--snapshot=" + folder);
        assertThat(first.messages("error")).containsExactly("1 of 2 snapshots cannot be used: ");
        Run variable = Run.of(Map.of("GPU_CDI_SNAPSHOT", ""), "devices");
        assertThat(variable.messages("error")).containsExactly("the snapshot '' is not a regular file");
    }

    @Test
    void filesAreComparedWithWhatMostHostsHave() throws IOException {
        fleet();
        host("node0", snapshot -> at(snapshot, "/files").remove("libraries"));
        JsonNode files = SCHEMA.json(doctor("--format=json")).at("/summary/files");
        assertThat(texts(files.at("/0/lacks"))).isEmpty();
        assertThat(texts(files.at("/1/nodes"))).containsExactly("node0");
        assertThat(texts(files.at("/1/lacks"))).contains("libcuda.so.*").hasSizeGreaterThan(20);
    }

    @Test
    void aCommaIsPartOfAName() throws IOException {
        host("a,b");
        assertThat(Run.of("doctor", "--snapshot=" + folder.resolve("a,b.json")).status())
                .isZero();
    }

    @Test
    void diffComparesTheSpecsOfTwoHosts() throws IOException {
        host("old");
        host("same");
        host("new", snapshot -> ((ObjectNode) snapshot.at("/nvml/gpus/7")).putArray("migDevices"));
        Run same = diff("old", "same");
        assertThat(same.status()).as(same.err()).isZero();
        Run differs = diff("old", "new");
        assertThat(differs.status()).isEqualTo(ExitCode.DIFFERS.status());
        assertThat(differs.out()).contains("- device 7:6").doesNotContain("device 6:");
        JsonNode tree = OutputSchema.of("diff-1.schema.json").json(diff("old", "new", "--format=json"));
        assertThat(tree.get("before").stringValue()).endsWith("/old.json");
        assertThat(tree.get("after").stringValue()).endsWith("/new.json");
        assertThat(diff("old", "new", "spec.yaml").status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(diff("old", "new", "--against=spec.yaml").status()).isEqualTo(ExitCode.USAGE.status());
        Run three = diff("old", "new", "--snapshot=-");
        assertThat(three.messages("error")).containsExactly("--snapshot is given 3 times");
        Run input = Run.of("diff", "--snapshot=-", "--snapshot=-");
        assertThat(input.messages("error")).containsExactly("standard input can be read once");
    }

    @Test
    void diffComparesTheSpecsOfEachMode() throws IOException {
        Run.of("snapshot", "--simulate=hgx-h100-fabric", "--output=" + folder.resolve("fabric.json"));
        Run.of("snapshot", "--simulate=hgx-h100", "--output=" + folder.resolve("plain.json"));
        Run same = diff("fabric", "fabric", "--mode=nvml,nvswitch,gds");
        assertThat(same.status()).as(same.err()).isZero();
        assertThat(same.out()).isEmpty();
        Run differs = diff("fabric", "plain", "--mode=management,nvswitch,gdrcopy");
        assertThat(differs.status()).isEqualTo(ExitCode.DIFFERS.status());
        assertThat(differs.out().lines())
                .contains("management.nvidia.com/gpu:")
                .containsSubsequence(
                        "nvidia.com/nvswitch:",
                        "- device all",
                        "nvidia.com/gdrcopy:",
                        "- device all",
                        "- common: env NVIDIA_VISIBLE_DEVICES=void");
        assertThat(differs.messages("warning")).anyMatch(line -> line.startsWith("no spec of mode gdrcopy: "));
        assertThat(diff("plain", "fabric", "--mode=management,gdrcopy").out().lines())
                .contains("nvidia.com/gdrcopy:", "+ device all");
        JsonNode changes = OutputSchema.of("diff-1.schema.json")
                .json(diff("fabric", "plain", "--mode=management,gdrcopy", "--format=json"))
                .get("changes");
        assertThat(changes.valueStream().map(change -> change.get("spec").stringValue()))
                .contains("management.nvidia.com/gpu", "nvidia.com/gdrcopy");
    }

    private Run diff(String before, String after, String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "diff";
        words[1] = "--snapshot=" + folder.resolve(before + ".json");
        words[2] = "--snapshot=" + folder.resolve(after + ".json");
        System.arraycopy(more, 0, words, 3, more.length);
        return Run.of(words);
    }
}
