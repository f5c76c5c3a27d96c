package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.FILE;
import static io.github.gpucdi.doctor.DoctorHost.graver;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static io.github.gpucdi.doctor.DoctorHost.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Diagnosis.Outcome;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostEnvironment.Selinux;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The driver, device nodes, and what the spec that counts says of them. */
class HostDoctorTest {
    private static final String CUDA = "/usr/lib/x86_64-linux-gnu/libcuda.so.";

    private static NvmlFacts failing(NvmlFacts facts, int code) {
        return new NvmlFacts(
                facts.library(),
                Optional.of(new NvmlFailure("nvmlInit_v2", code, "code " + code)),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of());
    }

    private static NvmlFacts with(NvmlFacts facts, List<Gpu> gpus) {
        return new NvmlFacts(
                facts.library(),
                facts.failure(),
                facts.driverVersion(),
                facts.nvmlVersion(),
                facts.cudaDriverVersion(),
                gpus);
    }

    private static Gpu changed(Gpu gpu, Optional<MigMode> mig, List<MigDevice> devices, Optional<NvmlFailure> failure) {
        return new Gpu(
                gpu.index(),
                failure,
                gpu.name(),
                gpu.uuid(),
                gpu.minor(),
                gpu.pciBusId(),
                gpu.pciFailure(),
                gpu.drm(),
                mig,
                gpu.addressingMode(),
                gpu.addressingFailure(),
                devices,
                gpu.details());
    }

