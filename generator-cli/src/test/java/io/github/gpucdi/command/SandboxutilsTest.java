package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.nvmldouble.SandboxutilsDouble;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --sandboxutils} as a user gives it, on a host whose library answers. */
class SandboxutilsTest {
    private static final String UUID = "GPU-7621b749-f31d-8663-7d7c-c1e437f5be47";
    private static final String NODE = "/dev/dri/renderD128";

    @TempDir
    Path folder;

    private Path root;
    private Path log;

    @BeforeEach
    void layOut() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes can be made by root only");
        SmallHost host = SmallHost.in(folder).with("chr " + NODE + " 226 128 666");
        host.nvml().gpu(0, "uuid", UUID);
        root = host.layOut();
        log = folder.resolve("log");
        answers();
    }

    private void answers(String... more) {
        Path library = SandboxutilsDouble.build(root.resolve("usr/lib/x86_64-linux-gnu/libnvidia-sandboxutils.so.1"));
        List<String> lines = new ArrayList<>(List.of(
                "version " + SmallHost.VERSION, "file " + UUID + " 0 1 /dev/nvidia0", "file " + UUID + " 2 1 " + NODE));
        lines.add("log " + log);
        lines.addAll(List.of(more));
        SandboxutilsDouble.configure(library, lines);
    }

    private Run run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--host-root=" + root));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static void assertUsage(Run run, String what, String hint) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).singleElement().asString().contains(hint);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "snapshot", "doctor", "devices"})
    void nobodyIsAskedUnlessSomebodyWantsIt(String command) {
        Run run = run(command);
        assertThat(run.out()).isNotEmpty().doesNotContain(NODE + "\n");
        assertThat(log).doesNotExist();
    }

    @Test
    void whatTheLibraryTellsIsWritten() throws IOException {
        Run run = run("generate", "--sandboxutils", "--hooks=none", "--device-id=0", "--debug");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("- path: " + NODE);
        assertThat(run.messages("debug"))
                .contains("GPU 0 (" + UUID + ") has of libnvidia-sandboxutils, not of NVML: " + NODE);
        assertThat(Files.readAllLines(log)).contains("nvSandboxUtilsInit 0 " + root);
        assertThat(Run.of(
                                Map.of("GPU_CDI_SANDBOXUTILS", "true"),
                                "generate",
                                "--host-root=" + root,
                                "--hooks=none",
                                "--device-id=0")
                        .out())
                .isEqualTo(run.out());
    }

    @Test
    void aReplayGivesTheSameBytesAndCanLeaveItOut() throws IOException {
        Path file = folder.resolve("host.json");
        assertThat(run("snapshot", "--sandboxutils", "--redact", "--output=" + file)
                        .status())
                .isZero();
        assertThat(Files.readString(file)).contains("\"sandboxutils\"").doesNotContain(UUID.substring(4));
        Run replayed = Run.of("generate", "--snapshot=" + file, "--hooks=none", "--device-name-strategy=index");
        assertThat(replayed.out())
                .contains("- path: " + NODE)
                .isEqualTo(run("generate", "--sandboxutils", "--hooks=none", "--device-name-strategy=index")
                        .out());
        Run without = Run.of(
                "generate",
                "--snapshot=" + file,
                "--hooks=none",
                "--device-name-strategy=index",
                "--feature-flag=disable-nvsandboxutils");
        assertThat(without.out())
                .isEqualTo(run("generate", "--hooks=none", "--device-name-strategy=index")
                        .out());
    }

    @Test
    void aSnapshotOfAHostThatWasNotAskedIsRefused() {
        byte[] snapshot = run("snapshot").out().getBytes(StandardCharsets.UTF_8);
        for (String command : List.of("generate", "doctor", "devices")) {
            assertUsage(
                    Run.of(Map.of(), snapshot, command, "--snapshot=-", "--sandboxutils"),
                    "the snapshot on standard input has no section 'sandboxutils'",
                    "gpu-cdi snapshot --sandboxutils");
        }
        assertUsage(
                Run.of("generate", "--simulate=dgx-a100", "--sandboxutils"),
                "the simulated host dgx-a100 has no section 'sandboxutils'",
                "leave --sandboxutils out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable-nvsandboxutils", "disable-nvsandbox-utils"})
    void nvidiasFlagForbidsIt(String flag) {
        assertUsage(
                run("generate", "--sandboxutils", "--feature-flag=" + flag),
                "--sandboxutils contradicts --feature-flag=disable-nvsandboxutils",
                "leave one of them out");
        Run cdi = Run.of("cdi", "generate", "--simulate=dgx-a100", "--feature-flag=" + flag);
        assertThat(cdi).isEqualTo(Run.of("cdi", "generate", "--simulate=dgx-a100"));
        assertThat(log).doesNotExist();
    }

    @Test
    void aLibraryThatFailsCostsNothing() {
        Run own = run("generate", "--hooks=none");
        answers("fail nvSandboxUtilsInit 6");
        Run run = run("generate", "--sandboxutils", "--hooks=none", "--strict");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(own.out());
        assertThat(run.messages("warning"))
                .containsExactly("libnvidia-sandboxutils tells nothing: nvSandboxUtilsInit answered LIBRARY_LOAD (6)");
    }

    @Test
    void aNodeThatIsMissingMakesTheSpecIncomplete() {
        answers("file " + UUID + " 1 1 /dev/dri/card9");
        assertThat(run("generate", "--sandboxutils").messages("warning"))
                .anySatisfy(warning -> assertThat(warning).contains("/dev/dri/card9 does not exist"));
        assertThat(run("generate", "--sandboxutils", "--strict").status()).isEqualTo(ExitCode.INCOMPLETE.status());
    }

    /** They are found without NVML. */
    @Test
    void otherModesDoNotLoadIt() {
        run("generate", "--sandboxutils", "--mode=management");
        assertThat(log).doesNotExist();
    }
}
