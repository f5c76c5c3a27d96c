package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.option.NvidiaConfig;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import io.github.gpucdi.testhost.HostTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver root from NVIDIA's configuration file. */
class NvidiaConfigTest {
    private static final String TEXT =
            "[other]\nroot = \"/no\"\n[nvidia-container-cli]\n#root = \"/x\"\nroot = \"/drv\" # here\n";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Optional<String> rootIn(Map<String, String> environment, Optional<String> given) {
        return rootIn(environment, given, Path.of("/"));
    }

    private Optional<String> rootIn(Map<String, String> environment, Optional<String> given, Path hostRoot) {
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        return NvidiaConfig.driverRoot(
                given,
                hostRoot,
                new Session(new ByteArrayInputStream(new byte[0]), err, new Console(err, false), environment));
    }

    @Test
    void placesInTheirOrder() throws IOException {
        Path toolkit = Files.createDirectories(folder.resolve("nvidia-container-runtime"));
        Files.writeString(toolkit.resolve("config.toml"), TEXT.replace("/drv", "/home"));
        Path variable = Files.writeString(folder.resolve("variable"), TEXT.replace("/drv", "/variable"));
        Path given = Files.writeString(folder.resolve("given"), TEXT);
        Map<String, String> both =
                Map.of("XDG_CONFIG_HOME", folder.toString(), "NVIDIA_CTK_CONFIG_FILE_PATH", variable.toString());
        assertThat(rootIn(both, Optional.of(given.toString()))).contains("/drv");
        assertThat(rootIn(both, Optional.empty())).contains("/variable");
        assertThat(rootIn(Map.of("XDG_CONFIG_HOME", folder.toString()), Optional.empty()))
                .contains("/home");
        assertThat(said.size()).isZero();
    }

    /** The node's: an absolute link on the way starts at the node's root, not at that of this machine. */
    @Test
    void theUsualFileIsTheHosts() throws IOException {
        Path root = Files.createDirectory(folder.resolve("host"));
        HostTree.layOut(root, "file /opt/toolkit/config.toml\nlink /etc/nvidia-container-runtime /opt/toolkit");
        Files.writeString(root.resolve("opt/toolkit/config.toml"), TEXT);
        Path reached = Files.createSymbolicLink(folder.resolve("root"), root);
        assertThat(rootIn(Map.of(), Optional.empty(), reached)).contains("/drv");
        Path named = Files.writeString(folder.resolve("named.toml"), TEXT.replace("/drv", "/named"));
        assertThat(rootIn(Map.of(), Optional.of(named.toString()), reached)).contains("/named");
        assertThat(said.size()).isZero();
    }

    @Test
    void aMissingFileIsWarnedOfIfItIsNamed() {
        String none = folder.resolve("none").toString();
        assertThat(rootIn(Map.of("XDG_CONFIG_HOME", none), Optional.empty())).isEmpty();
        assertThat(said.size()).isZero();
        assertThat(rootIn(Map.of(), Optional.of(none))).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("warning: ")
                .contains(none);
    }

    @Test
    void aFileThatIsNoTextIsWarnedOf() throws IOException {
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(rootIn(Map.of(), Optional.of(file.toString()))).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("warning: ");
    }

    @ParameterizedTest
    @CsvSource({
        "'root = \"/x\"', ",
        "'[nvidia-container-cli]\nroots = \"/x\"', ",
        "'[nvidia-container-cli]\nmy-root = \"/x\"', ",
        "'[nvidia-container-cli.more]\nroot = \"/x\"', ",
        "'[nvidia-container-cli]\n[other]\nroot = \"/x\"', ",
        "'[other]\nnvidia-container-cli.root = \"/x\"', ",
        "'nvidia-container-cli.root = \"/x\"', /x",
        "'[ nvidia-container-cli ] # words\nroot=\"/x\"', /x",
        "'[nvidia-container-cli]\r\n\troot = \"/x y\"\r\n', /x y",
        "'[nvidia-container-cli]\nroot = \"\"', ''",
    })
    void whatItSays(String text, String root) throws IOException {
        Path file = Files.writeString(folder.resolve("config.toml"), text);
        assertThat(rootIn(Map.of(), Optional.of(file.toString()))).isEqualTo(Optional.ofNullable(root));
        assertThat(said.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[nvidia-container-cli]\nroot = \"/x",
                "[nvidia-container-cli]\nroot = /x",
                "[nvidia-container-cli]\nroot = 1",
                "nvidia-container-cli = 1\n[nvidia-container-cli]\nroot = \"/x\"",
                "[[[not toml",
                "[nvidia-container-cli\nroot=\"/x\"",
            })
    void whatIsNotUnderstoodIsSaid(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config.toml"), text);
        assertThat(rootIn(Map.of(), Optional.of(file.toString()))).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("warning: configuration file " + file + " is not understood: ")
                .contains("\nhint: ");
    }

    /** Both roots given are refused before anything is probed: the message tells which was looked at first. */
    private boolean isAsked(Map<String, String> environment, String... more) throws IOException {
        Path config = Files.writeString(folder.resolve("bad"), "nvidia-container-cli.root = \"/\\u0001\"");
        List<String> arguments = new ArrayList<>(List.of("generate", "--dev-root=/\u0002", "--config=" + config));
        arguments.addAll(List.of(more));
        Run run = Run.of(environment, arguments.toArray(String[]::new));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains("control character");
        return run.err().contains("--driver-root");
    }

    @Test
    void itCountsAfterTheFlagAndItsVariables() throws IOException {
        assertThat(isAsked(Map.of())).isTrue();
        assertThat(isAsked(Map.of(), "--driver-root=/flag")).isFalse();
        assertThat(isAsked(Map.of("GPU_CDI_DRIVER_ROOT", "/own"))).isFalse();
        assertThat(isAsked(Map.of("NVIDIA_CTK_DRIVER_ROOT", "/theirs"))).isFalse();
        assertThat(isAsked(Map.of("NVIDIA_CTK_DRIVER_ROOT", "")))
                .as("set, empty")
                .isFalse();
    }
}
