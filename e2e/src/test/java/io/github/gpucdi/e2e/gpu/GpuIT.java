package io.github.gpucdi.e2e.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.e2e.engine.EngineHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real GPU. Runs what {@code e2e/gpu/pack} has put into {@code target/gpu} where there is one; elsewhere judges what such a run
 * left, if {@code -Dgpu.evidence=DIRECTORY} names it.
 */
class GpuIT {
    private static final String GIVEN = System.getProperty("gpu.evidence", "");

    @Test
    @DisplayName("the driver's own words, the machine and containers agree with what the program tells and writes")
    void evidence(@TempDir Path temp) {
        assumeTrue(
                !GIVEN.isEmpty() || Files.exists(Path.of("/dev/nvidiactl")),
                "there is no GPU here; -Dgpu.evidence=DIRECTORY judges what a run elsewhere left");
        assertThat(Judge.findings(GIVEN.isEmpty() ? run(temp) : Path.of(GIVEN))).isEmpty();
    }

    private static Path run(Path temp) {
        Path evidence = temp.resolve("evidence");
        // Whatever its end, what it left is judged.
        EngineHost.machine(List.of(Path.of("target/gpu/run").toAbsolutePath().toString(), evidence.toString()));
        return evidence;
    }
}
