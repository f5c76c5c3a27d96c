package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of specs that cannot be written, for a watch that goes on: a mount that it alone sees. */
class WatchPlacesTest {
    @TempDir
    Path folder;

    private Path root;
    private Path directory;
    private Watching watching;

    @BeforeEach
    void layOut() throws Exception {
        assumeTrue(HostTree.canMakeNodes(), "device nodes and mounts need root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/nsenter")), "util-linux is not there");
        root = SmallHost.in(folder).layOut();
        directory = Files.createDirectory(folder.resolve("cdi"));
    }

    @AfterEach
    void end() {
        if (watching != null) {
            watching.close();
        }
    }

    private void start(String mountOptions) throws IOException {
        String mount = "mount --make-rprivate / && mount -t tmpfs -o " + mountOptions + " none '" + directory
                + "' && exec \"$@\"";
        watching = Watching.start(
                List.of("unshare", "-m", "sh", "-c", mount, "sh"),
                folder.resolve("log"),
                Map.of(),
                "--host-root=" + root,
                "--output=" + directory.resolve("nvidia.yaml"),
                "--interval=0.05",
                "--hooks=none");
    }

    /** What a line of sh prints where the watch is. */
    private String there(String line) {
        try {
            List<String> command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(watching.pid()), "-m"));
            command.addAll(List.of("sh", "-c", "cd '" + directory + "' && " + line));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean specHasGpu1() {
        return there("cat nvidia.yaml").contains("name: \"1\"");
    }

    private void startWithSpec() throws Exception {
        start("size=64k");
        watching.await("the spec", this::specHasGpu1);
    }

    private void takeGpu1() throws IOException {
        Files.move(root.resolve("dev/nvidia1"), root.resolve("dev/away"));
    }

    private boolean saidThat(String what) {
        try {
            return watching.said().contains(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After it was told that {@code why}: the old spec, alone and whole, until it is mended. */
    private void assertKeptUntil(String why, String old, String mended) throws Exception {
        takeGpu1();
        watching.await("a failure", () -> saidThat("cannot write") && saidThat(why));
        assertThat(there("cat nvidia.yaml")).isEqualTo(old);
        there(mended);
        watching.await("a spec without GPU 1", () -> !specHasGpu1());
        assertThat(there("ls -A")).isEqualTo(".nvidia.yaml.watch\nnvidia.yaml\n");
    }

    @Test
    void nobodyWatchesForWhatCannotBeWritten() throws Exception {
        start("ro");
        assertThat(watching.status()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(watching.said()).contains("error: cannot write in " + directory + ": ", "hint: ");
    }

    @Test
    void becomesReadOnly() throws Exception {
        startWithSpec();
        String old = there("cat nvidia.yaml");
        // Over itself: the kernel refuses it of a mount in which a file is open for writing.
        there("mount --bind . . && mount -o remount,bind,ro '" + directory + "'");
        assertKeptUntil("read-only file system", old, "umount -l '" + directory + "'");
    }

    @Test
    void becomesFull() throws Exception {
        startWithSpec();
        String old = there("cat nvidia.yaml");
        there("cat /dev/zero >fill");
        assertKeptUntil("no space left on the device", old, "rm fill");
    }

    @Test
    void theSpecBecomesALink() throws Exception {
        startWithSpec();
        there("cp nvidia.yaml victim && ln -sf victim nvidia.yaml");
        watching.await("a file", () -> there("test -L nvidia.yaml || echo file").equals("file\n"));
        watching.await("the spec", this::specHasGpu1);
        takeGpu1();
        watching.await("a spec without GPU 1", () -> !specHasGpu1());
        assertThat(there("cat victim")).as("what the link led to").contains("name: \"1\"");
    }
}
