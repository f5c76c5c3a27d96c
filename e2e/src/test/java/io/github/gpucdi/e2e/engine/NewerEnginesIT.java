package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engines of a newer Debian: Podman 5, Docker. They read what we write without {@code --engine}, and start the real
 * nvidia-smi.
 */
@ExtendWith(RowPerTest.class)
class NewerEnginesIT {
    private static final EngineHost HOST = EngineHost.newer();
    private static final HostTables TABLES = HostTables.read();

    @BeforeAll
    static void startDocker() {
        Docker.start(HOST);
    }

    @ParameterizedTest(name = "{0}  {1}  {2}", quoteTextArguments = false)
    @CsvSource({
        "podman,  CRUN, 0", "podman,  CRUN, 1:0", "podman,  CRUN, all",
        "podman,  RUNC, 0", "podman,  RUNC, 1:0", "podman,  RUNC, all",
        "docker,  RUNC, 0", "docker,  RUNC, 1:0", "docker,  RUNC, all",
    })
    void aDeviceIsThere(String engine, OciRuntime runtime, String device) {
        List<String> command = new ArrayList<>(List.of(
                engine,
                "run",
                "--rm",
                "--network=none",
                "--runtime=" + runtime,
                "--volume=/run/gpu-cdi/bin/glibc:/check:ro",
                "--device=" + EngineHost.HOOK_FREE + "=" + device,
                "localhost/debian"));
        command.addAll(List.of(Container.PROBE, "nodes", "run=/usr/bin/nvidia-smi -L"));
        String out = HOST.inside(command).orFail(engine).out();

        Cell cell = new Cell(Cell.Family.DEBIAN, runtime, false, Cell.User.ROOT, device);
        Inside inside = Inside.of(out);
        assertThat(inside.nodes()).isEqualTo(cell.nodes(TABLES));
        assertThat(out).contains("GPU 0: NVIDIA L40S", "ran\t/usr/bin/nvidia-smi -L\t0");
    }
}
