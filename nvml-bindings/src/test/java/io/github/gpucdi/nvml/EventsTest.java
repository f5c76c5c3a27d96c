package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.nvml.NvmlEvent.Kind;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Path events;

    @BeforeEach
    void anEarlierEvent() throws IOException {
        events = Files.writeString(directory.resolve("events"), "0 8 13\n");
    }

    private Nvml open(DoubleConfig config) {
        return Doubles.open(config.set("events", events));
    }

    private void happens(String line) throws IOException {
        Files.writeString(events, line + "\n", StandardOpenOption.APPEND);
    }

    @Test
    void whatHappensIsToldInItsOrder() throws IOException {
        try (Nvml nvml = open(DoubleConfig.of(2, "h100"));
                NvmlEvents listening = nvml.events()) {
            assertThat(nvml.gpus().map(listening::register)).containsOnly(true);
            happens("1 0x100 0");
            happens("0 8 79");
            assertThat(listening.await(SOON)).contains(new NvmlEvent(Kind.MIG, 0));
            assertThat(listening.await(SOON)).contains(new NvmlEvent(Kind.XID, 79));
            assertThat(listening.await(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void onlyWhatAGpuCanTellIsAskedFor() throws IOException {
        DoubleConfig config = DoubleConfig.of(3, "t4").gpu(0, "events", -1).gpu(1, "events", 8);
        try (Nvml nvml = open(config.gpu(2, "events", 1));
                NvmlEvents listening = nvml.events()) {
            assertThat(nvml.gpus().map(listening::register)).containsExactly(false, true, false);
            happens("1 0x100 0");
            happens("2 8 1");
            happens("1 8 2");
            assertThat(listening.await(SOON)).contains(new NvmlEvent(Kind.XID, 2));
        }
    }

    @Test
    void aGpuThatIsLostIsNoSilence() {
        try (Nvml nvml = open(DoubleConfig.of(1, "t4").fail("nvmlEventSetWait_v2", 15));
                NvmlEvents listening = nvml.events()) {
            assertThatThrownBy(() -> listening.await(SOON))
                    .isInstanceOf(NvmlException.class)
                    .hasMessageContaining("(15)");
        }
        try (Nvml nvml = open(DoubleConfig.of(1, "t4").fail("nvmlDeviceRegisterEvents", 999));
                NvmlEvents listening = nvml.events()) {
            Gpu gpu = nvml.gpu(0);
            assertThatThrownBy(() -> listening.register(gpu)).isInstanceOf(NvmlException.class);
        }
    }
}
