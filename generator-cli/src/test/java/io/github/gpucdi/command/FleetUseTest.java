package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.option.SnapshotFiles;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Which snapshots are judged by the command doctor, and what is said of those that cannot be. */
class FleetUseTest extends FleetFolder {
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
        assertThat(first.messages("error")).containsExactly("1 of 2 snapshots cannot be used: ''");
        Run variable = Run.of(Map.of("GPU_CDI_SNAPSHOT", ""), "devices");
        assertThat(variable.messages("error")).containsExactly("the snapshot '' is not a regular file");
    }

    @Test
    void aCommaIsPartOfAName() throws IOException {
        host("a,b");
        assertThat(Run.of("doctor", "--snapshot=" + folder.resolve("a,b.json")).status())
                .isZero();
    }

    /** It would be told of each snapshot as if that were to be made anew. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nvml-timeout=x",
                "--host-root=/x",
                "--driver-root=a\tb",
                "--csv.file=a\tb",
                "--nvidia-cdi-hook-path=x",
                "--simulate=dgx-a100"
            })
    void aMistakeInAnOptionIsToldAsThat(String option) throws IOException {
        host("node1");
        Run run = doctor(option);
        Run one = Run.of("doctor", "--snapshot=" + folder.resolve("node1.json"), option);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .contains(option.split("=")[0])
                .doesNotContain("cannot be used: '");
        assertThat(run).isEqualTo(one);
    }

    @Test
    void aSnapshotThatWasProbedOtherwiseKeepsNoOtherFromBeingJudged() throws IOException {
        host("elsewhere", snapshot -> at(snapshot, "/options").put("devRoot", "/run/nvidia/driver"));
        host("here");
        Run run = doctor("--dev-root=/", "--format=json");
        JsonNode tree = SCHEMA.json(run);
        assertThat(tree.at("/nodes/0/problem").stringValue()).startsWith("--dev-root differs");
        assertThat(texts(tree.at("/summary/verdicts/works"))).containsExactly("here");
        assertThat(run.messages("error")).containsExactly("1 of 2 snapshots cannot be used: 'elsewhere'");
    }

    @Test
    void aFileWhoseNameCannotBeUsedKeepsNoOtherFromBeingJudged() throws IOException {
        host("a\tb");
        host("good");
        Run run = doctor();
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("1 of 2 snapshots cannot be used: 'a\\u0009b'");
        assertThat(run.out())
                .containsPattern("a\\\\u0009b +unusable .* holds a control character")
                .containsPattern("good +works");
    }

    /** Both are called {@code -}. */
    @Test
    void standardInputIsNoFile() {
        assertThat(SnapshotFiles.byHost(List.of("-", "./-", "-", "x/../-"))).isEqualTo(Map.of("-", "-", "./-", "./-"));
    }
}
