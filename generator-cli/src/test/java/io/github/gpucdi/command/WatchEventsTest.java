package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What NVML tells of by itself, and whoever listens to it. */
class WatchEventsTest {
    private static final String UUID = "GPU-0a1b2c3d-1111-2222-3333-444455556666";

    @TempDir
    Path folder;

    private Path root;
    private Path output;
    private Path events;
    private Watching watching;

    @BeforeEach
    void layOut() throws Exception {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        root = SmallHost.in(folder)
                .with("text /proc/driver/nvidia/version " + SmallHost.VERSION)
                .layOut();
        output = folder.resolve("cdi/nvidia.yaml");
        events = Files.createFile(folder.resolve("events"));
    }

    @AfterEach
    void end() {
        if (watching != null) {
            watching.close();
        }
    }

    private DoubleConfig gpus() {
        return DoubleConfig.of(2, "a100-40").driver(SmallHost.VERSION).set("events", events);
    }

    private void start(String... more) throws Exception {
        watching = Watching.start(folder, root, output, List.of(more));
        watching.await("the spec", () -> text(output).contains("name: \"1\""));
    }

    private void listen(DoubleConfig config, String said) throws Exception {
        NvmlDouble.configure(config);
        start("--nvml-events");
        watching.await(said, saying(said));
    }

    private BooleanSupplier saying(String what) {
        return () -> text(folder.resolve("log")).contains(what);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> listeners() {
        return watching.children().stream()
                .filter(child -> child.info()
                        .arguments()
                        .map(words -> List.of(words).contains("--listener"))
                        .orElse(false))
                .toList();
    }

    private void happens(String line) throws IOException {
        Files.writeString(events, line + "\n", StandardOpenOption.APPEND);
    }

    @Test
    void aMigEventIsAnswered() throws Exception {
        listen(gpus(), "listening to the events of 2 of 2 GPUs");
        NvmlDouble.configure(gpus().gpu(1, "uuid", UUID));
        happens("1 0x100 0");
        watching.await("the other UUID", () -> text(output).contains(UUID));
        assertThat(watching.said()).contains("noticed a change: an event of NVML: MIG devices were made or destroyed");
    }

    @Test
    void anXidIsAnsweredByTheGpusThatTellOfIt() throws Exception {
        listen(gpus().gpu(0, "events", -1), "listening to the events of 1 of 2 GPUs");
        NvmlDouble.configure(gpus().gpu(1, "uuid", UUID));
        happens("0 8 13");
        happens("1 8 79");
        watching.await("the other UUID", () -> text(output).contains(UUID));
        assertThat(watching.said()).contains("an event of NVML: Xid 79").doesNotContain("Xid 13");
    }

    @Test
    void whereNoGpuTellsNobodyListens() throws Exception {
        listen(gpus().gpu(0, "events", -1).gpu(1, "events", -1), "warning: nobody listens to NVML's events");
        watching.await("no listener", () -> listeners().isEmpty());
        Files.move(root.resolve("dev/nvidia1"), root.resolve("dev/away"));
        watching.await("a spec without GPU 1", () -> !text(output).contains("name: \"1\""));
    }

    /** Nothing has changed, however often it is tried. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatNeverListensChangesNothing(boolean fails) throws Exception {
        Path metrics = folder.resolve("metrics");
        NvmlDouble.configure(
                fails
                        ? gpus().fail("nvmlEventSetCreate", 999)
                        : gpus().gpu(0, "events", -1).gpu(1, "events", -1));
        start("--nvml-events", "--metrics-file=" + metrics);
        Set<Long> listeners = new HashSet<>();
        watching.await("a third listener", () -> {
            listeners().forEach(listener -> listeners.add(listener.pid()));
            return listeners.size() >= 3;
        });
        assertThat(text(metrics).lines().filter(line -> line.startsWith("gpu_cdi_runs_total")))
                .containsExactly("gpu_cdi_runs_total{status=\"0\"} 1");
    }

    @Test
    void aSickGpuIsPassedOver() throws Exception {
        listen(gpus().fail("nvmlDeviceRegisterEvents", 0, 15), "listening to the events of 1 of 2 GPUs");
    }

    /** Nothing else told of it. */
    @Test
    void whatEndsTheSessionIsAnswered() throws Exception {
        NvmlDouble.configure(gpus().fail("nvmlEventSetWait_v2", 15));
        start("--nvml-events");
        NvmlDouble.configure(gpus().gpu(1, "uuid", UUID));
        watching.await("the other UUID", () -> text(output).contains(UUID));
    }

    @Test
    void whatNvmlAnswersIsTold() throws Exception {
        listen(gpus().fail("nvmlEventSetCreate", 999), "nobody listens to NVML's events: NVML answers UNKNOWN (999)");
    }

    /** One that begins well each time is as much of a failure, and must not be started for ever at the first delay. */
    @Test
    void whatFailsAgainAndAgainIsToldOnce() throws Exception {
        listen(
                gpus().fail("nvmlEventSetWait_v2", 15),
                "nobody listens to NVML's events: NVML answers GPU_IS_LOST (15)");
        watching.await("a third listener", () -> count("listening to the events of 2 of 2 GPUs") >= 3);
        assertThat(count("nobody listens")).isEqualTo(1);
    }

    private int count(String what) {
        return text(folder.resolve("log")).split(what, -1).length - 1;
    }

    /** Its session would keep the module from being unloaded. */
    @Test
    void itEndsWithTheModuleAndComesBackWithIt() throws Exception {
        listen(gpus(), "listening to the events of 2 of 2 GPUs");
        Files.move(root.resolve("sys/module"), root.resolve("sys/unloaded"));
        Files.move(root.resolve("proc/driver"), root.resolve("proc/unloaded"));
        watching.await("no listener", () -> listeners().isEmpty());
        Files.move(root.resolve("sys/unloaded"), root.resolve("sys/module"));
        Files.move(root.resolve("proc/unloaded"), root.resolve("proc/driver"));
        watching.await("a listener", () -> !listeners().isEmpty());
    }

    @Test
    void oneThatIsKilledIsReplaced() throws Exception {
        listen(gpus(), "listening to the events of 2 of 2 GPUs");
        long killed = listeners().get(0).pid();
        listeners().get(0).destroyForcibly();
        watching.await("another", () -> listeners().stream().anyMatch(child -> child.pid() != killed));
        assertThat(watching.said()).contains("warning: nobody listens to NVML's events: it ended");
    }

    @Test
    void itOutlivesNobody() throws Exception {
        listen(gpus(), "listening to the events of 2 of 2 GPUs");
        List<ProcessHandle> listeners = listeners();
        assertThat(listeners).hasSize(1);
        watching.kill();
        watching.await("no listener", () -> listeners.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void nobodyListensUnasked() throws Exception {
        NvmlDouble.configure(gpus());
        start();
        assertThat(listeners()).isEmpty();
        assertThat(watching.children()).hasSize(1);
    }
}
