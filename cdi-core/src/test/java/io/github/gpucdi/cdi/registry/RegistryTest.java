package io.github.gpucdi.cdi.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
    private SpecDirs at;

    @BeforeEach
    void root(@TempDir Path root) {
        at = new SpecDirs(root);
    }

    private Registry scan(String... dirs) {
        return scan(Loader.NEWEST, dirs);
    }

    private Registry scan(Loader loader, String... dirs) {
        return Registry.scan(at.dirs(dirs), loader);
    }

    @Test
    void aLaterDirectoryWins() throws IOException {
        at.put("a/x.yaml", "0", "1");
        at.put("b/y.yaml", "1", "2");
        at.put("c/z.yaml", "1");
        Registry registry = scan("a", "b", "c");
        assertThat(at.entries(registry))
                .containsExactly(
                        "0 a/x.yaml AVAILABLE",
                        "1 a/x.yaml SHADOWED c/z.yaml",
                        "1 b/y.yaml SHADOWED c/z.yaml",
                        "1 c/z.yaml AVAILABLE",
                        "2 b/y.yaml AVAILABLE");
        assertThat(at.devices(registry)).containsExactly("0=a/x.yaml", "1=c/z.yaml", "2=b/y.yaml");
        assertThat(registry.files()).extracting(SpecFile::priority).containsExactly(0, 1, 2);
        assertThat(at.devices(scan("c", "b", "a"))).containsExactly("0=a/x.yaml", "1=a/x.yaml", "2=b/y.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "gpu=0", "acme.com/widget", "acme.com/widget=", "acme.com/wid get=0"})
    void anUnqualifiedNameIsSaidToBeOne(String name) throws IOException {
        at.put("a/x.yaml", "0");
        Registry registry = scan("a");
        assertThatThrownBy(() -> registry.device(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + name + "' is not a qualified name: vendor/class=name");
        assertThatThrownBy(() -> registry.entries(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoFilesOfOneDirectoryTakeADeviceAwayButNoOther() throws IOException {
        at.put("a/x.yaml", "0", "1");
        at.put("a/y.json", "1", "2");
        Registry registry = scan("a");
        assertThat(at.entries(registry))
                .containsExactly(
                        "0 a/x.yaml AVAILABLE",
                        "1 a/x.yaml CONFLICTING a/y.json",
                        "1 a/y.json CONFLICTING a/x.yaml",
                        "2 a/y.json AVAILABLE");
        assertThat(at.devices(registry)).containsExactly("0=a/x.yaml", "2=a/y.json");
        assertThat(registry.device("acme.com/widget=1")).isEmpty();
        assertThat(at.files(registry)).containsExactly("a/x.yaml", "a/y.json");
    }

    @Test
    void aThirdFileDoesNotBringTheDeviceBack() throws IOException {
        at.put("a/x.yaml", "0");
        at.put("a/y.yaml", "0");
        at.put("a/z.yaml", "0");
        Registry registry = scan("a");
        assertThat(at.entries(registry))
                .containsExactly(
                        "0 a/x.yaml CONFLICTING a/y.yaml a/z.yaml",
                        "0 a/y.yaml CONFLICTING a/x.yaml a/z.yaml",
                        "0 a/z.yaml CONFLICTING a/x.yaml a/y.yaml");
        assertThat(registry.devices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"b a c", "a b c", "a c b"})
    void aConflictInAnyDirectoryWinsOverAllOtherDefinitions(String order) throws IOException {
        at.put("a/x.yaml", "0");
        at.put("b/y.yaml", "0", "1");
        at.put("b/z.yaml", "0");
        at.put("c/z.yaml", "0");
        Registry registry = scan(order.split(" "));
        assertThat(at.devices(registry)).containsExactly("1=b/y.yaml");
        assertThat(at.entries(registry))
                .containsExactlyInAnyOrder(
                        "0 a/x.yaml DROPPED b/y.yaml b/z.yaml",
                        "0 b/y.yaml CONFLICTING b/z.yaml",
                        "0 b/z.yaml CONFLICTING b/y.yaml",
                        "0 c/z.yaml DROPPED b/y.yaml b/z.yaml",
                        "1 b/y.yaml AVAILABLE");
    }

    @Test
    void aConflictIsOfWholeNames() throws IOException {
        at.write("a/x.yaml", SpecDirs.spec("0.5.0", "acme.com/widget", "a/x.yaml", "w0"));
        at.write("a/y.yaml", SpecDirs.spec("0.5.0", "acme.com/valve", "a/y.yaml", "w0"));
        at.write("a/z.yaml", SpecDirs.spec("0.5.0", "acme.com/widget", "a/z.yaml", "W0"));
        assertThat(at.devices(scan("a"))).containsExactly("w0=a/y.yaml", "W0=a/z.yaml", "w0=a/x.yaml");
    }

    @Test
    void filesAreThoseOfTheDirectoryItselfInOrderOfTheirNames() throws IOException {
        for (String name : List.of("b.yaml", "B.json", "a.yaml", ".json", ".x.yaml", "a.json", "10.yaml", "9.yaml")) {
            at.put("d/" + name, "of" + name.replace('.', '-') + "0");
        }
        for (String name : List.of("x.yml", "x.YAML", "x.Json", "x.yaml.bak", "x.json~", "x", "xyaml", ".x.tmp")) {
            at.put("d/" + name, "ignored");
        }
        at.put("d/sub/x.yaml", "ignored");
        at.put("d/folder.yaml/x.yaml", "ignored");
        Registry registry = scan("d");
        assertThat(at.files(registry))
                .containsExactly(
                        "d/.json",
                        "d/.x.yaml",
                        "d/10.yaml",
                        "d/9.yaml",
                        "d/B.json",
                        "d/a.json",
                        "d/a.yaml",
                        "d/b.yaml");
        assertThat(registry.devices()).hasSize(8);
        assertThat(registry.device("acme.com/widget=ignored")).isEmpty();
    }

    @Test
    void linksToFilesAreFollowed() throws IOException {
        Path target = at.write("elsewhere/target", SpecDirs.spec("0.5.0", "acme.com/widget", "d/x.yaml", "0"));
        Files.createSymbolicLink(Files.createDirectory(at.at("d")).resolve("x.yaml"), target);
        assertThat(at.devices(scan("d"))).containsExactly("0=d/x.yaml");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatCannotBeLoadedContributesNothingAndTheRestStays() throws IOException, InterruptedException {
        at.put("d/good.yaml", "0");
        at.write("d/syntax.yaml", SpecDirs.spec("0.5.0", "acme.com/widget", "", "0") + "]");
        at.write("d/refused.yaml", SpecDirs.spec("0.5.0", "acme.com/widget", "", "0", "1", "1"));
        at.write("d/empty.json", "");
        at.write("d/crash.yaml", SpecDirs.spec("0.5.0", "a/widget", "", "0"));
        Files.createSymbolicLink(at.at("d/dangling.yaml"), at.at("gone"));
        Files.createSymbolicLink(at.at("d/folder.json"), Files.createDirectory(at.at("folder")));
        assertThat(new ProcessBuilder("mkfifo", at.at("d/fifo.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (FileChannel huge =
                FileChannel.open(at.at("d/huge.yaml"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            huge.write(ByteBuffer.allocate(1), 17L << 20);
        }
        Registry registry = scan("d");
        assertThat(at.devices(registry)).containsExactly("0=d/good.yaml");
        assertThat(at.entries(registry)).containsExactly("0 d/good.yaml AVAILABLE");
        assertThat(at.files(registry)).hasSize(9);
        assertThat(at.files(registry))
                .contains(
                        "d/dangling.yaml! a link that leads nowhere",
                        "d/fifo.yaml! not a regular file",
                        "d/folder.json! a directory",
                        "d/good.yaml",
                        "d/huge.yaml! larger than 16 MiB")
                .filteredOn(line -> line.contains("!"))
                .hasSize(8);
    }

    @Test
    void aFileThatIsNotLoadedNeitherConflictsNorShadows() throws IOException {
        at.put("a/x.yaml", "0");
        at.write("a/y.yaml", SpecDirs.spec("9.9.9", "acme.com/widget", "", "0"));
        at.write("b/y.yaml", SpecDirs.spec("9.9.9", "acme.com/widget", "", "0"));
        assertThat(at.devices(scan("a", "b"))).containsExactly("0=a/x.yaml");
    }

    @Test
    void aListedFileIsReadByOldLibrariesOnlyAndNeverThroughALink() throws IOException {
        Path file = at.put("d/x.yaml", "0");
        Files.createSymbolicLink(at.at("l.yaml"), file);
        assertThat(at.devices(scan(Loader.NEWEST, "d/x.yaml"))).containsExactly("0=d/x.yaml");
        for (Registry registry : List.of(
                scan(SpecDirs.AFTER, "d/x.yaml"), scan(new Loader(Loader.NEWEST.library(), true, false), "l.yaml"))) {
            assertThat(registry.entries()).isEmpty();
            assertThat(at.problems(registry)).singleElement().asString().endsWith(".yaml: not a directory");
        }
    }

    @Test
    void aFilesErrorIsNoWarning() throws IOException {
        String warned = SpecDirs.spec("0.5.0", "acme.com/widget", "", "0")
                .replace("env:", "mounts: [{hostPath: a, containerPath: /a}], env:");
        at.write("d/x.yaml", warned + "- {name: last, containerEdits: {}}\n");
        SpecFile file = scan("d").files().get(0);
        assertThat(file.findings().get(0).severity()).isNotEqualTo(Finding.Severity.ERROR);
        assertThat(file.error().orElseThrow().severity()).isEqualTo(Finding.Severity.ERROR);
    }

    @Test
    void whatIsHiddenByAnotherIsNotUnresolvable() {
        assertThat(DeviceEntry.State.values())
                .filteredOn(DeviceEntry.State::isUnresolvable)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(DeviceEntry.State.AVAILABLE, DeviceEntry.State.SHADOWED)));
    }

    @Test
    void missingDirectoriesAreEmptyOnes() throws IOException {
        at.put("b/x.yaml", "0");
        for (Loader loader : List.of(Loader.NEWEST, SpecDirs.AFTER)) {
            Registry registry = scan(loader, "a", "a/deeper", "b", "c");
            assertThat(at.devices(registry)).containsExactly("0=b/x.yaml");
            assertThat(at.problems(registry)).isEmpty();
            assertThat(registry.directories()).hasSize(4);
        }
        assertThat(scan().entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LibraryRelease.class)
    void aDirectoryThatIsALinkIsFollowedAfter110Only(LibraryRelease release) throws IOException {
        at.put("real/x.yaml", "v");
        Files.createSymbolicLink(at.at("link"), at.at("real"));
        Files.createSymbolicLink(at.at("loose"), at.at("gone"));
        at.put("b/y.yaml", "w");
        Registry registry = scan(SpecDirs.library(release), "loose", "link", "b");
        if (release == LibraryRelease.AFTER_V1_1) {
            assertThat(registry.files()).extracting(SpecFile::path).contains(at.at("link/x.yaml"));
            assertThat(registry.device("acme.com/widget=v")).isPresent();
            assertThat(at.problems(registry)).isEmpty();
        } else {
            assertThat(registry.device("acme.com/widget=v")).isEmpty();
            assertThat(at.problems(registry))
                    .containsExactly(
                            "loose: a symbolic link, which this engine does not follow",
                            "link: a symbolic link, which this engine does not follow");
        }
        assertThat(registry.device("acme.com/widget=w")).isPresent();
    }

    @Test
    void aLinkAboveTheDirectoryIsAlwaysFollowed() throws IOException {
        at.put("run/cdi/x.yaml", "0");
        Files.createSymbolicLink(at.at("var"), at.at("run"));
        assertThat(scan("var/cdi").device("acme.com/widget=0")).isPresent();
        assertThat(at.problems(scan("var/cdi"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LibraryRelease.class)
    void aPathThatIsNoDirectoryIsSkippedButEndsTheScanAfter110(LibraryRelease release) throws IOException {
        at.put("a/x.yaml", "a");
        at.write("file", "");
        at.put("b/y.yaml", "b");
        Registry registry = scan(SpecDirs.library(release), "a", "file", "b");
        assertThat(at.problems(registry)).containsExactly("file: not a directory");
        if (release == LibraryRelease.AFTER_V1_1) {
            assertThat(at.devices(registry)).containsExactly("a=a/x.yaml");
            assertThat(registry.directories()).hasSize(2);
        } else {
            assertThat(at.devices(registry)).containsExactly("a=a/x.yaml", "b=b/y.yaml");
            assertThat(registry.directories()).hasSize(3);
        }
    }

    /** As the libraries 0.5.2, 0.8.0 and 1.0.1 did when asked. */
    @ParameterizedTest
    @EnumSource(LibraryRelease.class)
    void aPathCalledLikeASpecFileIsReadAsOneUpTo110(LibraryRelease release) throws IOException {
        at.put("file.yaml", "a");
        at.put("real/x.yaml", "b");
        Files.createSymbolicLink(at.at("link.json"), at.at("file.yaml"));
        Files.createSymbolicLink(at.at("folder.yaml"), at.at("real"));
        at.put("directory.yaml/y.yaml", "c");
        Registry registry = scan(SpecDirs.library(release), "folder.yaml", "directory.yaml", "link.json", "file.yaml");
        if (release == LibraryRelease.AFTER_V1_1) {
            assertThat(at.files(registry)).containsExactly("folder.yaml/x.yaml", "directory.yaml/y.yaml");
            assertThat(at.problems(registry)).containsExactly("link.json: not a directory");
        } else {
            assertThat(at.files(registry))
                    .containsExactly("folder.yaml! a directory", "directory.yaml/y.yaml", "link.json", "file.yaml");
            assertThat(registry.device("acme.com/widget=a")).isPresent();
            assertThat(at.problems(registry)).isEmpty();
        }
    }

    @Test
    void aFileCountsForThoseLibrariesThatReadIt() throws IOException {
        String gids =
                SpecDirs.spec("0.7.0", "acme.com/widget", "a/x.yaml", "0") + "containerEdits: {additionalGids: [5]}\n";
        at.write("a/x.yaml", gids);
        at.put("a/y.yaml", "0", "1");
        at.write("b/z.yaml", SpecDirs.spec("1.1.0", "acme.com/widget", "b/z.yaml", "1"));
        assertThat(at.devices(scan("a", "b"))).containsExactly("1=b/z.yaml");
        Registry old = scan(Loader.of(EngineTable.find("podman-4.3.1").orElseThrow(), false), "a", "b");
        assertThat(at.devices(old)).containsExactly("0=a/y.yaml", "1=a/y.yaml");
        assertThat(at.files(old))
                .anySatisfy(line -> assertThat(line).startsWith("a/x.yaml! "))
                .anySatisfy(line -> assertThat(line).startsWith("b/z.yaml! "));
    }

    @ParameterizedTest
    @CsvSource({"buildah-1.43, true", "singularityce-4.1.0, true", "podman-5.8, false", "apptainer-1.5.0, false"})
    void someEnginesInjectNothingWhileThereIsAnError(String engine, boolean fails) throws IOException {
        Loader loader = Loader.of(EngineTable.find(engine).orElseThrow(), false);
        at.put("a/x.yaml", "0", "1");
        at.put("b/x.yaml", "1");
        assertThat(at.devices(scan(loader, "a", "b"))).containsExactly("0=a/x.yaml", "1=b/x.yaml");
        at.write("a/bad.json", "{");
        Registry bad = scan(loader, "a", "b");
        assertThat(at.entries(bad))
                .containsExactly(
                        "0 a/x.yaml " + (fails ? "BLOCKED" : "AVAILABLE"),
                        "1 a/x.yaml SHADOWED b/x.yaml",
                        "1 b/x.yaml " + (fails ? "BLOCKED" : "AVAILABLE"));
        assertThat(bad.devices()).hasSize(fails ? 0 : 2);
        assertThat(bad.device("acme.com/widget=0").isPresent()).isEqualTo(!fails);
        Files.delete(at.at("a/bad.json"));
        at.put("b/y.yaml", "1");
        assertThat(scan(loader, "a", "b").devices())
                .as("a conflict is an error")
                .hasSize(fails ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "podman-4.9 | false | /etc/cdi /var/run/cdi",
                "podman-4.9 | true | /etc/cdi /var/run/cdi",
                "podman-5.5.1 | false | /etc/cdi",
                "podman-5.6 | true | /etc/cdi /var/run/cdi",
                "docker-29.1 | true | /etc/cdi /var/run/cdi",
                "docker-29.2 | false | /etc/cdi /var/run/cdi",
                "docker-29.2 | true | /etc/cdi /var/run/cdi /c/cdi /r/cdi",
                "buildah-1.40 | false | /etc/cdi",
                "buildah-1.41 | false | /etc/cdi /var/run/cdi",
                "buildkit-0.20 | false | /etc/cdi /var/run/cdi /etc/buildkit/cdi",
                "nerdctl-2.1 | false | /etc/cdi /var/run/cdi",
                "nerdctl-2.1 | true | /c/cdi /r/cdi",
                "library-1.0.1 | true | /etc/cdi /var/run/cdi",
            })
    void defaultDirectoriesAreTheEngines(String engine, boolean rootless, String directories) {
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", "/c", "XDG_RUNTIME_DIR", "/r", "HOME", "/h");
        assertThat(EngineTable.find(engine).orElseThrow().directories(rootless, environment))
                .containsExactly(directories.split(" "));
    }

    @Test
    void aUsersDirectoriesComeFromTheEnvironment() {
        var nerdctl = EngineTable.find("nerdctl-2.1").orElseThrow();
        assertThat(nerdctl.directories(true, Map.of("HOME", "/h", "XDG_RUNTIME_DIR", "")))
                .containsExactly("/h/.config/cdi");
        assertThat(nerdctl.directories(true, Map.of())).isEmpty();
    }

    @Test
    void aUsersDockerFollowsLinkedDirectories() throws IOException {
        at.put("real/x.yaml", "0");
        Files.createSymbolicLink(at.at("link"), at.at("real"));
        var docker = EngineTable.find("docker-29.2").orElseThrow();
        assertThat(scan(Loader.of(docker, true), "link").devices()).hasSize(1);
        assertThat(scan(Loader.of(docker, false), "link").devices()).isEmpty();
    }

    /** What a source says counts, whatever the machine has. */
    @Test
    void directoriesThatAreNotOnTheMachine() {
        Path low = Path.of("/nowhere/low");
        Path high = Path.of("/nowhere/high");
        SpecSource source = new SpecSource() {
            @Override
            public boolean isFile(Path directory) {
                return false;
            }

            @Override
            public boolean isLink(Path directory) {
                return directory.equals(high);
            }

            @Override
            public SpecDirectory list(Path directory) {
                return new SpecDirectory(directory, List.of(directory.resolve("a.yaml")), Optional.empty());
            }

            @Override
            public SpecDocument read(Path file) {
                String text = SpecDirs.spec(
                        "0.3.0", "acme.com/widget", file.getParent().toString(), "w");
                return SpecReader.read(text.getBytes(StandardCharsets.UTF_8), SpecReader.Format.YAML);
            }
        };
        Registry plain = Registry.scan(List.of(low, high), Loader.NEWEST, source);
        assertThat(plain.device("acme.com/widget=w").orElseThrow().file()).isEqualTo(low.resolve("a.yaml"));
        assertThat(plain.directories().get(1).problem()).isPresent();
        Registry following = Registry.scan(List.of(low, high), SpecDirs.AFTER, source);
        assertThat(following.device("acme.com/widget=w").orElseThrow().file()).isEqualTo(high.resolve("a.yaml"));
    }
}
