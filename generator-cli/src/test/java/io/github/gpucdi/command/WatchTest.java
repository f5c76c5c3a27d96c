package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.nvmldouble.CallLog;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a host while it is watched, followed on disk. */
class WatchTest {
    private static final String NEWER = "590.44.01";

    @TempDir
    Path folder;

    private Path root;
    private Path output;
    private Path calls;
    private Watching watching;

    @BeforeEach
    void watch() throws Exception {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        calls = folder.resolve("calls");
        SmallHost host = SmallHost.in(folder).with("text /proc/driver/nvidia/version " + SmallHost.VERSION);
        host.nvml().log(calls);
        root = host.layOut();
        output = folder.resolve("cdi/nvidia.yaml");
        watching = start();
        watching.await("the first spec", () -> spec().contains("name: \"1\""));
    }

    @AfterEach
    void end() throws Exception {
        if (watching != null) {
            watching.close();
        }
    }

    private Watching start(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--on-driver-loss=delete");
        return Watching.start(folder, root, output, options);
    }

    private String spec() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void move(String from, String to) throws IOException {
        Files.move(root.resolve(from), root.resolve(to));
    }

    private void add(String item) {
        HostTree.layOut(root, item);
    }

    @Test
    void hotPlug() throws Exception {
        move("dev/nvidia1", "dev/other");
        watching.await("a spec without GPU 1", () -> !spec().contains("name: \"1\""));
        assertThat(spec()).contains("name: \"0\"");
        move("dev/other", "dev/nvidia1");
        watching.await("a spec with GPU 1", () -> spec().contains("name: \"1\""));
    }

    @Test
    void moduleUnloadedAndLoaded() throws Exception {
        Files.delete(calls);
        move("sys/module", "sys/unloaded");
        move("proc/driver", "proc/unloaded");
        watching.await("no spec", () -> !Files.exists(output));
        watching.await("the end of the run", () -> said().contains("DRIVER_NOT_LOADED"));
        assertThat(calls).as("NVML would have the driver loaded").doesNotExist();
        move("sys/unloaded", "sys/module");
        move("proc/unloaded", "proc/driver");
        watching.await("a spec", () -> spec().contains("name: \"1\""));
        assertThat(CallLog.read(calls).open()).isZero();
    }

    @Test
    void migDeviceMade() throws Exception {
        NvmlDouble.configure(DoubleConfig.of(2, "a100-40")
                .driver(SmallHost.VERSION)
                .gpu(1, "mig", 1)
                .mig(1, 0, "profile", "1g.5gb")
                .mig(1, 0, "gi", 7)
                .mig(1, 0, "ci", 0));
        add("text /proc/driver/nvidia-caps/mig-minors gpu1/gi7/access 201\\ngpu1/gi7/ci0/access 202\\n\nmig 239 1 7 0");
        watching.await("a spec with the MIG device", () -> spec().contains("name: \"1:0\""));
        assertThat(spec()).contains("/dev/nvidia-caps/nvidia-cap202");
    }

    /** Libraries first, then the module: in between the old spec stays, and the new one is made by a new process. */
    @Test
    void driverUpgrade() throws Exception {
        long worker = watching.children().get(0).pid();
        Path libraries = root.resolve("usr/lib/x86_64-linux-gnu");
        NvmlDouble.configure(DoubleConfig.of(2, "a100-40")
                .driver(NEWER)
                .fail("nvmlInit_v2", 18)
                .log(calls));
        for (String name : new String[] {"libcuda.so", "libnvidia-ptxjitcompiler.so", "libnvidia-ml.so"}) {
            Path old = libraries.resolve(name + "." + SmallHost.VERSION);
            if (name.startsWith("libnvidia-ml")) {
                NvmlDouble.buildIn(libraries, NEWER);
                Files.delete(old);
            } else {
                Files.move(old, libraries.resolve(name + "." + NEWER));
            }
            if (Files.deleteIfExists(libraries.resolve(name + ".1"))) {
                Files.createSymbolicLink(libraries.resolve(name + ".1"), Path.of(name + "." + NEWER));
            }
        }
        watching.await("the half-upgrade", () -> said().contains("LIB_RM_VERSION_MISMATCH (18)"));
        assertThat(spec()).contains("libcuda.so." + SmallHost.VERSION);
        NvmlDouble.configure(DoubleConfig.of(2, "a100-40").driver(NEWER).log(calls));
        Files.writeString(root.resolve("sys/module/nvidia/version"), NEWER + "\n");
        Files.writeString(root.resolve("proc/driver/nvidia/version"), NEWER + "\n");
        watching.await("the new spec", () -> spec().contains("libcuda.so." + NEWER));
        assertThat(watching.children()).noneMatch(child -> child.pid() == worker);
    }

    @Test
    void aCallThatHangsIsSurvived() throws Exception {
        watching.close();
        Path gate = Files.createFile(folder.resolve("gate"));
        NvmlDouble.configure(
                DoubleConfig.of(2, "a100-40").driver(SmallHost.VERSION).hang("nvmlDeviceGetUUID", gate));
        watching = start("--nvml-timeout=1");
        watching.await("the time-out", () -> said().contains("nvmlDeviceGetUUID"));
        assertThat(spec()).contains("name: \"1\"");
        move("dev/nvidia1", "dev/other");
        Files.delete(gate);
        watching.await("a spec without GPU 1", () -> !spec().contains("name: \"1\""));
    }

