package io.github.gpucdi.command;

import static io.github.gpucdi.command.OutputTest.assertNotWritten;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Specs of coherent and other GPUs, each in a file of its own. */
class CoherentOutputTest {
    @TempDir
    Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void checkCountsEveryFileOfASplit() throws IOException {
        String split = "--feature-flag=enable-coherent-annotations";
        String output = "--output=" + folder.resolve("nvidia.yaml");
        assertThat(Run.of("generate", "--simulate=gb200-nvl4", split, output).status())
                .isZero();
        assertThat(Run.of("generate", "--simulate=gb200-nvl4", split, output, "--check")
                        .status())
                .isZero();
        Files.delete(folder.resolve("nvidia.coherent.yaml"));
        assertThat(Run.of("generate", "--simulate=gb200-nvl4", split, output, "--check")
                        .status())
                .isEqualTo(ExitCode.DIFFERS.status());
    }

    @Test
    void aConflictOfOnePartKeepsEveryPartFromBeingWritten() throws IOException {
        Path other = folder.resolve("other.yaml");
        Run.of("generate", "--simulate=gb200-nvl4", "--class=gpu.coherent", "--output=" + other);
        Run run = Run.of(
                "generate",
                "--simulate=gb200-nvl4",
                "--feature-flag=enable-coherent-annotations",
                "--output=" + folder.resolve("nvidia.yaml"));
        assertNotWritten(run, other + " defines nvidia.com/gpu.coherent=0");
        assertThat(files()).containsExactly("other.yaml");
    }

    @Test
    void coherentGpusHaveAFileOfTheirOwn() throws IOException {
        String[] split = {"generate", "--simulate=gb200-nvl4", "--feature-flag=enable-coherent-annotations"};
        Path output = folder.resolve("nvidia.yaml");
        assertThat(Run.of(split[0], split[1], split[2], "--output=" + output).status())
                .isZero();
        assertThat(files()).containsExactly("nvidia.coherent.yaml", "nvidia.yaml");
        Path coherent = folder.resolve("nvidia.coherent.yaml");
        assertThat(Files.readString(coherent)).contains("kind: nvidia.com/gpu.coherent\n");
        assertThat(Run.of(split).out()).isEqualTo(Files.readString(output) + Files.readString(coherent));
    }

    @Test
    void gpusOfBothKindsHaveThreeFiles() throws IOException {
        JsonMapper mapper = new JsonMapper();
        JsonNode snapshot =
                mapper.readTree(Run.of("snapshot", "--simulate=gb200-nvl4").out());
        ((ObjectNode) snapshot.at("/nvml/gpus/1")).put("addressingMode", 0);
        Path file = Files.writeString(folder.resolve("host"), mapper.writeValueAsString(snapshot));
        Path output = folder.resolve("nvidia.json");
        String split = "--feature-flag=enable-coherent-annotations";
        assertThat(Run.of("generate", "--snapshot=" + file, split, "--output=" + output)
                        .status())
                .isZero();
        assertThat(files()).containsExactly("host", "nvidia.coherent.json", "nvidia.json", "nvidia.noncoherent.json");
        String other = Files.readString(folder.resolve("nvidia.noncoherent.json"), StandardCharsets.UTF_8);
        assertThat(mapper.readTree(other).at("/kind").stringValue()).isEqualTo("nvidia.com/gpu.noncoherent");
        assertThat(mapper.readTree(other).at("/devices/0/name").stringValue()).isEqualTo("1");
    }

    @Test
    void severalSpecsInJsonAreNoDocumentOnStandardOutput() {
        String split = "--feature-flag=enable-coherent-annotations";
        for (List<String> face : List.of(List.of("generate"), List.of("cdi", "generate"))) {
            List<String> command = new ArrayList<>(face);
            command.addAll(List.of("--simulate=gb200-nvl4", split, "--format=json"));
            Run run = Run.of(command.toArray(String[]::new));
            assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
            assertThat(run.out()).isEmpty();
            assertThat(run.messages("hint")).singleElement().asString().contains("--output");
        }
        assertThat(Run.of("generate", "--simulate=gb200-nvl4", "--format=json").status())
                .isZero();
    }

    @Test
    void partsThatARunDoesNotWriteGoWithTheWriteAndCountInACheck() throws IOException {
        String output = "--output=" + folder.resolve("nvidia.yaml");
        Run.of("generate", "--simulate=gb200-nvl4", "--feature-flag=enable-coherent-annotations", output);
        assertThat(files()).containsExactly("nvidia.coherent.yaml", "nvidia.yaml");

        Run check = Run.of("generate", "--simulate=gb200-nvl4", output, "--check");
        assertThat(check.status()).isEqualTo(ExitCode.DIFFERS.status());
        assertThat(check.messages("info")).contains(folder.resolve("nvidia.coherent.yaml") + " would be deleted");
        assertThat(files()).hasSize(2);

        assertThat(Run.of("generate", "--simulate=gb200-nvl4", output).status()).isZero();
        assertThat(files()).containsExactly("nvidia.yaml");
        assertThat(Run.of("generate", "--simulate=gb200-nvl4", output, "--check")
                        .status())
                .isZero();
    }

    @Test
    void anothersFileOfAPartsNameStays() throws IOException {
        Path other = folder.resolve("nvidia.coherent.yaml");
        Run.of("generate", "--simulate=dgx-a100", "--class=mine", "--output=" + folder.resolve("spec.yaml"));
        Files.move(folder.resolve("spec.yaml"), other);
        Files.writeString(folder.resolve("nvidia.noncoherent.yaml"), "no spec\n");
        Run run = Run.of("generate", "--simulate=gb200-nvl4", "--output=" + folder.resolve("nvidia.yaml"));
        assertThat(run.status()).isZero();
        assertThat(files()).containsExactly("nvidia.coherent.yaml", "nvidia.noncoherent.yaml", "nvidia.yaml");
    }

    @Test
    void nvidiaCtksFaceLeavesThem() throws IOException {
        String output = "--output=" + folder.resolve("nvidia.yaml");
        Run.of("generate", "--simulate=gb200-nvl4", "--feature-flag=enable-coherent-annotations", output);
        Run.of("cdi", "generate", "--simulate=gb200-nvl4", output);
        assertThat(files()).containsExactly("nvidia.coherent.yaml", "nvidia.yaml");
    }
}
