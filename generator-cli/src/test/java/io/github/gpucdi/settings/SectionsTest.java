package io.github.gpucdi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Commands that write specs have a section each, and their keys are whatever options they have. */
class SectionsTest {
    private final CommandSpec program = CommandSpec.create().name("gpu-cdi");
    private final CommandSpec generate = command("generate", "--output", "--hooks");
    private final CommandSpec watch = command("watch", "--output", "--hooks", "--interval");
    private final CommandSpec snapshot = command("snapshot", "--output");

    private CommandSpec command(String name, String... options) {
        CommandSpec command = CommandSpec.create().name(name);
        for (String option : options) {
            command.addOption(
                    OptionSpec.builder(option).type(String.class).arity("1").build());
        }
        program.addSubcommand(name, command);
        return command;
    }

    private ConfigFile file(String text) {
        return ConfigDecoder.decode("config.yaml", text, new ConfigKeys(program));
    }

    private String value(CommandSpec command, String option, String text) {
        ConfigFile file = file(text);
        assertThat(file.findings()).isEmpty();
        Optional<Setting> setting = new Configuration(List.of(file)).setting(command.findOption(option));
        return setting.map(Setting::text).orElse("unset");
    }

    @Test
    void theTopIsForEveryCommandThatWritesSpecs() {
        String text = "output: /a.yaml\n";
        assertThat(value(generate, "--output", text)).isEqualTo("/a.yaml");
        assertThat(value(watch, "--output", text)).isEqualTo("/a.yaml");
        assertThat(value(snapshot, "--output", text)).isEqualTo("unset");
    }

    @Test
    void aSectionIsForOne() {
        String text = "output: /a.yaml\nwatch: {output: /b.yaml, interval: 5}\ngenerate: {hooks: none}\n";
        assertThat(value(generate, "--output", text)).isEqualTo("/a.yaml");
        assertThat(value(watch, "--output", text)).isEqualTo("/b.yaml");
        assertThat(value(watch, "--interval", text)).isEqualTo("5");
        assertThat(value(watch, "--hooks", text)).isEqualTo("unset");
    }

    @Test
    void whatOnlyOneHasIsToldToStandThere() {
        assertThat(file("interval: 5\n").findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.howToMend()).endsWith("did you mean 'interval' below 'watch:'?"));
        assertThat(file("generate:\n  interval: 5\n").findings())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.howToMend()).endsWith("did you mean 'interval' below 'watch:'?"));
        assertThat(new ConfigKeys(program).ownOptions("watch")).containsExactly(watch.findOption("--interval"));
        assertThat(new ConfigKeys(program).ownOptions("generate")).isEmpty();
    }

    @Test
    void otherCommandsHaveNone() {
        assertThat(file("snapshot: {output: x}\n").findings())
                .extracting(ConfigFinding::what)
                .containsExactly("unknown key 'snapshot'");
    }
}
