package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern MAJOR = Pattern.compile("(\\d+)\\.\\d+\\.\\d+");
    private static final boolean CTR_TAKES_NAMES = ctrTakesNames();

    @BeforeAll
    static void startDaemons() {
        Docker.start(HOST);
        if (CTR_TAKES_NAMES) {
            Containerd.start(HOST);
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

    /** Whether containerd's client takes CDI names: up to 1.7 it takes paths only. */
    private static boolean ctrTakesNames() {
        String version = HOST.inside(List.of("containerd", "--version"))
                .orFail("containerd")
                .out();
        Matcher major = MAJOR.matcher(version);
        assertThat(major.find()).as(version).isTrue();
        return Integer.parseInt(major.group(1)) >= 2;
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
            command = Containerd.run(name);
        }
        command.addAll(List.of(Container.PROBE, "nodes", "run=/usr/bin/nvidia-smi -L"));
        String out = HOST.inside(command).orFail(engine).out();

        Cell cell = new Cell(Cell.Family.DEBIAN, runtime, false, Cell.User.ROOT, device);
        Inside inside = Inside.of(out);
        assertThat(inside.nodes()).isEqualTo(cell.nodes(TABLES));
        assertThat(out).contains("GPU 0: NVIDIA L40S", "ran\t/usr/bin/nvidia-smi -L\t0");
    }
}
