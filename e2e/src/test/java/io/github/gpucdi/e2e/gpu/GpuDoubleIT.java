package io.github.gpucdi.e2e.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.e2e.engine.EngineHost;
import io.github.gpucdi.e2e.engine.HostTables;
import io.github.gpucdi.e2e.engine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link GpuIT} does with a GPU, done with doubles of its driver; and whether the judge sees what is wrong. */
class GpuDoubleIT {
    private static final Path BUNDLE =
            EngineHost.ENGINES.resolveSibling("gpu double").toAbsolutePath();
    private static final Path SOURCES = Path.of("src/test/gpu").toAbsolutePath();

    @TempDir
    private static Path temp;

    private static Path evidence;
    private static Outcome run;

    @BeforeAll
    static void run() throws IOException {
        machine(Path.of("gpu/pack").toAbsolutePath().toString(), BUNDLE.toString(), EngineHost.PROGRAM);
        // The answers of the NVML double, which the other root has.
        Files.copy(BUNDLE.resolve("roots/debian/nvml-double"), BUNDLE.resolve("roots/rhel/nvml-double"));
        EngineHost host = EngineHost.another();
        put(
                host,
                HostTables.LIBRARIES + "/libcuda.so." + HostTables.read().version(),
                "cuda_double.c",
                "-Wl,-soname,libcuda.so.1",
                "-shared",
                "-fPIC");
        put(host, "/usr/bin/nvidia-smi", "smi_double.c");
        host.run(List.of("cp", SOURCES.resolve("nvidia-smi.xml").toString(), "/run/gpu-cdi/"))
                .orFail("cp");

        evidence = temp.resolve("evidence");
        // As long as it takes: a machine may be busy with other tests.
        run = host.run(List.of(BUNDLE.resolve("run").toString(), evidence.toString(), "280"));
    }

    private static void put(EngineHost host, String path, String source, String... flags) {
        Path built = temp.resolve(source.replace(".c", ""));
        List<String> command =
                new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", built.toString()));
        command.addAll(List.of(flags));
        command.add(SOURCES.resolve(source).toString());
        machine(command.toArray(String[]::new));
        host.run(List.of("cp", built.toString(), path)).orFail(path);
    }

    private static void machine(String... command) {
        EngineHost.machine(List.of(command)).orFail(command[0]);
    }

    @Test
    @DisplayName("a run on a machine without fault: nothing failed, nothing found, nothing left behind")
    void withoutFault() throws IOException {
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(Judge.findings(evidence)).isEmpty();
        assertThat(new Evidence(evidence).rows("containers")).hasSize(11);
        try (Stream<Path> left = Files.list(BUNDLE)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("bin", "crun", "program", "roots", "run");
        }
    }

    @Test
    @DisplayName("a directory with something in it is no place for evidence: exit 2")
    void notEmpty() {
        Outcome again = EngineHost.machine(List.of(BUNDLE.resolve("run").toString(), evidence.toString()));
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("error: ", "hint: ");
    }

    /** Fields: file, what is there, what is put in its place, what the judge says of it. */
    @ParameterizedTest(name = "{0}: {1} made {2}")
    @CsvSource(delimiter = '|', textBlock = """
            nvidia-smi.xml | NVIDIA L40S          | NVIDIA L40           | name is NVIDIA L40S, and NVIDIA L40 for
            nvidia-smi.xml | 1300006488891        | 1300006488892        | serial is
            nvidia-smi.xml | 46068 MiB            | 46067 MiB            | MiB is 46068, and 46067 for
            nvidia-smi.xml | Ada Lovelace         | Hopper               | architecture is
            nvidia-smi.xml | <pending_mig>Enabled | <pending_mig>Disabled | MIG to come is
            nvidia-smi.xml | >00000000:C1:00.0<   | >00000000:C2:00.0<   | PCI is
            nvidia-smi.xml | <cuda_version>12.6   | <cuda_version>13.0   | CUDA is 12.6
            nvidia-smi.xml | <driver_version>580  | <driver_version>570  | driver is 580.95.05
            nvidia-smi.csv | 8.9                  | 9.0                  | compute capability is 8.9
            nvidia-smi.list | 3g.20gb             | 2g.10gb              | MIG devices is
            snapshot.json  | GPU-a49ae61b         | GPU-b49ae61b         | name is null
            devices.json   | "minor" : 1          | "minor" : 2          | minor is 2, and 1 for
            doctor.json.err | nvmlInit_v2: 1 call | nvmlInit_v2: 2 call | doctor.json: not one session
            paths          | regular file         | missing              | is missing
            nodes          | /dev/nvidia1\t195\t1 | /dev/nvidia1\t195\t2 | /dev/nvidia1 is 195:2 on the machine, not 195:1
            spec-auto.yaml | - name: "1:1"        | - name: "1:2"        | spec-auto.yaml: no device 1:1
            cuda           | libcuda.so.580.95.05 | libnvidia-new.so.580.95.05 | libnvidia-new.so.580.95.05, which is not in the spec
            steps          | doctor.json\t        | snapshot.json\t0\t3\t0\t | snapshot.json ended with 3
            containers     | container-all        | container-none       | it did not come to its end
            container-debian-0-gpu | again-nvidia1\tOK\tEPERM | again-nvidia1\tOK\tENXIO | a node made anew as /dev/again-nvidia1 can be opened
            container-rhel-0-mig | node\t/dev/nvidia1\t195\t1\t666\t0\t0\tENXIO | node\t/dev/nvidia0\t195\t0\t666\t0\t0\tENXIO | it has the nodes of the GPUs [0]
            container-rhel-1000-gpu | /dev/nvidia0\t195\t0\t666\t1000\t1000\tENXIO | /dev/nvidia0\t195\t0\t666\t1000\t1000\tEPERM | /dev/nvidia0 cannot be opened: EPERM
            container-debian-1000-mig | device\t0\t1b761726 | device\t0\t47a85578 | CUDA used
            container-debian-0-mig | MIG-1b761726 | MIG-47a85578         | nvidia-smi lists
            container-rhel-0-gpu | /usr/lib64/libcuda.so.1 | /opt/libcuda.so.1 | CUDA mapped /opt/libcuda.so.1
            container-nothing | /check/cuda\t1       | /check/cuda\t0       | CUDA works without a GPU
            container-files | call\tcuInit         | call\tcuMemAlloc_v2  | not cuInit failed but
            """)
    void oneFault(String file, String text, String instead, String said) throws IOException {
        Path copy = Files.createDirectory(temp.resolve("copy" + System.nanoTime()));
        try (Stream<Path> files = Files.list(evidence)) {
            for (Path one : files.toList()) {
                Files.copy(one, copy.resolve(one.getFileName()));
            }
        }
        String whole = Files.readString(copy.resolve(file));
        String changed = whole.replace(text, instead);
        assertThat(changed).isNotEqualTo(whole);
        Files.writeString(copy.resolve(file), changed);

        assertThat(Judge.findings(copy))
                .isNotEmpty()
                .anySatisfy(finding -> assertThat(finding).contains(said));
    }
}
