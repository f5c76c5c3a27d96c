package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generate does with its output file, and with what stands in its way. */
class OutputTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    Path folder;

    private static Run generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--simulate=rtx4090-desktop"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Run into(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--output=" + folder.resolve(name));
        return generate(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static void assertNotWritten(Run run, String what) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nvidia.yaml, yaml", "nvidia.json, json"})
    void theFileHoldsWhatIsPrintedAndNothingIsBesideIt(String name, String format) throws IOException {
        Run run = into(name);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(folder.resolve(name)))
                .isEqualTo(generate("--format=" + format).out());
        assertThat(files()).containsExactly(name);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void missingDirectoriesAreMade() {
        assertThat(into("a/b/nvidia.yaml").status()).isZero();
        assertThat(folder.resolve("a/b/nvidia.yaml")).isNotEmptyFile();
    }

    @Test
    void aHyphenPrints() {
        assertThat(generate("--output=-").out()).isEqualTo(generate().out()).startsWith("---\ncdiVersion: ");
    }

    @Test
    void anUnchangedFileIsNotTouched() throws IOException {
        into("nvidia.yaml");
        Path file = folder.resolve("nvidia.yaml");
        Files.setLastModifiedTime(file, LONG_AGO);
        Object inode = Files.getAttribute(file, "unix:ino");

        Run run = into("nvidia.yaml");

        assertThat(run.messages("info")).anyMatch(line -> line.contains("is up to date"));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);

        assertThat(into("nvidia.yaml", "--no-all-device").messages("info")).anyMatch(line -> line.contains("wrote "));
        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(LONG_AGO);
        assertThat(files()).containsExactly("nvidia.yaml");
    }

    @Test
    void checkTellsWhetherTheFileWouldChange() throws IOException {
        Path file = folder.resolve("nvidia.yaml");
        assertThat(into("nvidia.yaml", "--check").status()).as("missing").isEqualTo(ExitCode.DIFFERS.status());
        assertThat(file).doesNotExist();
        into("nvidia.yaml");
        Run same = into("nvidia.yaml", "--check");
        assertThat(same.status()).as("same: " + same.err()).isZero();
        Run other = into("nvidia.yaml", "--check", "--device-name-strategy=uuid");
        assertThat(other.status()).as("different").isEqualTo(ExitCode.DIFFERS.status());
        assertThat(other.messages("info")).anyMatch(line -> line.contains(file + " would change"));
        Files.write(file, new byte[] {'{', (byte) 0xff});
        assertThat(into("nvidia.yaml", "--check").status()).as("unparsable").isEqualTo(ExitCode.DIFFERS.status());
        assertThat(file).hasBinaryContent(new byte[] {'{', (byte) 0xff});
        assertThat(files()).containsExactly("nvidia.yaml");
    }

    /** Makes {@code link} a regular file that nobody may read, not even root. */
    static Path closed(Path link) throws IOException {
        return Files.createSymbolicLink(link, Path.of("/sys/bus/platform/drivers_probe"));
    }

    /** Trouble is never the exit status of a difference. */
    @Test
    void checkOfAFileThatCannotBeReadIsTrouble() throws IOException {
        Path file = closed(folder.resolve("nvidia.yaml"));
        Run run = into("nvidia.yaml", "--check");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("cannot read " + file + ": permission denied");
        assertThat(run.messages("hint")).containsExactly("run as root, or as a user who may read it");
    }

    @Test
    void checkOfWhatIsNoFileEndsAsWritingItWould() throws IOException {
        Files.createDirectory(folder.resolve("directory.yaml"));
        Files.createSymbolicLink(folder.resolve("loop.yaml"), folder.resolve("loop.yaml"));
        Files.createSymbolicLink(folder.resolve("lost.yaml"), folder.resolve("nowhere"));
        for (String name : List.of("directory.yaml", "loop.yaml", "lost.yaml")) {
            Run run = into(name, "--check");
            assertNotWritten(run, "cannot write " + folder.resolve(name) + ": the target is ");
            assertThat(into(name).err()).isEqualTo(run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quiet", "--output=-", "--output="})
    void checkNeedsAFile(String option) {
        Run run = generate("--check", option);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("--check needs --output");
    }

    @Test
    void aDirectoryIsNoTarget() throws IOException {
        Files.createDirectory(folder.resolve("nvidia.yaml"));
        assertNotWritten(into("nvidia.yaml"), "the target is a directory");
        assertThat(files()).containsExactly("nvidia.yaml");
    }

    @Test
    void aFifoIsNoTarget() throws Exception {
        Path fifo = folder.resolve("nvidia.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertNotWritten(into("nvidia.yaml"), "FIFO");
        assertThat(Files.readAttributes(fifo, "isOther")).containsEntry("isOther", true);
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Files.writeString(folder.resolve("cdi"), "old");
        assertNotWritten(into("cdi/nvidia.yaml"), "cdi is not a directory");
        assertThat(folder.resolve("cdi")).hasContent("old");
    }

    @Test
    void whatCannotBeWritten() throws IOException {
        // In sysfs nobody makes files, not even root.
        Run run = Run.of("generate", "--simulate=dgx-a100", "--output=/sys/gpu-cdi-test.yaml");
        assertNotWritten(run, "permission denied");
    }

    @Test
    void aLinkIsReplacedNotFollowed() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("nvidia.yaml"), other);
        assertThat(into("nvidia.yaml").status()).isZero();
        assertThat(other).hasContent("old");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void anotherFileWithOurNamesStopsTheRunUnlessForced() throws IOException {
        into("other.json");
        Run run = into("nvidia.yaml");
        assertNotWritten(run, folder.resolve("other.json") + " defines nvidia.com/gpu=0 and 2 more too");
        assertThat(run.messages("hint")).singleElement().asString().contains("--force");
        assertThat(files()).containsExactly("other.json");

        Run forced = into("nvidia.yaml", "--force");
        assertThat(forced.status()).isZero();
        assertThat(forced.messages("warning")).anyMatch(line -> line.contains("other.json"));
        assertThat(files()).containsExactly("nvidia.yaml", "other.json");
    }

    @Test
    void anotherClassIsNoConflict() {
        into("other.json");
        assertThat(into("nvidia.yaml", "--class=card").status()).isZero();
    }

    /** With {@code --check}, so that nothing is written even if the refusal were gone. */
    @ParameterizedTest
    @ValueSource(strings = {"/etc/cdi/", "/var/run/cdi/", "/run/cdi/", "/etc/../etc/cdi/"})
    void simulatedGpusAreNotOfferedToEngines(String directory) {
        Run run = generate("--check", "--output=" + directory + "gpu-cdi-test.yaml");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains("simulated");
    }
}
