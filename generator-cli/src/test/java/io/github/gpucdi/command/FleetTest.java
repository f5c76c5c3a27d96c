package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The command doctor over the snapshots of many hosts. */
class FleetTest extends FleetFolder {
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
        assertThat(run.messages("error")).containsExactly("1 of 6 snapshots cannot be used: 'node5'");
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
    void filesAreComparedWithWhatMostHostsHave() throws IOException {
        fleet();
        host("node0", snapshot -> at(snapshot, "/files").remove("libraries"));
        JsonNode files = SCHEMA.json(doctor("--format=json")).at("/summary/files");
        assertThat(texts(files.at("/0/lacks"))).isEmpty();
        assertThat(texts(files.at("/1/nodes"))).containsExactly("node0");
        assertThat(texts(files.at("/1/lacks"))).contains("libcuda.so.*").hasSizeGreaterThan(20);
    }

    /** A stale spec for privileged containers is told of, and keeps no GPU from anybody else. */
    @Test
    void theSpecOfGpusIsComparedWithTheDriverThatThereIs() throws IOException {
        host("management", snapshot -> {
            ArrayNode files = (ArrayNode) snapshot.at("/cdi/directories/0/files");
            String stale = files.get(0)
                    .toString()
                    .replace("nvidia.yaml", "nvidia-management.yaml")
                    .replace("nvidia.com/gpu", "management.nvidia.com/gpu")
                    .replace("570.172.08", "560.35.03");
            files.add(JSON.readTree(stale));
        });
        host("none", snapshot -> snapshot.putObject("driver").put("absent", "no driver"));
        JsonNode nodes = SCHEMA.json(doctor("--format=json")).get("nodes");
        assertThat(nodes.at("/0/spec").stringValue()).isEqualTo("of this driver");
        assertThat(nodes.at("/0/verdict").stringValue()).isEqualTo("warns");
        assertThat(nodes.at("/0/findings").findValuesAsString("id")).contains("spec-stale-driver");
        assertThat(nodes.at("/1/driver").stringValue()).isEqualTo("none");
        assertThat(nodes.at("/1/spec").stringValue()).isEqualTo("no driver to compare with");
    }

    /** A host's snapshot may hold anything, and there may be many such. */
    @Test
    void ofAHostWithEndlessNamesLittleIsKept() throws IOException {
        host("endless", snapshot -> {
            ArrayNode files = at(snapshot, "/files").putArray("libraries");
            for (int i = 0; i < 100; i++) {
                files.addObject().put("role", "driver").put("path", "/" + i + "x".repeat(4000));
            }
            at(snapshot, "/driver").put("module", "5".repeat(4000));
        });
        host("usual");
        host("usual2");
        JsonNode summary = SCHEMA.json(doctor("--format=json")).get("summary");
        List<String> more = texts(summary.at("/files/1/more"));
        assertThat(more.stream().map(name -> name.substring(0, Math.min(3, name.length()))))
                .containsExactly("0xx", "10x", "11x", "12x", "and");
        assertThat(more.get(4)).matches("and \\d+ more");
        assertThat(summary.at("/driver/1/value").stringValue()).hasSizeLessThan(1000);
    }
}
