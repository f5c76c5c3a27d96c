package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookProgramProbeTest {
    @TempDir
    Path temp;

    private Path host;

    @BeforeEach
    void makeHost() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "only root can make what root owns");
        host = Files.createDirectory(temp.resolve("host"));
    }

    private HookProgram probe(String tree, String... path) {
        HostTree.layOut(host, tree);
        return new HookProgramProbe(RootedFs.host(host)).probe(ProbeOptions.DEFAULT, List.of(path));
    }

    @Test
    void theFirstDirectoryWins() {
        assertThat(probe("exe /usr/bin/nvidia-cdi-hook\nexe /usr/local/bin/nvidia-cdi-hook"))
                .isEqualTo(new HookProgram(Optional.of("/usr/bin/nvidia-cdi-hook"), List.of()));
    }

    @Test
    void theSearchPathComesLast() {
        assertThat(probe("exe /opt/bin/nvidia-cdi-hook", "opt/bin", "", "/none", "/opt/bin/")
                        .path())
                .contains("/opt/bin/nvidia-cdi-hook");
        assertThat(probe("exe /usr/sbin/nvidia-cdi-hook", "/opt/bin").path()).contains("/usr/sbin/nvidia-cdi-hook");
    }

    @Test
    void noneIsNoFault() {
        assertThat(probe("dir /usr/bin")).isEqualTo(new HookProgram(Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file /usr/bin/nvidia-cdi-hook | not executable",
                "dir /usr/bin/nvidia-cdi-hook | not a regular file",
                "fifo /usr/bin/nvidia-cdi-hook | not a regular file",
                "link /usr/bin/nvidia-cdi-hook gone | a link to nothing",
                "link /usr/bin/nvidia-cdi-hook nvidia-cdi-hook | a link that leads back to itself",
                "exe /usr/bin/nvidia-cdi-hook 775 | /usr/bin/nvidia-cdi-hook is writable by others than its owner",
                "exe /usr/bin/nvidia-cdi-hook 757 | /usr/bin/nvidia-cdi-hook is writable by others than its owner",
                "dir /usr 777;exe /usr/bin/nvidia-cdi-hook | /usr is writable by others than its owner",
                "dir /opt 1777;exe /opt/hook;link /usr/bin/nvidia-cdi-hook /opt/hook"
                        + " | /opt is writable by others than its owner",
                "dir /mid 777;exe /opt/hook;link /mid/to ../opt/hook;link /usr/bin/nvidia-cdi-hook /mid/to"
                        + " | /mid is writable by others than its owner"
            })
    void whatOthersCouldReplaceIsNotTaken(String tree, String fault) {
        assertThat(probe(tree.replace(';', '\n')))
                .isEqualTo(new HookProgram(Optional.empty(), List.of("/usr/bin/nvidia-cdi-hook: " + fault)));
    }

    @Test
    void anotherOwnerThanRootIsNotTrusted() throws Exception {
        HostTree.layOut(host, "exe /usr/bin/nvidia-cdi-hook\nexe /usr/sbin/nvidia-cdi-hook");
        Files.setAttribute(host.resolve("usr/bin"), "unix:uid", 12345);

        assertThat(probe(""))
                .isEqualTo(new HookProgram(
                        Optional.of("/usr/sbin/nvidia-cdi-hook"),
                        List.of("/usr/bin/nvidia-cdi-hook: /usr/bin is not owned by root")));
    }

    @Test
    void linksAreFollowedInTheHost() {
        assertThat(probe("exe /opt/hook\nlink /usr/bin/nvidia-cdi-hook /opt/hook")
                        .path())
                .contains("/usr/bin/nvidia-cdi-hook");
    }

    /** {@code /proc/1/root} is a link with mode 0777, as all links are: what counts is the directory. */
    @Test
    void theHostsRootMayBeALink() throws IOException {
        HostTree.layOut(host, "exe /usr/bin/nvidia-cdi-hook");
        Path link = Files.createSymbolicLink(temp.resolve("root"), host);
        assertThat(new HookProgramProbe(RootedFs.host(link)).probe(ProbeOptions.DEFAULT, List.of()))
                .isEqualTo(new HookProgram(Optional.of("/usr/bin/nvidia-cdi-hook"), List.of()));

        Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(new HookProgramProbe(RootedFs.host(link))
                        .probe(ProbeOptions.DEFAULT, List.of())
                        .rejected())
                .containsExactly("/usr/bin/nvidia-cdi-hook: / is writable by others than its owner");
    }

    @Test
    void whatTheUserNamedIsTakenAsGiven() {
        ProbeOptions options =
                new ProbeOptions("/", "/", List.of(), List.of(), Optional.of("/not/there/nvidia-cdi-hook"));

        assertThat(new HookProgramProbe(RootedFs.host(host)).probe(options, List.of()))
                .isEqualTo(new HookProgram(Optional.of("/not/there/nvidia-cdi-hook"), List.of()));
    }
}
