package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages: a line each, safe for a terminal; and the arguments that a face ignores. */
class MessagesTest {
    private static final String HOSTILE = "a\u001b[31mb\u202ec\u2028d\u0085e\u200ff\rg";
    private static final String ESCAPED = "a\\u001b[31mb\\u202ec\\u2028d\\u0085e\\u200ff\\u000dg";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format",
                "--mode",
                "--hooks",
                "--vendor",
                "--device-name-strategy",
                "--device-id",
                "--simulate",
                "--nvml-timeout",
                "--enable-hook",
                "--no-all-device",
            })
    void valuesAreEscaped(String option) {
        Run run = Run.of("generate", "--simulate=rtx4090-desktop", option + "=" + HOSTILE);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains(ESCAPED);
        assertPlain(run);
    }

    @Test
    void warningsAndInfosAreEscaped() {
        Run run = Run.of(
                "generate",
                "--simulate=rtx4090-desktop",
                "--feature-flag=" + HOSTILE,
                "--hooks=nvidia",
                "--disable-hook=" + HOSTILE);
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .filteredOn(line -> line.contains(ESCAPED))
                .hasSize(2);
        assertPlain(run);
    }

    @Test
    void pathsAreEscaped() {
        Run run = Run.of("generate", "--snapshot=/nowhere/x\u202ey");
        assertThat(run.messages("error")).singleElement().asString().contains("/nowhere/x\\u202ey");
        assertPlain(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--un\nknown", "--un\u001bknown", "--unknown=\u202e"})
    void unknownOptionsAreEscaped(String option) {
        Run run = Run.of("generate", option);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).hasSize(1);
        assertPlain(run);
    }

    private static void assertPlain(Run run) {
        if (run.status() == 0) {
            assertThat(run.out()).startsWith("---\ncdiVersion: ").endsWith("\n");
        } else {
            assertThat(run.out()).isEmpty();
        }
        assertThat(run.err().lines()).allMatch(line -> line.matches("(error|hint|warning|info): .*"));
        assertThat(run.err().chars())
                .allMatch(c -> c == '\n' || !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .doesNotContain(0x2028, 0x2029);
    }

    @ParameterizedTest
    @CsvSource({"generate, 2", "snapshot, 2", "devices, 2"})
    void extraArgumentsAreRefused(String command, int status) {
        Run run = Run.of(command, "--simulate=dgx-a100", "extra");
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.messages("error")).singleElement().asString().contains("extra");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void nvidiaCtkIgnoresExtraArguments() {
        Run with = Run.of("cdi", "generate", "--simulate=dgx-a100", "extra", "--no-all-device", "more");
        assertThat(with.status()).isZero();
        assertThat(with.out())
                .isEqualTo(Run.of("cdi", "generate", "--simulate=dgx-a100", "--no-all-device")
                        .out());
    }

    @Test
    void nvidiaCtksCsvOptionsHaveNoEffect() {
        Run run = Run.of("cdi", "generate", "--simulate=dgx-a100", "--csv.file=/x", "--csv.ignore-pattern=y");
        assertThat(run.status()).isZero();
        assertThat(run.messages("info")).contains("--csv.* options have no effect in mode nvml");
        assertThat(Run.of("generate", "--simulate=dgx-a100", "--csv.file=/x").status())
                .isEqualTo(ExitCode.USAGE.status());
    }
}
