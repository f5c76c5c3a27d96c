package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The command diff over the snapshots of two hosts. */
class SnapshotsDiffTest extends FleetFolder {
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
