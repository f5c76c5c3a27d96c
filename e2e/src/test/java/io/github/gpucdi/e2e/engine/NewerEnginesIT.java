package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engines of a newer Debian: Podman 5, Docker, and with {@code -Dnewer.suite=forky} containerd 2. They read
 * what we write without {@code --engine}, and start the real nvidia-smi.
 */
@ExtendWith(RowPerTest.class)
class NewerEnginesIT {
    private static final EngineHost HOST = EngineHost.newer();
    private static final HostTables TABLES = HostTables.read();

    /** Up to 1.7, containerd's client takes paths only. */
    private static final boolean CTR_TAKES_NAMES = Containerd.major(HOST) >= 2;

    /** What is asked in a container that has a device. */
    static final List<String> QUESTIONS =
            List.of(Container.PROBE, "nodes", "load=libcuda.so.1", "run=/usr/bin/nvidia-smi -L");

    private static Containerd containerd;

    @BeforeAll
    static void startDaemons() {
        Docker.start(HOST);
        if (CTR_TAKES_NAMES) {
            containerd = Containerd.start(HOST, "containerd", "version = 2\n");
            containerd.unpack();
        }
    }

    static List<Arguments> rows() {
        List<Arguments> rows = new ArrayList<>();
        for (String device : Cell.DEVICES) {
            rows.add(Arguments.of("podman", OciRuntime.CRUN, device));
            rows.add(Arguments.of("podman", OciRuntime.RUNC, device));
            rows.add(Arguments.of("docker", OciRuntime.RUNC, device));
            if (CTR_TAKES_NAMES) {
                rows.add(Arguments.of("containerd", OciRuntime.RUNC, device));
            }
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}  {1}  {2}", quoteTextArguments = false)
    @MethodSource("rows")
    void aDeviceIsThere(String engine, OciRuntime runtime, String device) {
        String name = EngineHost.HOOK_FREE + "=" + device;
        List<String> command = new ArrayList<>(List.of(
                engine,
                "run",
                "--rm",
                "--network=none",
                "--runtime=" + runtime,
                "--volume=/run/gpu-cdi/bin/glibc:/check:ro",
                "--device=" + name,
                "localhost/debian"));
        if (engine.equals("containerd")) {
            command = containerd.run(name);
        }
        command.addAll(QUESTIONS);
        assertAnswered(HOST.inside(command).orFail(engine).out(), device);
    }

    /** That what the {@link #QUESTIONS} gave is of this device, and of no other, with the driver. */
    static void assertAnswered(String out, String device) {
        Cell cell = new Cell(Cell.Family.DEBIAN, OciRuntime.RUNC, false, Cell.User.ROOT, device);
        assertThat(Inside.of(out).nodes()).isEqualTo(cell.nodes(TABLES));
        assertThat(out).contains("load\tlibcuda.so.1\t", "GPU 0: NVIDIA L40S", "ran\t/usr/bin/nvidia-smi -L\t0");
    }
}
