package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap that does not suffice is said, and never an answer. */
class LittleMemoryTest {
    private static final int DEVICES = 25_000;

    @TempDir
    Path folder;

    @BeforeEach
    void writeLargeSpec() throws IOException {
        StringBuilder spec = new StringBuilder("cdiVersion: 0.5.0\nkind: example.com/gpu\ndevices:\n");
        for (int i = 0; i < DEVICES; i++) {
            spec.append("- name: g")
                    .append(i)
                    .append("\n  containerEdits: {env: [A=")
                    .append(i)
                    .append("]}\n");
        }
        Files.writeString(folder.resolve("large.yaml"), spec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate large.yaml",
                "validate --all-engines --format=json large.yaml",
                "diff --against=large.yaml large.yaml",
                "list --spec-dir=.",
                "show --spec-dir=. example.com/gpu=g0",
                "doctor --host-root=. --spec-dir=/",
                "transform root --from=/ --to=/host --input=large.yaml --output=old.yaml",
            })
    void thatIsUsageInOneLine(String line) throws Exception {
        Files.writeString(folder.resolve("old.yaml"), "old");

        Run run = with("-Xmx16m", line.split(" "));

        assertThat(run.err()).contains("error: there is not enough memory: ").contains("\nhint: ");
        assertThat(run.err().lines()).noneMatch(said -> said.startsWith("\tat "));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("old.yaml")).hasContent("old");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("large.yaml", "old.yaml", "out", "err");
    }

    @Test
    void theSameFileIsJudgedWithEnough() throws Exception {
        assertThat(with("-Xmx256m", "validate", "large.yaml").status()).isZero();
    }

    private Run with(String heap, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