    @Test
    void noDriver() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .nvml(Section.absent("no libnvidia-ml.so.1 in /usr/lib64"))
                .withoutDriverFiles()
                .examined();
        Symptom missing = only(diagnosis, FindingId.DRIVER_MISSING);
        assertThat(missing.evidence()).contains("no libnvidia-ml.so.1 in /usr/lib64");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(verdict(diagnosis).reason()).isEqualTo("there is no NVIDIA driver");
    }

    @ParameterizedTest
    @CsvSource({
        "9, DRIVER_NOT_LOADED, modprobe nvidia",
        "10, DRIVER_NO_ANSWER, dmesg | grep -i -e nvrm -e nvidia",
        "18, DRIVER_HALF_UPGRADED, reboot",
        "28, NO_GPU, lspci -nnk -d 10de:",
        "999, DRIVER_FAILING, nvidia-smi",
        "4, DRIVER_FAILING, nvidia-smi",
    })
    void driversThatFail(int code, FindingId id, String command) {
        DoctorHost host = DoctorHost.healthy();
        Diagnosis diagnosis = host.nvml(Section.of(failing(host.nvml(), code))).examined();
        assertThat(graver(diagnosis)).containsExactly(id);
        assertThat(only(diagnosis, id).command()).isEqualTo(command);
        assertThat(only(diagnosis, id).engines()).isEmpty();
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void aHalfUpgradedDriverWithAStaleSpec() {
        DoctorHost host = DoctorHost.healthy();
        String old = host.driver().version().orElseThrow();
        Diagnosis diagnosis = host.nvml(Section.of(failing(host.nvml(), 18)))
                .driver(new DriverVersion(
                        Optional.of(old), DriverVersion.Source.FILE_NAME, Optional.of("999.1"), List.of(old)))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.DRIVER_HALF_UPGRADED, FindingId.SPEC_STALE_DRIVER);
    }

    @Test
    void noGpu() {
        DoctorHost host = DoctorHost.healthy();
        Diagnosis diagnosis =
                host.nvml(Section.of(with(host.nvml(), List.of()))).examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.NO_GPU);
    }

    @Test
    void gpusInMigModeWithoutInstances() {
        DoctorHost host = DoctorHost.healthy();
        List<Gpu> gpus = new ArrayList<>();
        for (Gpu gpu : host.nvml().gpus()) {
            gpus.add(changed(gpu, Optional.of(new MigMode(true, true)), List.of(), Optional.empty()));
        }
        Diagnosis diagnosis = host.nvml(Section.of(with(host.nvml(), gpus))).examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.NOTHING_TO_OFFER, FindingId.DEVICE_NOT_IN_DRIVER);
        assertThat(only(diagnosis, FindingId.DEVICE_NOT_IN_DRIVER).evidence())
                .filteredOn(line -> line.endsWith(": /dev/nvidia0 is in MIG mode now"))
                .singleElement()
                .asString()
                .startsWith("0, GPU-");
    }

    @Test
    void aLostGpu() {
        DoctorHost host = DoctorHost.healthy();
        List<Gpu> gpus = new ArrayList<>(host.nvml().gpus());
        NvmlFailure lost = new NvmlFailure("nvmlDeviceGetUUID", 15, "GPU_IS_LOST");
        gpus.set(1, changed(gpus.get(1), Optional.empty(), List.of(), Optional.of(lost)));
        Diagnosis diagnosis = host.nvml(Section.of(with(host.nvml(), gpus))).examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.GPU_LEFT_OUT, FindingId.DEVICE_NOT_IN_DRIVER);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void aGpuThatTheSpecLacks() {
        DoctorHost host = DoctorHost.healthy();
        List<Gpu> gpus = new ArrayList<>(host.nvml().gpus());
        Gpu first = gpus.get(0);
        gpus.add(new Gpu(
                2,
                Optional.empty(),
                first.name(),
                "GPU-00000000-0000-0000-0000-000000000009",
                OptionalInt.of(2),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                first.details()));
        Diagnosis diagnosis = host.nvml(Section.of(with(host.nvml(), gpus)))
                .node("/dev/nvidia2", 195, 2, 0666)
                .examined();
        Symptom lacking = only(diagnosis, FindingId.DEVICE_NOT_IN_SPEC);
        assertThat(lacking.evidence())
                .containsExactly("GPU 2 (GPU-00000000-0000-0000-0000-000000000009): /dev/nvidia2");
        assertThat(lacking.command()).isEqualTo("gpu-cdi generate --engine=auto --output=" + FILE);
        assertThat(graver(diagnosis)).hasSize(1);
    }

    @Test
    void aMigDeviceThatTheSpecLacks() {
        DoctorHost host = DoctorHost.healthy();
        List<Gpu> gpus = new ArrayList<>(host.nvml().gpus());
        MigDevice mig = new MigDevice(
                0,
                Optional.empty(),
                "MIG-00000000-0000-0000-0000-000000000008",
                1,
                0,
                Optional.of("1g.6gb"),
                OptionalInt.of(1),
                OptionalInt.of(2));
        gpus.set(0, changed(gpus.get(0), Optional.of(new MigMode(true, true)), List.of(mig), Optional.empty()));
        Diagnosis diagnosis = host.nvml(Section.of(with(host.nvml(), gpus))).examined();
        assertThat(only(diagnosis, FindingId.DEVICE_NOT_IN_SPEC).evidence())
                .containsExactly(
                        "MIG device 0:0 (MIG-00000000-0000-0000-0000-000000000008): /dev/nvidia-caps/nvidia-cap2");
        assertThat(only(diagnosis, FindingId.DEVICE_NOT_IN_DRIVER).evidence())
                .filteredOn(line -> line.endsWith(": /dev/nvidia0 is in MIG mode now"))
                .singleElement()
                .asString()
                .startsWith("0, GPU-");
    }

    @Test
    void nodesThatWereNotMade() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .withoutNode("/dev/nvidia-uvm")
                .withoutNode("/dev/nvidia1")
                .at("/dev/nvidia-uvm", PathFact.Kind.MISSING)
                .at("/dev/nvidia1", PathFact.Kind.MISSING)
                .examined();
        Symptom missing = only(diagnosis, FindingId.NODE_MISSING);
        assertThat(missing.severity()).isEqualTo(Severity.ERROR);
        assertThat(missing.evidence())
                .contains(
                        "/dev/nvidia-uvm does not exist as a device node",
                        "/dev/nvidia1 does not exist as a device node");
        assertThat(missing.command()).startsWith("nvidia-modprobe -u -c 0");
        assertThat(only(diagnosis, FindingId.SPEC_NODE_MISSING).severity()).isEqualTo(Severity.ERROR);
        assertThat(graver(diagnosis)).hasSize(2);
    }

    @Test
    void aGpuWithoutItsNode() {
        Diagnosis diagnosis = DoctorHost.healthy().withoutNode("/dev/nvidia1").examined();
        assertThat(only(diagnosis, FindingId.NODE_MISSING).severity()).isEqualTo(Severity.WARNING);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/nvidia-uvm, 999, 0, major 241",
        "/dev/nvidiactl, 195, 254, minor 255",
        "/dev/nvidia1, 195, 0, minor 1",
        "/dev/nvidia-caps/nvidia-cap1, 7, 1, major 238",
    })
    void nodesWithOtherNumbersThanTheDrivers(String path, long major, long minor, String should) {
        Diagnosis diagnosis =
                DoctorHost.healthy().node(path, major, minor, 0666).examined();
        Symptom number = only(diagnosis, FindingId.NODE_NUMBER);
        assertThat(number.what()).contains(path, major + ":" + minor, should);
        assertThat(number.command()).startsWith("rm " + path + " && nvidia-modprobe");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void nodesThatOnlyAGroupMayOpen() {
        DoctorHost host = DoctorHost.healthy().node("/dev/nvidia0", 195, 0, 0660);
        assertThat(graver(host.examined())).isEmpty();
        assertThat(only(host.examined(), FindingId.NODE_CLOSED_TO_USERS).evidence())
                .containsExactly("/dev/nvidia0 has mode 0660, owner 0, group 44");
        assertThat(graver(host.rootless())).containsExactly(FindingId.NODE_CLOSED_TO_USERS);
    }

    @ParameterizedTest
    @EnumSource(
            value = PathFact.Kind.class,
            names = {"MISSING", "DANGLING_LINK", "LINK_LOOP"})
    void filesThatAreGone(PathFact.Kind kind) {
        String path = "/usr/bin/nvidia-smi";
        Diagnosis diagnosis = DoctorHost.healthy().at(path, kind).examined();
        Symptom gone = only(diagnosis, FindingId.SPEC_PATH_MISSING);
        assertThat(gone.severity()).isEqualTo(Severity.ERROR);
        assertThat(gone.evidence()).singleElement().asString().startsWith(path + ": ");
        assertThat(gone.command()).isEqualTo("gpu-cdi generate --engine=auto --output=" + FILE);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(verdict(diagnosis).reason()).isEqualTo("1 path that " + FILE + " mounts is not on the host");
    }

    @Test
    void whatCannotBeLookedAtIsNotSaidToBeGone() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .at("/usr/bin/nvidia-smi", PathFact.Kind.UNREADABLE)
                .examined();
        assertThat(diagnosis.symptoms()).isEmpty();
    }

    @Test
    void aSpecOfAnotherDriverVersion() {
        DoctorHost host = DoctorHost.healthy();
        String old = host.driver().version().orElseThrow();
        host.driver(
                new DriverVersion(Optional.of(old), DriverVersion.Source.NVML, Optional.of("999.20.3"), List.of(old)));
        Diagnosis diagnosis = host.at(CUDA + old, PathFact.Kind.MISSING).examined();
        assertThat(only(diagnosis, FindingId.SPEC_STALE_DRIVER).what()).contains(old, "999.20.3");
        assertThat(graver(diagnosis)).hasSize(1);
    }

    @Test
    void aNodeNumberOfAnotherBoot() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .at(new PathFact(
                        "/dev/nvidia-uvm",
                        PathFact.Kind.CHARACTER_DEVICE,
                        false,
                        Optional.of(new CharNode("/dev/nvidia-uvm", 240, 0, 0666, 0, 0))))
                .examined();
        assertThat(only(diagnosis, FindingId.SPEC_NODE_NUMBER).evidence())
                .containsExactly("/dev/nvidia-uvm: the spec says 241:0, the host has 240:0");
    }

    @Test
    void whatIsNoDeviceNode() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .at("/dev/nvidia0", PathFact.Kind.REGULAR)
                .at(new PathFact(
                        "/dev/nvidia1",
                        PathFact.Kind.CHARACTER_DEVICE,
                        true,
                        Optional.of(new CharNode("/dev/other", 195, 1, 0666, 0, 0))))
                .examined();
        Symptom wrong = only(diagnosis, FindingId.SPEC_NODE_WRONG);
        assertThat(wrong.severity()).isEqualTo(Severity.ERROR);
        assertThat(wrong.evidence())
                .containsExactly(
                        "/dev/nvidia0: a regular file", "/dev/nvidia1: a symbolic link, which engines do not follow");
    }

    @Test
    void aNodeWithTypeAndNumbersNeedsNoneOnTheHostUnlessAUserRunsTheEngine() {
        DoctorHost host = DoctorHost.healthy()
                .spec(FILE, DoctorHost.golden("none.yaml").replace("      major: ", "      type: c\n      major: "))
                .at("/dev/nvidia0", PathFact.Kind.MISSING);
        assertThat(only(host.examined(), FindingId.SPEC_NODE_MISSING).severity())
                .isEqualTo(Severity.WARNING);
        assertThat(verdict(host.examined()).outcome()).isEqualTo(Outcome.WORKS);
        assertThat(only(host.rootless(), FindingId.SPEC_NODE_MISSING).severity())
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void selinux() {
        Diagnosis enforcing = DoctorHost.healthy()
                .environment(Selinux.ENFORCING, Optional.of(false), false)
                .examined();
        assertThat(ids(enforcing)).containsExactly(FindingId.SELINUX_ENFORCING);
        assertThat(enforcing.hasFindings()).isFalse();
        assertThat(DoctorHost.healthy()
                        .environment(Selinux.ENFORCING, Optional.of(true), false)
                        .examined()
                        .symptoms())
                .isEmpty();
        assertThat(DoctorHost.healthy()
                        .environment(Selinux.PERMISSIVE, Optional.empty(), false)
                        .examined()
                        .symptoms())
                .isEmpty();
    }

    /** A Tegra system whose cards alone are in use. */
    @Test
    void aSignOfTegraExcusesNoMissingNode() throws Exception {
        HostSnapshot tegra = DoctorHost.healthy()
                .withoutNode("/dev/nvidiactl")
                .snapshot()
                .with(
                        SectionKey.CSV,
                        Section.of(new CsvFacts(Optional.of("/etc/nv_tegra_release"), Optional.empty(), List.of())));
        assertThat(Doctor.examine(tegra, DoctorOptions.DEFAULT).symptoms())
                .extracting(Symptom::id)
                .contains(FindingId.NODE_MISSING);
    }
}
