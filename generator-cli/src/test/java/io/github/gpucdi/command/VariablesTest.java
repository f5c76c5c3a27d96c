package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options from the environment, and what wins. */
class VariablesTest {
    @TempDir
    Path folder;

    private static Run generate(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--simulate=rtx4090-desktop"));
        arguments.addAll(List.of(more));
        return Run.of(environment, arguments.toArray(String[]::new));
    }

    @Test
    void flagThenOursThenNvidias() {
        Map<String, String> both = Map.of("GPU_CDI_CLASS", "ours", "NVIDIA_CTK_CDI_GENERATE_CLASS", "theirs");
        assertThat(generate(both, "--class=flag").out()).contains("kind: nvidia.com/flag\n");
        assertThat(generate(both, "--cdi-class=alias").out()).contains("kind: nvidia.com/alias\n");
        assertThat(generate(both).out()).contains("kind: nvidia.com/ours\n");
        assertThat(generate(Map.of("NVIDIA_CTK_CDI_GENERATE_CLASS", "theirs")).out())
                .contains("kind: nvidia.com/theirs\n");
        assertThat(generate(Map.of()).out()).contains("kind: nvidia.com/gpu\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GPU_CDI_DEVICE_NAME_STRATEGY, NVIDIA_CTK_CDI_GENERATE_DEVICE_NAME_STRATEGIES",
        "GPU_CDI_DEVICE_NAME_STRATEGY, GPU_CDI_DEVICE_NAME_STRATEGY",
        "NVIDIA_CTK_CDI_GENERATE_DEVICE_NAME_STRATEGIES, NVIDIA_CTK_CDI_GENERATE_DEVICE_NAME_STRATEGIES",
    })
    void listsAreSplitAndAnEmptyOneIsUnset(String empty, String set) {
        Map<String, String> environment =
                empty.equals(set) ? Map.of(set, "pci,minor") : Map.of(empty, "", set, "pci,minor");
        assertThat(OptionsTest.names(generate(environment))).containsExactly("0000:01:00.0", "all", "minor0");
        assertThat(OptionsTest.names(generate(environment, "--device-name-strategy=index")))
                .containsExactly("0", "all");
    }

    @Test
    void anEmptyListKeepsTheDefault() {
        assertThat(generate(Map.of("GPU_CDI_DEVICE_ID", "", "NVIDIA_CTK_CDI_GENERATE_DEVICE_NAME_STRATEGIES", ""))
                        .out())
                .isEqualTo(generate(Map.of()).out());
    }

    @Test
    void anEmptyScalarIsSet() {
        Run run = generate(Map.of("GPU_CDI_CLASS", "", "NVIDIA_CTK_CDI_GENERATE_CLASS", "theirs"));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("invalid value '' for --class");
        Path theirs = folder.resolve("theirs.yaml");
        Run printed = generate(Map.of("GPU_CDI_OUTPUT", "", "NVIDIA_CTK_CDI_OUTPUT_FILE_PATH", theirs.toString()));
        assertThat(printed.out()).startsWith("---\n");
        assertThat(theirs).doesNotExist();
    }

