package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.settings.OptionText;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** Each option that a command line runs with, and where it comes from. */
class ConfigShowTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("config-show-1.schema.json");

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("site.yaml"), text);
    }

    private static JsonNode option(String name, Map<String, String> environment, String... line) {
        List<String> words = new ArrayList<>(List.of("config", "show", "--format=json"));
        words.addAll(List.of(line));
        Run run = Run.of(environment, words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        for (JsonNode option : SCHEMA.json(run).at("/options").values()) {
            if (option.at("/option").stringValue().equals(name)) {
                return option;
            }
        }
        throw new AssertionError(name + " is not shown");
    }

    static Stream<OptionSpec> options() {
        return ConfigCheckTest.topOptions();
    }

    /** Flag, our variable, nvidia-ctk's, the file, the default: each is taken away in turn. */
    @ParameterizedTest
    @MethodSource("options")
    void theOrderOfSources(OptionSpec option) throws IOException {
        String key = option.names()[0].substring(2);
        String value = OptionText.of(option).example();
        String file = file(key + ": " + (option.isMultiValue() ? "[" + value + "]" : value) + "\n")
                .toString();
        OptionSpec plain = option.inherited() ? option.command().root().findOption(option.names()[0]) : option;
        List<String> variables = EnvironmentDefaults.variables(plain);
        Map<String, String> environment = new HashMap<>();
        variables.forEach(variable -> environment.put(variable, value));

        JsonNode flag = option(key, environment, "--config-file=" + file, option.names()[0] + "=" + value);
        assertThat(flag.at("/source").stringValue()).isEqualTo("flag");
        for (String variable : variables) {
            JsonNode known = option(key, environment, "--config-file=" + file);
            assertThat(known.at("/variable").stringValue()).isEqualTo(variable);
            assertThat(known.at("/value")).isEqualTo(flag.at("/value"));
            environment.remove(variable);
        }
        JsonNode inFile = option(key, environment, "--config-file=" + file);
        assertThat(inFile.at("/file").stringValue()).isEqualTo(file);
        assertThat(inFile.at("/line").intValue()).isEqualTo(1);
        assertThat(inFile.at("/column").intValue()).isEqualTo(key.length() + 3);
        assertThat(inFile.at("/value")).isEqualTo(flag.at("/value"));
        JsonNode nobody = option(key, environment, "--config-file=");
        assertThat(nobody.at("/source").stringValue()).isEqualTo("default");
        assertThat(nobody.at("/default").stringValue())
                .isEqualTo(OptionText.of(option).byDefault());
    }

    @Test
    void theTable() throws IOException {
        String file = file("hooks: none\ndevice-id: [0, 1]\nclass: ''\n").toString();
        // An empty class is no class: the file is refused, so it comes from a variable.
        assertThat(Run.of("config", "show", "--config-file=" + file).status()).isEqualTo(ExitCode.USAGE.status());
        Files.writeString(Path.of(file), "hooks: none\ndevice-id: [0, 1]\n");
        Run run = Run.of(
                Map.of("GPU_CDI_LDCONFIG_PATH", ""), "config", "show", "--config-file=" + file, "--strict", "-d");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .startsWith("OPTION|VALUE|FROM")
                .contains(
                        "hooks|none|" + file + ":1",
                        "device-id|0,1|" + file + ":2",
                        "ldconfig-path|''|GPU_CDI_LDCONFIG_PATH",
                        "strict|true|flag",
                        "debug|true|flag",
                        "vendor|the mode's|default",
                        "output|standard output|default");
    }

    @Test
    void anyCommandThatReadsTheFile() throws IOException {
        String file = file("driver-root: /run/d\noutput: /x.yaml\n").toString();
        Map<String, String> environment = Map.of("GPU_CDI_CONFIG_FILE", file, "GPU_CDI_DOCTOR_FORMAT", "json");
        assertThat(option("driver-root", environment, "doctor").at("/value").stringValue())
                .isEqualTo("/run/d");
        assertThat(option("format", environment, "doctor").at("/variable").stringValue())
                .isEqualTo("GPU_CDI_DOCTOR_FORMAT");
        assertThat(option("output", environment, "snapshot").at("/source").stringValue())
                .isEqualTo("default");
        assertThat(option("output", environment, "cdi", "generate").at("/value").stringValue())
                .isEqualTo("/x.yaml");
    }

    @Test
    void aSnapshotsNameIsNotParted() throws IOException {
        Map<String, String> environment = Map.of("GPU_CDI_SNAPSHOT", "a,b.json");
        assertThat(option("snapshot", environment, "doctor").at("/value").values())
                .extracting(JsonNode::stringValue)
                .containsExactly("a,b.json");
        String file = file("snapshot: 'a,b.json'\n").toString();
        assertThat(option("snapshot", Map.of("GPU_CDI_CONFIG_FILE", file), "doctor")
                        .at("/value")
                        .values())
                .extracting(JsonNode::stringValue)
                .containsExactly("a,b.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "config show", "transform", "completion bash"})
    void otherCommandsReadNone(String line) {
        Run run = Run.of(("config show " + line).split(" "));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).hasSize(1);
        assertThat(run.messages("hint")).hasSize(1);
    }

    @Test
    void aWrongCommandLineIsWrongHereToo() {
        Run run = Run.of("config", "show", "generate", "--ouput=x");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("Unknown option: '--ouput=x'");
        assertThat(run.messages("hint")).singleElement().asString().contains("did you mean '--output'?");
    }

    @Test
    void documents() throws IOException {
        SCHEMA.assertIsASchema();
        String file = file("hooks: none\nstrict: true\ndevice-id: [0]\n").toString();
        Map<String, String> environment = Map.of("GPU_CDI_CONFIG_FILE", file, "GPU_CDI_CLASS", "card");
        JsonNode tree = SCHEMA.json(Run.of(environment, "config", "show", "--format=json"));
        assertThat(tree.at("/command").stringValue()).isEqualTo("gpu-cdi generate");
        assertThat(tree.at("/files/0").stringValue()).isEqualTo(file);
        assertThat(OutputSchema.yaml(Run.of(environment, "config", "show", "--format=yaml")))
                .isEqualTo(tree);
    }
}
