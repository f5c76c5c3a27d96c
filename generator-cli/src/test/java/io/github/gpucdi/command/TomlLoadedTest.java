package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parser of TOML costs a start of generate nothing where there is no TOML. */
class TomlLoadedTest {
    @TempDir
    Path folder;

    private boolean isLoaded() throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path classes = folder.resolve("classes");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=" + classes,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "generate",
                        "--host-root=" + root))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("NVIDIA_CTK_CONFIG_FILE_PATH", folder + "/nvidia-container-runtime/config.toml");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        String loaded = Files.readString(classes);
        assertThat(loaded).contains("io.github.gpucdi.option.NvidiaConfig ");
        return loaded.contains("dataformat.toml");
    }

    @Test
    void onlyForAFileThatIsThere() throws IOException, InterruptedException {
        assertThat(isLoaded()).isFalse();
        Path toolkit = Files.createDirectories(folder.resolve("nvidia-container-runtime"));
        Files.writeString(toolkit.resolve("config.toml"), "[nvidia-container-cli]\n");
        assertThat(isLoaded()).isTrue();
    }
}