    @Test
    void nvidiasOutputIsGeneratesOnly() {
        Path spec = folder.resolve("nvidia.yaml");
        Map<String, String> environment = Map.of(
                "NVIDIA_CTK_CDI_OUTPUT_FILE_PATH", spec.toString(), "NVIDIA_CTK_CDI_GENERATE_OUTPUT_FORMAT", "yaml");
        assertThat(Run.of(environment, "snapshot", "--simulate=debian-l4").out())
                .startsWith("{");
        assertThat(Run.of(environment, "devices", "--simulate=debian-l4").out()).startsWith("INDEX");
        assertThat(spec).doesNotExist();
        assertThat(Run.of(environment, "cdi", "generate", "--simulate=debian-l4")
                        .status())
                .isZero();
        assertThat(spec).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "t, false", "TRUE, false", "true, false", "0, true", "F, true", "false, true", "'', true"})
    void switches(String word, boolean all) {
        for (String variable : List.of("GPU_CDI_NO_ALL_DEVICE", "NVIDIA_CTK_CDI_GENERATE_NO_ALL_DEVICE")) {
            Run run = generate(Map.of(variable, word));
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(OptionsTest.names(run).contains("all")).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "false", "0", ""})
    void aSwitchOnTheCommandLineIsOnWhateverItsVariable(String word) {
        Run run = generate(Map.of("GPU_CDI_NO_ALL_DEVICE", word), "--no-all-device");
        assertThat(OptionsTest.names(run)).doesNotContain("all");
        assertThat(OptionsTest.names(generate(Map.of("GPU_CDI_NO_ALL_DEVICE", word), "--no-all-device=false")))
                .contains("all");
        assertThat(Run.of(Map.of("GPU_CDI_QUIET", word), "generate", "--simulate=debian-l4", "--quiet")
                        .err())
                .isEmpty();
    }

    @Test
    void aSwitchIsOneOfTheWords() {
        Run run = generate(Map.of("GPU_CDI_STRICT", "yes"));
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains("'yes'");
        assertThat(run.messages("hint")).hasSize(1);
    }

    /** Who never typed the option would look for it in vain. */
    @Test
    void aMistakeNamesTheVariablesThatOptionsWereTakenFrom() {
        for (Map<String, String> environment :
                List.of(Map.of("GPU_CDI_STRICT", "yes"), Map.of("GPU_CDI_CLASS", "_"), Map.of("GPU_CDI_HOOKS", "x"))) {
            Run run = generate(environment);
            assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
            assertThat(run.messages("info"))
                    .containsExactly("options were taken from "
                            + environment.keySet().iterator().next());
        }
        assertThat(generate(Map.of("GPU_CDI_CLASS", "card")).err()).doesNotContain("GPU_CDI_");
        assertThat(generate(Map.of("GPU_CDI_HOOKS", "none"), "--hooks=x").messages("info"))
                .isEmpty();
    }

    @Test
    void quietWinsOverDebug() {
        Run debug = generate(Map.of(), "--debug");
        assertThat(debug.messages("debug")).isNotEmpty();
        assertThat(generate(Map.of("NVIDIA_CTK_DEBUG", "true")).err()).isEqualTo(debug.err());
        assertThat(generate(Map.of("GPU_CDI_QUIET", "1"), "--debug").err()).isEmpty();
        assertThat(Run.of("--debug", "generate", "--simulate=rtx4090-desktop").err())
                .isEqualTo(debug.err());
        assertThat(generate(Map.of(), "-d").out())
                .isEqualTo(generate(Map.of(), "--quiet").out());
    }

    @Test
    void quietStillTellsErrors() {
        Run run = generate(Map.of(), "--quiet", "--hooks=maybe");
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).startsWith("error: ").contains("\nhint: ").doesNotContain("\tat ");
    }

    @Test
    void stackTracesAreForDebug() {
        assertThat(generate(Map.of(), "--debug", "--hooks=maybe").err()).contains("\n    at ");
    }

    @Test
    void plainVariablesOfGenerateAreNoOtherCommands() throws IOException {
        Path spec = Files.writeString(folder.resolve("nvidia.yaml"), "kept");
        Map<String, String> environment = Map.of(
                "GPU_CDI_OUTPUT", spec.toString(),
                "GPU_CDI_FORMAT", "table",
                "GPU_CDI_ENGINE", "auto",
                "GPU_CDI_FROM", "relative");
        byte[] input = generate(Map.of()).out().getBytes(StandardCharsets.UTF_8);
        Run snapshot = Run.of(environment, "snapshot", "--simulate=debian-l4");
        assertThat(snapshot.status()).as(snapshot.err()).isZero();
        assertThat(snapshot.out()).startsWith("{");
        Run moved = Run.of(environment, input, "transform", "root", "--from=/usr", "--to=/opt");
        assertThat(moved.status()).as(moved.err()).isZero();
        assertThat(moved.out()).startsWith("---\n");
        Run doctor = Run.of(environment, "doctor", "--simulate=debian-l4");
        assertThat(doctor.status()).as(doctor.err()).isNotEqualTo(ExitCode.USAGE.status());
        Run show = Run.of(environment, "show", "--spec-dir=" + folder, "nvidia.com/gpu=0");
        assertThat(show.err()).doesNotContain("--format");
        assertThat(spec).hasContent("kept");
    }

    @Test
    void aCommandsOwnVariableWinsOverTheSharedOne() {
        Map<String, String> environment =
                Map.of("GPU_CDI_SIMULATE", "nowhere", "GPU_CDI_DEVICES_SIMULATE", "debian-l4");
        assertThat(Run.of(environment, "devices").status()).isZero();
        assertThat(Run.of(environment, "snapshot").status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(Run.of(Map.of("GPU_CDI_SIMULATE", "debian-l4"), "devices").status())
                .isZero();
    }

    @Test
    void whichSpecsAreReadAndAsWhomIsSaidOnceForAll() throws IOException {
        Path specs = Files.createDirectory(folder.resolve("cdi"));
        Path spec = specs.resolve("nvidia.yaml");
        Files.writeString(spec, generate(Map.of()).out());
        Path root = Files.createDirectory(folder.resolve("root"));
        Map<String, String> environment =
                Map.of("GPU_CDI_SPEC_DIR", specs.toString(), "GPU_CDI_AS", "podman-4.3.1", "GPU_CDI_ROOTLESS", "1");
        String refused = spec + " is not loaded";
        assertThat(Run.of(environment, "list").err()).contains(refused);
        assertThat(Run.of(environment, "show", "nvidia.com/gpu=0").err()).contains(refused);
        assertThat(Run.of(environment, "validate", spec.toString()).err()).contains("judged as Podman 4.3");
        assertThat(Run.of(environment, "snapshot", "--host-root=" + root).out()).contains(specs.toString());
        Run doctor = Run.of(environment, "doctor", "--host-root=" + root, "--engine=podman-4.3.1", "--format=json");
        assertThat(doctor.out()).contains(specs.toString(), "\"rootless\" : true");
    }

    @Test
    void allEnginesAreNotOneThatAVariableNames() throws IOException {
        String spec = Files.writeString(
                        folder.resolve("nvidia.yaml"), generate(Map.of()).out())
                .toString();
        Map<String, String> one = Map.of("GPU_CDI_AS", "podman-4.3.1");
        assertThat(Run.of(one, "validate", "--all-engines", spec).out()).contains("Docker");
        Map<String, String> all = Map.of("GPU_CDI_VALIDATE_ALL_ENGINES", "1");
        assertThat(Run.of(all, "validate", "--as=podman-4.3.1", spec).out()).doesNotContain("Docker");
        Run both = Run.of("validate", "--as=podman-4.3.1", "--all-engines", spec);
        assertThat(both.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(both.messages("error")).containsExactly("--as and --all-engines exclude each other");
    }

    @Test
    void aSnapshotIsForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("host.json");
        for (String before : List.of("", "other")) {
            if (!before.isEmpty()) {
                Files.writeString(file, before);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Run run = Run.of(Map.of("GPU_CDI_SNAPSHOT_OUTPUT", file.toString()), "snapshot", "--simulate=debian-l4");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Files.readString(file)).startsWith("{");
        assertThat(folder.toFile().list()).containsExactly("host.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/cdi/nvidia.yaml", "etc/cdi/x", "var/run/cdi/host.json", "srv/../etc/cdi/x"})
    void noSnapshotWhereEnginesRead(String name) {
        Path file = folder.resolve(name);
        Run run = Run.of("snapshot", "--host-root=" + folder, "--output=" + file);
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(run.messages("error")).singleElement().asString().contains("engines read ");
        assertThat(file.normalize()).doesNotExist();
    }
}
