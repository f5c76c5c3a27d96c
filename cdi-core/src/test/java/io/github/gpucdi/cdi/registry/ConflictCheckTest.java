package io.github.gpucdi.cdi.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.registry.ConflictCheck.Conflict;
import io.github.gpucdi.cdi.registry.ConflictCheck.Report;
import io.github.gpucdi.cdi.registry.ConflictCheck.Unread;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConflictCheckTest {
    private static final ContainerEdits ENV =
            ContainerEdits.builder().env("A=b").build();
    private static final CdiSpec OURS = new CdiSpec(
            "0.5.0",
            "nvidia.com/gpu",
            Map.of(),
            List.of(Device.of("0", ENV), Device.of("1", ENV), Device.of("all", ENV)),
            ContainerEdits.EMPTY);

    @TempDir
    Path directory;

    @Test
    void namesFilesAndDevicesThatClash() throws IOException {
        write("b.json", "{\"kind\":\"nvidia.com/gpu\",\"devices\":[{\"name\":\"all\"},{\"name\":0},{\"name\":\"9\"}]}");
        write("a.yaml", "kind: nvidia.com/gpu\ndevices: [{name: \"1\"}]");
        Report report = check("nvidia.yaml");
        assertThat(report.conflicts())
                .containsExactly(
                        new Conflict(directory.resolve("a.yaml"), List.of("nvidia.com/gpu=1")),
                        new Conflict(directory.resolve("b.json"), List.of("nvidia.com/gpu=0", "nvidia.com/gpu=all")));
        assertThat(report.unread()).isEmpty();
    }

    @Test
    void otherKindsNamesAndOurOwnFileDoNotClash() throws IOException {
        write("nvidia.yaml", "kind: nvidia.com/gpu\ndevices: [{name: all}]");
        write("kind.yaml", "kind: nvidia.com/mig\ndevices: [{name: all}]");
        write("case.yaml", "kind: NVIDIA.com/gpu\ndevices: [{name: all}]");
        write("name.yaml", "kind: nvidia.com/gpu\ndevices: [{name: ALL}, {name: 0x5}]");
        assertThat(check("nvidia.yaml")).isEqualTo(new Report(List.of(), List.of()));
    }

    @Test
    void onlyFilesThatEnginesReadCount() throws IOException {
        String clash = "kind: nvidia.com/gpu\ndevices: [{name: all}]";
        for (String name : List.of("x.yml", "x.YAML", "x.json.bak", ".spec-1.tmp", "x", "xjson")) {
            write(name, clash);
        }
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub/x.yaml"), clash);
        assertThat(check("nvidia.yaml")).isEqualTo(new Report(List.of(), List.of()));
        write(".json", clash);
        write(".hidden.yaml", clash);
        assertThat(check("nvidia.yaml").conflicts())
                .extracting(Conflict::file)
                .containsExactly(directory.resolve(".hidden.yaml"), directory.resolve(".json"));
    }

    @Test
    void linksAreFollowed(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("target"), "kind: nvidia.com/gpu\ndevices: [{name: all}]");
        Files.createSymbolicLink(directory.resolve("link.yaml"), file);
        Files.createSymbolicLink(elsewhere.resolve("dir"), directory);
        assertThat(check("nvidia.yaml").conflicts()).hasSize(1);
        assertThat(ConflictCheck.inDirectory(elsewhere.resolve("dir"), "nvidia.yaml", OURS)
                        .conflicts())
                .hasSize(1);
    }

    @Test
    void brokenFilesAreReportedAndDoNotClash() throws IOException {
        write("bad.yaml", "kind: nvidia.com/gpu\ndevices: [{name: all}");
        write("empty.json", "");
        Files.createSymbolicLink(directory.resolve("dangling.yaml"), directory.resolve("gone"));
        Files.createSymbolicLink(directory.resolve("loop.yaml"), directory.resolve("loop.yaml"));
        Files.createDirectory(directory.resolve("folder.yaml"));
        Report report = check("nvidia.yaml");
        assertThat(report.conflicts()).isEmpty();
        assertThat(report.unread())
                .extracting(unread -> unread.path().getFileName().toString())
                .containsExactly("bad.yaml", "dangling.yaml", "empty.json", "loop.yaml");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fifosAndDevicesAreNeverOpened() throws IOException, InterruptedException {
        Path fifo = directory.resolve("fifo.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(directory.resolve("zero.json"), Path.of("/dev/zero"));
        assertThat(check("nvidia.yaml").unread())
                .containsExactly(
                        new Unread(fifo, "not a regular file"),
                        new Unread(directory.resolve("zero.json"), "not a regular file"));
    }

    @Test
    void hugeFilesAreNotRead() throws IOException {
        Path huge = directory.resolve("huge.yaml");
        try (var channel = java.nio.channels.FileChannel.open(
                huge, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(1), 1L << 34);
        }
        assertThat(check("nvidia.yaml").unread()).containsExactly(new Unread(huge, "larger than 16 MiB"));
    }

    @Test
    void aMissingDirectoryHoldsNothing() {
        Report report = ConflictCheck.inDirectory(directory.resolve("none"), "nvidia.yaml", OURS);
        assertThat(report).isEqualTo(new Report(List.of(), List.of()));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsReported() throws IOException {
        write("file", "");
        Path file = directory.resolve("file");
        assertThat(ConflictCheck.inDirectory(file, "nvidia.yaml", OURS).unread())
                .containsExactly(new Unread(file, "not a directory"));
    }

    @Test
    void higherDirectoriesShadowAlsoByTheSameFileName(@TempDir Path other) throws IOException {
        write("nvidia.yaml", "kind: nvidia.com/gpu\ndevices: [{name: all}]");
        Files.writeString(other.resolve("x.json"), "{\"kind\":\"nvidia.com/gpu\",\"devices\":[{\"name\":\"1\"}]}");
        Report report = ConflictCheck.shadowing(List.of(other, directory.resolve("none"), directory), OURS);
        assertThat(report.conflicts())
                .containsExactly(
                        new Conflict(other.resolve("x.json"), List.of("nvidia.com/gpu=1")),
                        new Conflict(directory.resolve("nvidia.yaml"), List.of("nvidia.com/gpu=all")));
    }

    private Report check(String fileName) {
        return ConflictCheck.inDirectory(directory, fileName, OURS);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
