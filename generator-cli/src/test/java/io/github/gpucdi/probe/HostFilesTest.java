package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

    @Test
    void aLinkToNothingStandsWhereItsDirectoryIs() {
        HostTree.layOut(host, "link /sub/relative place\nlink /sub/absolute /no/place\nlink /by sub\ndir /sub/dir");
        HostFiles files = HostFiles.below(host);
        assertThat(files.locate("/sub/relative")).contains(host.resolve("sub/place"));
        assertThat(files.locate("/sub/absolute")).contains(host.resolve("no/place"));
        assertThat(files.locate("/by/relative")).contains(host.resolve("sub/place"));
        assertThat(files.locate("/by/dir")).contains(host.resolve("sub/dir"));
    }

    @Test
    void onTheMachineItselfAPathStandsAsItIs() {
        HostFiles machine = HostFiles.below(Path.of("/"));
        Path link = Path.of("/proc/self/root/etc");
        assertThat(machine.locate(link.toString())).contains(link);
        assertThat(machine.follow(link)).contains(link);
        assertThat(machine.isPresent()).isTrue();
    }

    @Test
    void aHostIsADirectory() throws IOException {
        assertThat(HostFiles.below(host).isPresent()).isTrue();
        assertThat(HostFiles.below(host.resolve("none")).isPresent()).isFalse();
        assertThat(HostFiles.below(Files.createFile(host.resolve("file"))).isPresent())
                .isFalse();
    }

    @Test
    void textOfAtMostSoMuch() throws IOException {
        HostTree.layOut(host, "file /a four\nlink /b a\ndir /c\nlink /d none");
        HostFiles files = HostFiles.below(host);
        assertThat(files.text("/a", 4)).contains("four");
        assertThat(files.text("/b", 5)).contains("four");
        assertThat(files.text("/a", 3)).isEmpty();
        assertThat(files.text("/c", 4)).isEmpty();
        assertThat(files.text("/d", 4)).isEmpty();
        Files.write(host.resolve("latin"), new byte[] {'a', (byte) 0xe4, 'b'});
        assertThatThrownBy(() -> files.text("/latin", 10)).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void aDirectoryIsTheSameAsItself() {
        assertThat(HostFiles.areSame(host, host)).isTrue();
        assertThat(HostFiles.areSame(host.resolve("none"), host.resolve("none")))
                .isTrue();
        assertThat(HostFiles.areSame(host.resolve("none/a"), host.resolve("other/a")))
                .isFalse();
    }
}
