package io.github.gpucdi.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single steps, and what others do meanwhile. */
class StepTest {
    @TempDir
    Path folder;

    private MakeNode node(long minor, boolean replaces) {
        return new MakeNode(folder.resolve("nvidiactl"), "/dev/nvidiactl", 195, minor, replaces);
    }

    private MakeLink link(String target, boolean replaces) {
        return new MakeLink(folder.resolve("195:0"), "/dev/char/195:0", target, replaces);
    }

    @Test
    void aNodeThatAppearsMeanwhileIsFineIfItIsRight() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        node(255, false).run();
        assertThatCode(node(255, false)::run).doesNotThrowAnyException();
        assertThatThrownBy(node(254, false)::run).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(node(255, false).isMade()).isTrue();
        node(254, true).run();
        assertThat(node(254, true).isMade()).isTrue();
        assertThat(folder.toFile().list()).containsExactly("nvidiactl");
    }

    @Test
    void aLinkThatAppearsMeanwhileIsFineIfItIsRight() throws IOException {
        link("/dev/nvidia0", false).run();
        assertThatCode(link("/dev/nvidia0", false)::run).doesNotThrowAnyException();
        assertThatThrownBy(link("/dev/nvidia1", false)::run).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readSymbolicLink(folder.resolve("195:0"))).hasToString("/dev/nvidia0");
        link("/dev/nvidia1", true).run();
        assertThat(Files.readSymbolicLink(folder.resolve("195:0"))).hasToString("/dev/nvidia1");
        assertThat(folder.toFile().list()).containsExactly("195:0");
    }

    @Test
    void aFileThatAppearsMeanwhileIsNotReplaced() throws IOException {
        Files.writeString(folder.resolve("195:0"), "kept");
        assertThatThrownBy(link("/dev/nvidia0", true)::run).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("195:0")).hasContent("kept");
        assertThat(folder.toFile().list()).containsExactly("195:0");
    }

    @Test
    void nothingIsLeftBesideADirectoryThatIsNotReplaced() throws IOException {
        Files.createDirectories(folder.resolve("195:0/inside"));
        assertThatThrownBy(link("/dev/nvidia0", true)::run).isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).containsExactly("195:0");
    }

    @ParameterizedTest
    @CsvSource({
        "'echo FATAL: Module nvidia not found. >&2; echo more; echo most; exit 1', FATAL: Module nvidia not found.",
        "exit 3, it ended with exit status 3",
    })
    void aModuleThatDoesNotLoad(String script, String reason) {
        LoadModule load = new LoadModule(List.of("/bin/sh", "-c", script), "");
        assertThatThrownBy(load::run).isInstanceOf(IOException.class).hasMessage(reason);
    }

    @Test
    void aModuleThatLoads() {
        assertThatCode(new LoadModule(List.of("/bin/true"), "")::run).doesNotThrowAnyException();
    }
}
