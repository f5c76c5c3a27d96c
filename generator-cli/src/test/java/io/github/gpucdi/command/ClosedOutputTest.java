package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.StandardOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that takes nothing any more. */
class ClosedOutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String reason, String command) {
        OutputStream refusing = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
        return Main.run(
                command.split(" "),
                new ByteArrayInputStream(new byte[0]),
                refusing,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("PATH", "/usr/bin:/bin", "NO_COLOR", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate --simulate=dgx-a100",
                "generate --simulate=dgx-a100 --format=json",
                "cdi generate --simulate=dgx-a100",
                "snapshot --simulate=dgx-a100",
                "devices --simulate=dgx-a100",
                "devices --simulate=dgx-a100 --format=json",
                "devices --simulate=dgx-a100 --format=yaml",
                "list --spec-dir=../examples/specs",
                "list --spec-dir=../examples/specs --format=json",
                "validate ../examples/specs/debian-l4.nvidia.yaml",
                "--help",
                "generate --help",
                "--version"
            })
    void aReaderThatWentAwayIsToldNothing(String command) {
        assertThat(run("Broken pipe", command)).isEqualTo(StandardOutput.BROKEN_PIPE_STATUS);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("error: ", "hint: ", "bug");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate --simulate=dgx-a100",
                "devices --simulate=dgx-a100 --format=json",
                "diff ../examples/specs/debian-l4.nvidia.yaml --simulate=dgx-a100",
                "--version"
            })
    void aFullDiskIsTold(String command) {
        assertThat(run("No space left on device", command)).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("error: cannot write to standard output: No space left on device\n");
    }
}
