package io.github.gpucdi.e2e.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.e2e.engine.EngineHost;
import io.github.gpucdi.e2e.engine.HostTables;
import io.github.gpucdi.e2e.engine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link GpuIT} does with a GPU, done with doubles of its driver; and whether the judge sees what is wrong. */
class GpuDoubleIT {
    @TempDir
    private static Path temp;

    private static Path evidence;
    private static Outcome run;
    private static Outcome poor;
    private static Outcome hanging;
    private static Outcome full;

    /** All at the same time, since much of it is waiting. */
    @BeforeAll
    static void run() throws IOException {
        GpuDoubles.pack();
        evidence = temp.resolve("evidence");
        EngineHost host = GpuDoubles.host(temp);
        EngineHost other = GpuDoubles.host(temp);
        CompletableFuture<Outcome> poorly = CompletableFuture.supplyAsync(() -> poor(other));
        CompletableFuture<Outcome> hung = CompletableFuture.supplyAsync(() -> GpuDoubles.runWith(
                temp.resolve("hangs"),
                "exec sleep 1000",
                ":",
                temp.resolve("hung").toString(),
                "8"));
        CompletableFuture<Outcome> filled = CompletableFuture.supplyAsync(() -> GpuDoubles.runWith(
                temp.resolve("prints"),
                "exec head -c 100000 /dev/zero",
                "mount -t tmpfs -o size=16k tmpfs /mnt",
                "/mnt/evidence",
                "60"));
        // As long as it takes: a machine may be busy with other tests.
        run = host.run(List.of(GpuDoubles.RUN, evidence.toString(), "280"));
        poor = poorly.join();
        hanging = hung.join();
        full = filled.join();
    }

    /** In a container as providers give it: the driver where only a variable tells, nothing may be mounted, no nvidia-smi. */
    private static Outcome poor(EngineHost host) {
        host.run(List.of(
                        "bash",
                        "-c",
                        """
                mkdir -p /usr/local/nvidia/lib64 && cd "$0" && mv -- *.so."$1"* /usr/local/nvidia/lib64/ &&
                find . -maxdepth 1 -xtype l -delete && rm /usr/bin/nvidia-smi &&
                ldconfig -N -n /usr/local/nvidia/lib64
                """,
                        HostTables.LIBRARIES,
                        HostTables.read().version()))
                .orFail("mv");
        return host.run(List.of(
                "env",
                "LD_LIBRARY_PATH=/usr/local/nvidia/lib64",
                "setpriv",
                "--bounding-set=-sys_admin,-setuid,-setgid",
                GpuDoubles.RUN,
                temp.resolve("poor").toString(),
                "280"));
    }

    @Test
    @DisplayName("a run on a machine without fault: nothing failed, nothing found, nothing left behind")
    void withoutFault() throws IOException {
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(Judge.findings(evidence)).isEmpty();
        assertThat(new Evidence(evidence).rows("containers")).hasSize(11);
        try (Stream<Path> left = Files.list(GpuDoubles.BUNDLE)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(
                            "bin", "container", "crun", "driver", "load", "look", "program", "roots", "run");
        }
    }

    @Test
    @DisplayName(
            "a driver elsewhere is found; without rights and nvidia-smi the rest is tried, and what was not is said: exit 1")
    void poorMachine() {
        assertThat(poor.status()).as(poor.out() + poor.err()).isEqualTo(1);
        Evidence left = new Evidence(temp.resolve("poor"));
        assertThat(left.text("notes"))
                .contains(
                        "GPU_CDI_LIBRARY_SEARCH_PATH=/usr/local/nvidia/lib64\n",
                        "do not start here in the way 'cgroup': ",
                        "do not start here in the way 'plain': ",
                        "do not start here in the way 'user': ");
        assertThat(Judge.findings(left.directory()))
                .extracting(finding -> finding.lines().findFirst().orElse("").replaceFirst(":.*", ""))
                .containsExactly(
                        "nvidia-smi.xml ended with 127",
                        "nvidia-smi.csv ended with 127",
                        "nvidia-smi.list ended with 127",
                        "there is no judging",
                        "nvidia-smi tells of no GPU",
                        "no container with the device all was started",
                        "no container with the device - was started",
                        "no container with a MIG device was started");
    }

    @Test
    @DisplayName("a program that hangs takes no more than its time: each step is told, exit 1")
    void hangingProgram() {
        assertThat(hanging.status()).as(hanging.out() + hanging.err()).isEqualTo(1);
        Evidence left = new Evidence(temp.resolve("hung"));
        assertThat(left.rows("steps"))
                .extracting(step -> step.get(0) + " " + step.get(2))
                .startsWith("snapshot-first.json 124", "snapshot.json 124")
                .endsWith("cuda 124", "cuda-spec 124");
        assertThat(left.text("spec-none.yaml.err")).isEqualTo("no time was left\n");
        assertThat(hanging.out()).contains("FAILED  no container was tried", " failures; the evidence is in ");
    }

    @Test
    @DisplayName("where there is no space for the evidence, that is said: exit 1")
    void diskFull() {
        assertThat(full.status()).as(full.out() + full.err()).isEqualTo(1);
        assertThat(full.out()).contains("FAILED  no space for a row of steps", " failures; the evidence is in ");
    }

    @Test
    @DisplayName("a directory with something in it is no place for evidence: exit 2")
    void notEmpty() {
        Outcome again = EngineHost.machine(List.of(GpuDoubles.RUN, evidence.toString()));
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
            nvidia-smi.xml | <gpu id              | <none id             | nvidia-smi tells of no GPU
            paths          | hook\tregular file  | hook\tmissing        | spec-auto.yaml: its hook program /usr/bin/nvidia-cdi-hook is missing
            paths          | /nvidia-cdi-hook\t755 | /nvidia-cdi-hook\t644 | is regular file of mode 644
            snapshot-redacted.json | 00000000-0000-0000-0000-000000000003 | 1b761726-997a-438c-8061-4c78181e03cb | has the UUID 1b761726
            snapshot-redacted.json | "serial-2"   | "1300006488891"      | has the serial number 1300006488891
            machine        | Linux                | Linux x86_64         | has the host name x86_64
            cuda-spec      | libcuda.so.580.95.05 | libcuda.so.570.95.05 | cuda-spec: it mapped
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
