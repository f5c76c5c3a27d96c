package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code system create-device-nodes} below a root that stands in for the machine's. */
class SystemNodesTest {
    static final String DEVICES =
            "text /proc/devices Character devices:\\n  1 mem\\n195 nvidia\\n195 nvidiactl\\n510 nvidia-uvm\\n234 nvidia-caps\\n"
                    + "\\nBlock devices:\\n  7 nvidia\\n";

    @TempDir
    Path root;

    private Run run(Map<String, String> environment, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("system", "create-device-nodes", "--host-root=" + root, "--control-devices"));
        arguments.addAll(List.of(more));
        return Run.of(environment, arguments.toArray(String[]::new));
    }

    private Run run(String... more) {
        return run(Map.of(), more);
    }

    private void layOut(String... items) {
        HostTree.layOut(root, String.join("\n", items));
    }

    private void layOutWithNodes(String... items) {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        layOut(DEVICES, "dir /dev");
        layOut(items);
    }

    private static List<String> made(String dev) {
        return List.of(
                "Running: mknod --mode=0666 " + dev + "/nvidiactl c 195 255",
                "Running: mknod --mode=0666 " + dev + "/nvidia-modeset c 195 254",
                "Running: mknod --mode=0666 " + dev + "/nvidia-uvm c 510 0",
                "Running: mknod --mode=0666 " + dev + "/nvidia-uvm-tools c 510 1");
    }

    private static void assertRefused(Run run, ExitCode code, String what) {
        assertThat(run.status()).as(run.err()).isEqualTo(code.status());
        assertThat(run.messages("error")).singleElement().isEqualTo(what);
        assertThat(run.messages("hint")).isNotEmpty();
        assertThat(run.messages("info")).isEmpty();
    }

    private String[] names() {
        return root.resolve("dev").toFile().list();
    }

    @Test
    void aDryRunTellsWhatWouldBeDoneAndDoesNothing() {
        layOut(DEVICES, "dir /dev", "dir /x/dev", "dir /y/dev");
        assertThat(run("--dry-run").messages("info")).isEqualTo(made("/dev"));
        assertThat(run("--dry-run", "--root=/x").messages("info")).isEqualTo(made("/x/dev"));
        assertThat(run("--dry-run", "--driver-root=/x/", "--dev-root=/y/../y").messages("info"))
                .isEqualTo(made("/y/dev"));
        assertThat(names()).isEmpty();
        assertThat(root.resolve("x/dev")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "ROOT, /x, /x/dev",
        "NVIDIA_DRIVER_ROOT, /x, /x/dev",
        "DRIVER_ROOT, /x, /x/dev",
        "GPU_CDI_DRIVER_ROOT, /x, /x/dev",
        "GPU_CDI_SYSTEM_CREATE_DEVICE_NODES_DRIVER_ROOT, /x, /x/dev",
        "NVIDIA_DEV_ROOT, /x, /x/dev",
        "DEV_ROOT, /x, /x/dev",
        "NVIDIA_CTK_DRIVER_ROOT, /x, /dev",
        "ROOT, '', /dev",
        "DEV_ROOT, '', /dev",
    })
    void variables(String variable, String value, String dev) {
        layOut(DEVICES, "dir /dev", "dir /x/dev");
        assertThat(run(Map.of("DRY_RUN", "true", variable, value)).messages("info"))
                .isEqualTo(made(dev));
    }

    @Test
    void nodesAreMadeOnceForEverybody() throws IOException {
        layOutWithNodes();
        assertThat(run().messages("info")).isEqualTo(made("/dev"));
        assertThat(names()).containsExactlyInAnyOrder("nvidiactl", "nvidia-modeset", "nvidia-uvm", "nvidia-uvm-tools");
        assertThat(Files.getAttribute(root.resolve("dev/nvidia-uvm-tools"), "unix:mode"))
                .isEqualTo(0020666);
        Run again = run("--debug");
        assertThat(again.messages("info")).containsExactly("nothing to do: all is there");
        assertThat(again.messages("debug")).contains("/dev/nvidiactl is there").hasSize(4);
        assertThat(again.status()).isZero();
    }

    @Test
    void staleNumbersAreRefusedOrReplaced() {
        layOutWithNodes("chr /dev/nvidia-uvm 509 0 666", "chr /dev/nvidiactl 195 0 666");
        assertRefused(
                run(),
                ExitCode.NOT_WRITTEN,
                "/dev/nvidiactl has the numbers 195:0, not 195:255; /dev/nvidia-uvm has the numbers 509:0, not 510:0");
        assertThat(names()).hasSize(2);
        assertThat(run("--replace").messages("info")).isEqualTo(made("/dev"));
        assertThat(run().messages("info")).containsExactly("nothing to do: all is there");
        assertThat(names()).hasSize(4);
    }

    @Test
    void aModeIsLeftOrReplaced() {
        layOutWithNodes("chr /dev/nvidiactl 195 255 660");
        assertThat(run().messages("warning")).containsExactly("/dev/nvidiactl has mode 0660, not 0666: it is left so");
        Run replacing = run("--replace");
        assertThat(replacing.messages("info")).containsExactly("Running: mknod --mode=0666 /dev/nvidiactl c 195 255");
        assertThat(run().err()).isEqualTo("info: nothing to do: all is there\n");
    }

    @ParameterizedTest
    @CsvSource({
        "file /dev/nvidia-uvm, a file",
        "dir /dev/nvidia-uvm, a directory",
        "link /dev/nvidia-uvm /dev/null, a symbolic link",
        "link /dev/nvidia-uvm nowhere, a symbolic link",
        "fifo /dev/nvidia-uvm, a file",
    })
    void whatIsNoDeviceNodeNeverGivesWay(String item, String what) {
        layOut(DEVICES, "dir /dev", item);
        assertRefused(run("--replace"), ExitCode.NOT_WRITTEN, "/dev/nvidia-uvm is " + what + ", not a device node");
        assertThat(names()).containsExactly("nvidia-uvm");
    }

    @Test
    void aDevDirectoryIsNeeded() {
        layOut(DEVICES, "file /y/dev");
        assertRefused(run(), ExitCode.NOT_WRITTEN, "there is no directory /dev");
        assertRefused(run("--dev-root=/y"), ExitCode.NOT_WRITTEN, "there is no directory /y/dev");
        assertRefused(run("--dev-root=/z"), ExitCode.NOT_WRITTEN, "there is no directory /z/dev");
        assertRefused(run("--host-root=/no/such"), ExitCode.USAGE, "--host-root /no/such is not a directory");
        assertRefused(run("--root=/z"), ExitCode.USAGE, "--driver-root /z is not a directory");
        assertRefused(run("--root=/proc/devices"), ExitCode.USAGE, "--driver-root /proc/devices is not a directory");
    }

    /** Followed inside the root: on the machine the link would lead elsewhere. */
    @Test
    void linksDoNotLeadOutOfTheRoot() {
        layOut(DEVICES, "link /x/dev /other", "link /y/dev ../../../other", "dir /x/other", "dir /other");
        assertThat(run("--root=/x", "--dry-run").messages("info")).isEqualTo(made("/x/dev"));
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        assertThat(run("--root=/x").status()).isZero();
        assertThat(root.resolve("x/other").toFile().list()).hasSize(4);
        assertThat(root.resolve("other")).isEmptyDirectory();
        assertRefused(run("--root=/y"), ExitCode.NOT_WRITTEN, "there is no directory /y/dev");
    }

    @Test
    void aKernelWithoutTheDriver() {
        layOut("text /proc/devices 510 nvidia-uvm\\n", "dir /dev");
        assertRefused(
                run("--dry-run"),
                ExitCode.NOTHING_TO_OFFER,
                "no NVIDIA devices found: /proc/devices does not name their driver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dir /proc", "dir /proc/devices", "fifo /proc/devices"})
    void whatTheKernelHasMustBeReadable(String item) {
        layOut(item, "dir /dev");
        assertRefused(run("--dry-run"), ExitCode.NOT_WRITTEN, "cannot read /proc/devices");
    }

    /** nvidia-ctk makes the first two nodes, and then fails. */
    @Test
    void aKernelWithoutUnifiedMemoryGetsNothing() {
        layOut("text /proc/devices 195 nvidia\\n", "dir /dev");
        assertRefused(run(), ExitCode.NOTHING_TO_OFFER, "/proc/devices has no number for /dev/nvidia-uvm");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x 195 nvidia", "-195 nvidia", "19555555555 nvidia", "195nvidia", "4096 nvidia", "\u0000195"})
    void garbageAmongTheDrivers(String line) throws IOException {
        layOut("dir /dev");
        Files.createDirectory(root.resolve("proc"));
        Files.writeString(
                root.resolve("proc/devices"), line + "\n195 nvidia\n510 nvidia-uvm\n" + "1 x\n".repeat(500_000));
        assertThat(run("--dry-run").messages("info")).isEqualTo(made("/dev"));
    }

    @Test
    void nothingAskedForIsNothingDone() {
        Run run = Run.of("system", "create-device-nodes", "--host-root=" + root);
        assertThat(run.status()).isZero();
        assertThat(run.messages("info")).hasSize(1);
    }

    @Test
    void relativeRootsStartWhereTheUserIs() {
        layOut(DEVICES);
        Run run = Run.of("system", "create-device-nodes", "--control-devices", "--root=no such directory");
        assertRefused(
                run,
                ExitCode.USAGE,
                "--driver-root " + Path.of("no such directory").toAbsolutePath() + " is not a directory");
    }
}
