package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFilesTest {
    @TempDir
    Path host;

    @ParameterizedTest
    @CsvSource({
        "/there/file, there/file",
        "/there/none, there/none",
        "/none/at/all, none/at/all",
        "/absolute/file, there/file",
        "/absolute/none, there/none",
        "/relative/new, there/deep/new",
        "/gone, no/such/place",
        "/gone/x, no/such/place/x",
        "/far/x, no/such/place/x",
        "/up, there",
        "/circle, ",
        "/circle/x, ",
        "/unknown, ",
    })
    void linksStayInTheHost(String path, String expected) {
        HostTree.layOut(
                host,
                String.join(
                        "\n",
                        "file /there/file",
                        "dir /there/deep",
                        "link /absolute /there",
                        "link /relative there/deep",
                        "link /gone /no/such/place",
                        "link /there/again ../gone",
                        "link /far /there/again",
                        "link /up ../../../there",
                        "link /circle /circle",
                        "link /unknown /no/../../../there"));
        HostFiles files = HostFiles.below(host);
        Optional<Path> place = Optional.ofNullable(expected).map(host::resolve);
        assertThat(files.locate(path)).isEqualTo(place);
        assertThat(files.follow(host.resolve(path.substring(1)))).isEqualTo(place);
        assertThat(files.follow(Path.of("/elsewhere" + path))).contains(Path.of("/elsewhere" + path));
    }

    @Test
    void directoriesAreTheSameByWhatTheyAre() throws IOException {
        Path a = Files.createDirectory(host.resolve("a"));
        Path b = Files.createSymbolicLink(host.resolve("b"), a);
        assertThat(HostFiles.areSame(a, b)).isTrue();
        assertThat(HostFiles.areSame(a.resolve("new"), b.resolve("new"))).isTrue();
        assertThat(HostFiles.areSame(a.resolve("new"), b.resolve("other"))).isFalse();
        assertThat(HostFiles.areSame(a, b.resolve("new"))).isFalse();
        assertThat(HostFiles.areSame(a, host)).isFalse();
    }
}
