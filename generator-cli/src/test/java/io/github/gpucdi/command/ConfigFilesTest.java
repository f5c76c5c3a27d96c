package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which configuration files are read, in which order, and which are refused whatever they say. */
class ConfigFilesTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Run generate(String... more) {
        List<String> words = new ArrayList<>(List.of("generate", "--simulate=rtx4090-desktop"));
        words.addAll(List.of(more));
        return Run.configuredBy(folder, Map.of(), words.toArray(String[]::new));
    }

    private void assertRefused(Path file, String why) {
        for (String command : List.of("generate", "devices", "diff", "snapshot")) {
            Run run = Run.configuredBy(folder, Map.of(), command);
            assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
            assertThat(run.out()).isEmpty();
            assertThat(run.messages("error")).containsExactly("cannot read " + file + ": " + why);
            assertThat(run.messages("hint")).hasSize(1);
        }
        Run check = Run.configuredBy(folder, Map.of(), "config", "check");
        assertThat(check.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(check.out()).contains(file + ": cannot be read\n" + file + ": error: " + why);
    }

    @Test
    void noneNeedBeThere() throws IOException {
        String plain = Run.of("generate", "--simulate=rtx4090-desktop").out();
        assertThat(generate().out()).isEqualTo(plain);
        Files.createDirectory(folder.resolve("config.d"));
        assertThat(generate().out()).isEqualTo(plain);
        Run check = Run.configuredBy(folder, Map.of(), "config", "check");
        assertThat(check.status()).isZero();
        assertThat(check.out()).isEmpty();
        assertThat(check.messages("info")).singleElement().asString().contains(folder + "/config.yaml");
    }

    @Test
    void laterNamesWinKeyByKey() throws IOException {
        write("config.yaml", "class: first\nvendor: first.example\ndevice-name-strategy: [pci, minor]\n");
        write("config.d/9.yaml", "device-name-strategy: [uuid]\nclass: nine\n");
        write("config.d/10.yaml", "class: ten\n");
        write("config.d/ignored.yml", "class: [");
        write("config.d/.hidden.yaml", "class: [");
        write("config.d/README", "class: [");
        Run run = generate();
        assertThat(run.out()).as(run.err()).contains("\nkind: first.example/nine\n");
        assertThat(OptionsTest.names(run)).hasSize(2).contains("all");
        write("config.d/99.yaml", "device-name-strategy: []\n");
        assertThat(OptionsTest.names(generate())).hasSize(3).contains("0", "all");
        assertThat(Run.configuredBy(folder, Map.of(), "config", "check").out().lines())
                .containsExactly(
                        folder + "/config.yaml: ok",
                        folder + "/config.d/10.yaml: ok",
                        folder + "/config.d/9.yaml: ok",
                        folder + "/config.d/99.yaml: ok");
    }

    @Test
    void aSectionWinsWhereverItStands() throws IOException {
        write("config.yaml", "generate:\n  class: own\n");
        write("config.d/1.yaml", "class: top\n");
        assertThat(generate().out()).contains("kind: nvidia.com/own\n");
    }

    @Test
    void aNamedFileReplacesThem() throws IOException {
        write("config.yaml", "class: usual\nvendor: usual.example\n");
        Path other = write("other.yaml", "class: other\n");
        assertThat(generate("--config-file=" + other).out()).contains("kind: nvidia.com/other\n");
        assertThat(generate("--config-file", other.toString(), "--strict").out())
                .contains("kind: nvidia.com/other\n");
        assertThat(generate("--strict=false", "--config-file=nowhere", "--config-file=" + other)
                        .out())
                .contains("kind: nvidia.com/other\n");
        assertThat(generate("--config-file=").out()).contains("kind: nvidia.com/gpu\n");
        Map<String, String> variable = Map.of("GPU_CDI_CONFIG_FILE", other.toString());
        assertThat(Run.configuredBy(folder, variable, "generate", "--simulate=rtx4090-desktop")
                        .out())
                .contains("kind: nvidia.com/other\n");
        assertThat(Run.configuredBy(folder, variable, "config", "check").out()).isEqualTo(other + ": ok\n");
        Run missing = generate("--config-file=" + folder + "/none.yaml");
        assertThat(missing.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(missing.messages("error")).containsExactly("cannot read " + folder + "/none.yaml: no such file");
    }

    @Test
    void nvidiasFaceReadsOnlyWhatIsNamed() throws IOException {
        Path file = write("config.yaml", "class: card\n");
        String[] line = {"cdi", "generate", "--simulate=rtx4090-desktop"};
        assertThat(Run.configuredBy(folder, Map.of(), line).out()).contains("kind: nvidia.com/gpu\n");
        assertThat(Run.configuredBy(folder, Map.of("GPU_CDI_CONFIG_FILE", file.toString()), line)
                        .out())
                .contains("kind: nvidia.com/card\n");
    }

    @Test
    void aReplayIsNotThisHost() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        write("config.yaml", "driver-root: /run/driver\nhost-root: " + root + "\nclass: card\n");
        assertThat(generate().out()).contains("kind: nvidia.com/card\n");
        assertThat(generate("--driver-root=/run/driver").status()).isEqualTo(ExitCode.USAGE.status());
        Run live = Run.configuredBy(folder, Map.of(), "snapshot");
        assertThat(live.out()).as(live.err()).contains("\"driverRoot\": \"/run/driver\"");
    }

    @Test
    void commandsThatReadNoneDoNotMindThem() throws IOException {
        write("config.yaml", "nonsense: [");
        for (String line : List.of(
                "--version", "generate --help", "generate -v", "list", "completion bash", "help", "config -h")) {
            Run run = Run.configuredBy(folder, Map.of(), line.split(" "));
            assertThat(run.status()).as(line).isZero();
            assertThat(run.err()).doesNotContain("config.yaml");
        }
    }

    @Test
    void nothingIsDoneWithHalfOfIt() throws IOException {
        Path spec = folder.resolve("nvidia.yaml");
        write("config.yaml", "output: " + spec + "\n");
        write("config.d/1.yaml", "hoks: none\nstrict: 3\n");
        Run run = generate();
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error"))
                .containsExactly(
                        folder + "/config.d/1.yaml:1:1: unknown key 'hoks'",
                        folder + "/config.d/1.yaml:2:9: strict: expected true or false, found '3'");
        assertThat(spec).doesNotExist();
        assertThat(generate("--config-file=").status()).isZero();
    }

    @Test
    void ofVeryManyMistakesTheFirstAreTold() throws IOException {
        write("config.yaml", "hooks: none\n".repeat(30));
        Run run = generate();
        assertThat(run.messages("error")).hasSize(10);
        assertThat(run.messages("hint").get(9))
                .endsWith("; more of them, 29 in all, are told by: gpu-cdi config check");
        assertThat(Run.configuredBy(folder, Map.of(), "config", "check").out()).hasLineCount(30);
    }

    @Test
    void whereAValueThatIsNoMistakeAloneCameFromIsSaid() throws IOException {
        Path file = write("config.yaml", "hooks: none\n");
        Run run = generate("--enable-hook=chmod");
        assertThat(run.messages("error")).containsExactly("--hooks=none contradicts --enable-hook");
        assertThat(run.messages("info")).containsExactly("options were taken from " + file + ":1");
    }

    /** A parser's own variables are none of ours. */
    @Test
    void valuesAreMeantAsTheyStand() throws IOException {
        write("config.yaml", "ldconfig-path: ${sys:java.version}\nhooks: nvidia\n");
        assertThat(generate().out()).contains("${sys:java.version}");
    }

    @Test
    void doctorTellsAndGoesOnWithout() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path file = write("config.yaml", "driver-root: /run/driver\nhook: none\n");
        String[] line = {"doctor", "--host-root=" + root, "--engine=podman-5.0"};
        Run run = Run.configuredBy(folder, Map.of(), line);
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("config-unusable", file + ":2:1: unknown key 'hook'", "gpu-cdi config check " + file)
                .doesNotContain("/run/driver");
        Files.writeString(file, "driver-root: /run/driver\n");
        assertThat(Run.configuredBy(folder, Map.of(), line).out())
                .contains("/run/driver")
                .doesNotContain("config-unusable");
        Files.writeString(file, "hook: none\n");
        assertThat(Run.configuredBy(folder, Map.of(), "doctor", "--simulate=debian-l4")
                        .out())
                .doesNotContain("config-unusable");
    }

    @Test
    void aDirectory() throws IOException {
        assertRefused(Files.createDirectories(folder.resolve("config.yaml")), "a directory");
    }

    @Test
    @Timeout(60)
    void aFifoIsNotWaitedFor() throws IOException, InterruptedException {
        Path fifo = folder.resolve("config.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertRefused(fifo, "not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null"})
    void aDevice(String device) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("config.yaml"), Path.of(device));
        assertRefused(link, "not a regular file");
        Files.delete(link);
    }

    @Test
    void aHugeFile() throws IOException {
        Path file = write("config.yaml", "");
        try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(100_000_000).write(StandardCharsets.UTF_8.encode("\n"));
        }
        assertRefused(file, "larger than 1 MiB");
    }

    @Test
    void anotherEncoding() throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.write(file, "class: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, "not UTF-8");
    }

    @Test
    void linksInTheDirectory() throws IOException {
        write("elsewhere.yaml", "class: out\n");
        write("config.d/..data/1.yaml", "class: inside\n");
        Path link = folder.resolve("config.d/1.yaml");
        // As a cluster mounts its configuration.
        Files.createSymbolicLink(link, Path.of("..data/1.yaml"));
        assertThat(generate().out()).contains("kind: nvidia.com/inside\n");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../elsewhere.yaml"));
        assertRefused(link, "a link that leads out of " + folder.resolve("config.d"));
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("nowhere.yaml"));
        assertRefused(link, "a link that leads nowhere");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("1.yaml"));
        assertThat(generate().messages("error")).singleElement().asString().startsWith("cannot read " + link);
    }

    @Test
    void theFileItselfMayBeALink() throws IOException {
        write("elsewhere.yaml", "class: out\n");
        Path link = Files.createSymbolicLink(folder.resolve("config.yaml"), Path.of("elsewhere.yaml"));
        assertThat(generate().out()).contains("kind: nvidia.com/out\n");
        Files.delete(folder.resolve("elsewhere.yaml"));
        assertRefused(link, "a link that leads nowhere");
    }

    @Test
    void aFileInPlaceOfTheDirectory() throws IOException {
        assertRefused(write("config.d", ""), "not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void asRootNoFileThatOthersCouldWrite(String mode) throws IOException {
        assumeTrue(isRoot(), "not root");
        Path file = write("config.yaml", "class: card\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertRefused(file, "writable by others than root, who runs this");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(generate().out()).contains("kind: nvidia.com/card\n");
    }

    @Test
    void asRootNoFileOfSomebodyElse() throws IOException {
        assumeTrue(isRoot(), "not root");
        Path file = write("config.yaml", "class: card\n");
        Files.setAttribute(file, "unix:uid", 65534);
        assertRefused(file, "not owned by root, who runs this");
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
