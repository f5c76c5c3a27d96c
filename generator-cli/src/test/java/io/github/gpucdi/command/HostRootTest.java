package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work on behalf of a node whose root is a link, as {@code /proc/1/root} is, and whose links are absolute. */
class HostRootTest {
    private static final String SPEC = "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\ndevices:\n"
            + "- name: \"0\"\n  containerEdits:\n    env: [A=b]\n";

    @TempDir
    Path folder;

    private Path host;
    private Path reached;

    @BeforeEach
    void makeHost() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "only root can make device nodes");
        host = SmallHost.in(folder)
                .with("link /var/run /run")
                .with("dir /run/cdi")
                .with("dir /etc/cdi")
                .layOut();
        reached = Files.createSymbolicLink(folder.resolve("reached"), host);
    }

    private Run generate(Path output) {
        return Run.of("generate", "--host-root=" + reached, "--output=" + output);
    }

    @Test
    void aShadowIsSeenBehindAnAbsoluteLink() throws IOException {
        Files.writeString(host.resolve("run/cdi/other.yaml"), SPEC);
        Run run = generate(reached.resolve("etc/cdi/nvidia.yaml"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains(reached + "/run/cdi/other.yaml shadows nvidia.com/gpu=0");
    }

    @Test
    void aShadowThatIsAnAbsoluteLinkIsReadOnTheHost() throws IOException {
        Files.createDirectory(host.resolve("opt"));
        Files.writeString(host.resolve("opt/shadow-of-gpu-cdi-test.yaml"), SPEC);
        Files.createSymbolicLink(host.resolve("run/cdi/other.yaml"), Path.of("/opt/shadow-of-gpu-cdi-test.yaml"));
        assertThat(generate(reached.resolve("etc/cdi/nvidia.yaml")).err()).contains("/run/cdi/other.yaml shadows");
    }

    /** On this machine the link leads to a folder that is gone afterwards, not to the node's. */
    @Test
    void theOutputGoesWhereTheHostsLinksLead() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.delete(host.resolve("etc/cdi"));
        Files.createSymbolicLink(host.resolve("etc/cdi"), elsewhere);
        Run run = generate(reached.resolve("etc/cdi/nvidia.yaml"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(host.resolve(elsewhere.toString().substring(1)).resolve("nvidia.yaml"))
                .isRegularFile();
    }

    /** A pod has the node's directory mounted, or goes by another name of the node's root. */
    @Test
    void theDirectoryCountsByWhatItIs() throws IOException {
        Files.writeString(host.resolve("run/cdi/other.yaml"), SPEC);
        assertThat(generate(host.resolve("etc/cdi/nvidia.yaml")).err()).contains("other.yaml shadows");
        assertThat(generate(folder.resolve("nvidia.yaml")).err()).doesNotContain("shadows");
    }

    @Test
    void diffReadsTheSpecBehindAnAbsoluteLink() throws IOException {
        Files.delete(host.resolve("etc/cdi"));
        Files.createSymbolicLink(host.resolve("etc/cdi"), Path.of("/run/cdi"));
        Files.writeString(host.resolve("run/cdi/nvidia.yaml"), SPEC);
        Run run = Run.of("diff", "--host-root=" + reached);
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("A=b");
    }

    @Test
    void aRootThatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Run run = Run.of("generate", "--host-root=" + file);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("is not a directory");
    }
}
