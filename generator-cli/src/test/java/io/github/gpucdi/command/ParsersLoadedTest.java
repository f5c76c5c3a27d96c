package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parsers of configuration files cost a start of generate nothing where there is no such file. */
class ParsersLoadedTest {
    @TempDir
    Path folder;

    /** The classes that a run loads. */
    private String loaded(String... more) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path classes = folder.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "generate",
                "--host-root=" + root));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("NVIDIA_CTK_CONFIG_FILE_PATH", folder + "/nvidia-container-runtime/config.toml");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        String loaded = Files.readString(classes);
        assertThat(loaded).contains("io.github.gpucdi.option.NvidiaConfig ");
        return loaded;
    }

    @Test
    void onlyForAFileThatIsThere() throws IOException, InterruptedException {
        assertThat(loaded()).doesNotContain("dataformat.toml");
        Path toolkit = Files.createDirectories(folder.resolve("nvidia-container-runtime"));
        Files.writeString(toolkit.resolve("config.toml"), "[nvidia-container-cli]\n");
        assertThat(loaded()).contains("dataformat.toml");
    }

    @Test
    void noYamlWithoutAFile() throws IOException, InterruptedException {
        assertThat(loaded()).doesNotContain("snakeyaml", "settings.ConfigKeys", "settings.ConfigDecoder");
        Path file = Files.writeString(folder.resolve("site.yaml"), "strict: true\n");
        assertThat(loaded("--config-file=" + file))
                .contains("snakeyaml", "settings.ConfigDecoder")
                // Keys of generate are judged without the other commands.
                .doesNotContain("command.DoctorCommand", "jackson");
    }
}
