package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.gpucdi.cdi.text.write.SpecFormat;
import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.DestinationOption;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What file, and which form, {@code --output} and {@code --format} mean in either face. */
class OutputNameTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);

    private Destination target(Face face, String output, String format) {
        return DestinationOption.of(output, Optional.ofNullable(format), face, console);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "a.yaml, , a.yaml, YAML",
        "a.yaml, yaml, a.yaml, YAML",
        "a.json, , a.json, JSON",
        "a.json, JSON, a.json, JSON",
        "a.b.json, , a.b.json, JSON",
        ".yaml, , .yaml, YAML",
        ".json, , .json, JSON",
    })
    void bothFacesKeepANameThatEnginesRead(String name, String format, String expected, SpecFormat form) {
        for (Face face : Face.values()) {
            Destination target = target(face, "/nowhere/" + name, format);
            assertThat(target).as("%s", face).isEqualTo(file("/nowhere/" + expected, form));
        }
        assertThat(said()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nvidia, , nvidia.yaml, YAML", "nvidia, json, nvidia.json, JSON", ".hidden, , .hidden.yaml, YAML"})
    void oursSaysWhatItAppends(String name, String format, String expected, SpecFormat form) {
        assertThat(target(Face.GPU_CDI, "/nowhere/" + name, format)).isEqualTo(file("/nowhere/" + expected, form));
        assertThat(said()).startsWith("info: ").contains("/nowhere/" + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.yml", "a.YAML", "a.Json", "a.txt", "a.yaml.bak", "a."})
    void oursTakesNoOtherExtension(String name) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> target(Face.GPU_CDI, "/nowhere/" + name, null))
                .withMessageContaining(name)
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(failure -> assertThat(failure.hint()).contains(".yaml", ".json"));
    }

    @ParameterizedTest
    @CsvSource({"a.yaml, json", "a.json, yaml"})
    void oursTakesNoFormatAgainstTheName(String name, String format) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> target(Face.GPU_CDI, "/nowhere/" + name, format))
                .withMessageContaining("--format")
                .withMessageContaining(name)
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    /** {@code x.yml} is {@code x.yml.yaml}: the form is that of the final name. */
    @ParameterizedTest
    @CsvSource({
        "a.yml, , a.yml.yaml, YAML",
        "a.JSON, , a.JSON.json, JSON",
        "a.txt, , a.txt.yaml, YAML",
        "a.txt, json, a.txt.json, JSON",
        "a, , a.yaml, YAML",
        "a, json, a.json, JSON",
        "a., , a..yaml, YAML",
    })
    void nvidiaCtkAppendsToAnyOtherName(String name, String format, String expected, SpecFormat form) {
        assertThat(target(Face.NVIDIA_CTK, "/nowhere/" + name, format)).isEqualTo(file("/nowhere/" + expected, form));
        assertThat(said()).doesNotContain("warning");
    }

    @ParameterizedTest
    @CsvSource({"a.yaml, json, YAML", "a.json, yaml, JSON"})
    void nvidiaCtkLetsTheNameWinWithAWarning(String name, String format, SpecFormat form) {
        assertThat(target(Face.NVIDIA_CTK, "/nowhere/" + name, format)).isEqualTo(file("/nowhere/" + name, form));
        assertThat(said()).startsWith("warning: ").contains(name);
    }

    @Test
    void nvidiaCtkTakesFormatOverAYmlNameThatItCompletes() {
        assertThat(target(Face.NVIDIA_CTK, "/nowhere/a.yml", "json"))
                .isEqualTo(file("/nowhere/a.yml.json", SpecFormat.JSON));
        assertThat(said()).startsWith("warning: ");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void emptyIsStandardOutput(Face face) {
        assertThat(target(face, "", null)).isEqualTo(new Destination(Optional.empty(), SpecFormat.YAML));
        assertThat(target(face, "", "json")).isEqualTo(new Destination(Optional.empty(), SpecFormat.JSON));
    }

    @Test
    void aHyphenIsStandardOutputInOursOnly() {
        assertThat(target(Face.GPU_CDI, "-", "json").file()).isEmpty();
        assertThat(target(Face.NVIDIA_CTK, "-", "json").file())
                .contains(Path.of("-.json").toAbsolutePath());
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void standardOutputByItsOtherNames(Face face) {
        for (String name : new String[] {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
            assertThat(target(face, name, "json")).isEqualTo(new Destination(Optional.empty(), SpecFormat.JSON));
        }
        assertThat(said()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dev/null", "/dev/full", "/dev/stderr", "/dev/../dev/stdout", "/dev/fd/7", "/proc/self/fd/2"})
    void noFileIsMadeBesideADevice(String name) {
        for (Face face : Face.values()) {
            requireDevice(face, name);
        }
    }

    @Test
    void aFifoIsNoFileWhateverItsName(@TempDir Path folder) throws Exception {
        for (String name : new String[] {"fifo", "fifo.yaml", "fifo.txt"}) {
            Path fifo = folder.resolve(name);
            assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                    .isZero();
            for (Face face : Face.values()) {
                requireDevice(face, fifo.toString());
            }
        }
    }

    private void requireDevice(Face face, String name) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> target(face, name, null))
                .withMessageContaining("it is a device, socket or FIFO")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_WRITTEN));
        assertThat(said()).isEmpty();
    }

    @Test
    void aTrailingSlashIsADirectoryInOurs() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> target(Face.GPU_CDI, "/nowhere/", null))
                .withMessageContaining("/nowhere/ names a directory")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(failure -> assertThat(failure.hint()).contains("/nowhere/nvidia.yaml"));
    }

    @Test
    void nvidiaCtkWritesAHiddenFileIntoADirectory() {
        assertThat(target(Face.NVIDIA_CTK, "/nowhere/", null)).isEqualTo(file("/nowhere/.yaml", SpecFormat.YAML));
        assertThat(target(Face.NVIDIA_CTK, "/nowhere/", "json")).isEqualTo(file("/nowhere/.json", SpecFormat.JSON));
    }

    @Test
    void oursDoesNotWriteBesideADirectoryThatIsNamed(@TempDir Path folder) throws Exception {
        Path directory = Files.createDirectory(folder.resolve("cdi"));
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> target(Face.GPU_CDI, directory.toString(), null))
                .withMessageContaining("is a directory")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_WRITTEN));
        assertThat(target(Face.NVIDIA_CTK, directory.toString(), null).file()).contains(folder.resolve("cdi.yaml"));
    }

    @Test
    void furtherSpecsAreBesideTheFirst() {
        Destination target = target(Face.GPU_CDI, "/nowhere/a.b.json", null);
        assertThat(target.file(".coherent")).contains(Path.of("/nowhere/a.b.coherent.json"));
        assertThat(target.file("")).isEqualTo(target.file());
    }

    private static Destination file(String path, SpecFormat format) {
        return new Destination(Optional.of(Path.of(path)), format);
    }
}