    @Test
    void aSpecThatIsGoneIsWrittenAnew() throws Exception {
        Files.delete(output);
        watching.await("the spec", () -> spec().contains("name: \"1\""));
        Files.delete(output.resolveSibling(".nvidia.yaml.watch"));
        Files.delete(output);
        Files.delete(output.getParent());
        watching.await("the spec", () -> spec().contains("name: \"1\""));
    }

    @Test
    void everyModeIsKeptUpToDate() throws Exception {
        watching.kill();
        Files.delete(output);
        // Nothing of the first mode is here: that its file is missing is no change.
        watching = start("--mode=nvswitch,gdrcopy,nvml", "--prune");
        Path gdrcopy = output.resolveSibling("nvidia-gdrcopy.yaml");
        watching.await("the first run", () -> Files.exists(output.resolveSibling("nvidia-nvml.yaml")));
        add("chr /dev/gdrdrv 236 0 666");
        watching.await("its spec", () -> Files.exists(gdrcopy));
        Files.delete(gdrcopy);
        watching.await("its spec anew", () -> Files.exists(gdrcopy));
        Files.delete(root.resolve("dev/gdrdrv"));
        watching.await("no spec", () -> !Files.exists(gdrcopy));
        assertThat(said().lines()).noneMatch(line -> line.endsWith("noticed a change: " + output));
    }

    /** Its worker is started anew after a loss, and reads no file that somebody is editing. */
    @Test
    void aConfigurationFileCountsAsItWasAtTheStart() throws Exception {
        watching.kill();
        Files.delete(output);
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                vendor: acme.example
                no-all-device: true
                device-name-strategy: [index, uuid]
                disable-hook: []
                watch:
                  interval: "0.05"
                """);
        watching = start("--config-file=" + file);
        watching.await("the first spec", () -> spec().contains("name: \"1\""));
        Files.writeString(file, "class: other\nmode: [nvml, gdrcop");
        move("sys/module", "sys/unloaded");
        move("proc/driver", "proc/unloaded");
        watching.await("no spec", () -> !Files.exists(output));
        move("sys/unloaded", "sys/module");
        move("proc/unloaded", "proc/driver");
        watching.await("the spec anew", () -> spec().contains("name: \"1\""));
        assertThat(spec()).contains("kind: acme.example/gpu", "name: GPU-").doesNotContain("name: all");
        watching.signal("HUP");
        watching.await("what is wrong by now", () -> said().contains("config.yaml:2:"));
    }

    @Test
    void aSecondOneSaysSoAndEnds() throws Exception {
        Run second = Run.of("watch", "--host-root=" + root, "--output=" + output);
        assertThat(second.status()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(second.messages("error")).containsExactly("another gpu-cdi watch keeps " + output + " up to date");
        watching.kill();
        watching = start();
        move("dev/nvidia1", "dev/other");
        watching.await("a spec without GPU 1", () -> !spec().contains("name: \"1\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalEndsItAndItsWorker(String signal) throws Exception {
        var children = watching.children();
        watching.signal(signal);
        assertThat(watching.status()).isZero();
        assertThat(children).isNotEmpty();
        watching.await("no worker", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aWorkerOutlivesNobody() throws Exception {
        var children = watching.children();
        watching.kill();
        assertThat(children).isNotEmpty();
        watching.await("no worker", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** As far as a process can tell, it was suspended with its machine. */
    @Test
    void whatChangedWhileItWasStoppedIsNoticed() throws Exception {
        long worker = watching.children().get(0).pid();
        Watching.signal(worker, "STOP");
        watching.signal("STOP");
        move("dev/nvidia1", "dev/other");
        watching.signal("CONT");
        Watching.signal(worker, "CONT");
        watching.await("a spec without GPU 1", () -> !spec().contains("name: \"1\""));
        assertThat(watching.children()).anyMatch(child -> child.pid() == worker);
    }

    @Test
    void aStormIsAnsweredByFewRuns() throws Exception {
        Path metrics = folder.resolve("metrics.prom");
        watching.close();
        watching = start("--metrics-file=" + metrics);
        watching.await("metrics", () -> Files.exists(metrics));
        for (int i = 0; i < 500; i++) {
            move("dev/nvidia1", "dev/other");
            move("dev/other", "dev/nvidia1");
        }
        move("dev/nvidia1", "dev/other");
        watching.await("a spec without GPU 1", () -> !spec().contains("name: \"1\""));
        Matcher runs =
                Pattern.compile("gpu_cdi_runs_total\\{status=\"0\"\\} (\\d+)").matcher(Files.readString(metrics));
        assertThat(runs.find()).isTrue();
        assertThat(Integer.parseInt(runs.group(1))).isLessThan(10);
    }

    @Test
    void hupReadsTheOptionsAnew() throws Exception {
        long worker = watching.children().get(0).pid();
        watching.signal("HUP");
        watching.await("another worker", () -> watching.children().stream().anyMatch(child -> child.pid() != worker));
        move("dev/nvidia1", "dev/other");
        watching.await("a spec without GPU 1", () -> !spec().contains("name: \"1\""));
    }

    private String said() {
        try {
            return watching.said();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
