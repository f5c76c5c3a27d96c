package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SandboxutilsDevice;
import io.github.gpucdi.host.SandboxutilsFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SandboxutilsDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the double of libnvidia-sandboxutils says of two GPUs, through a real dlopen. */
class SandboxutilsProbeTest {
    private static final String GPU = "GPU-7621b749-f31d-8663-7d7c-c1e437f5be47";
    private static final String MIG = "MIG-9d4ac0f5-6d1b-5d5e-8c5c-1ed6c6a5a001";
    private static final String CARD_LINK = "/dev/dri/by-path/pci-0000:41:00.0-card";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    private final List<String> lines = new ArrayList<>();
    private Path host;
    private Path log;
    private DoubleConfig nvml;

    @BeforeEach
    void makeHost() throws IOException {
        host = Files.createDirectory(temp.resolve("host"));
        log = temp.resolve("log");
        nvml = DoubleConfig.of(1, "rtxpro6000").gpu(0, "uuid", GPU).driver("580.1");
        lines.addAll(List.of("version 580.1", "file " + GPU + " 0 1 /dev/nvidia0", "log " + log));
    }

    private Section<SandboxutilsFacts> probe(ProbeOptions options, Duration timeout, String... without) {
        Path directory = host.resolve(options.driverRoot().substring(1)).resolve("usr/lib64");
        NvmlDouble.configure(nvml);
        NvmlDouble.build(directory.resolve("libnvidia-ml.so.1"), "580.1", SymbolSet.FULL);
        Path library = directory.resolve("libnvidia-sandboxutils.so.1");
        if (!Files.exists(library)) {
            SandboxutilsDouble.configure(SandboxutilsDouble.build(library, without), lines);
        }
        return HostProbe.probe(ProbeRequests.sandboxutils(host, options, timeout))
                .get(SectionKey.SANDBOXUTILS);
    }

    private SandboxutilsFacts facts(String... without) {
        return probe(ProbeOptions.DEFAULT, LONG, without).data().orElseThrow();
    }

    private String reason(Duration timeout, String... without) {
        Section<SandboxutilsFacts> section = probe(ProbeOptions.DEFAULT, timeout, without);
        assertThat(section).isInstanceOf(Section.Absent.class);
        return ((Section.Absent<SandboxutilsFacts>) section).reason();
    }

    private SandboxutilsDevice device() {
        return facts().devices().get(0);
    }

    @Test
    void everythingIsAskedInOneSession() throws IOException {
        nvml.gpu(0, "mig", 1).mig(0, 0, "profile", "1g.24gb").mig(0, 0, "uuid", MIG);
        lines.add("file " + MIG + " 10 1 /dev/nvidia-caps/nvidia-cap66");
        lines.add("file " + GPU + " 3 4 " + CARD_LINK);
        lines.add("content " + CARD_LINK + " ../card0");
        lines.add("root " + host);
        SandboxutilsFacts facts = facts();
        assertThat(facts)
                .isEqualTo(new SandboxutilsFacts(
                        "/usr/lib64/libnvidia-sandboxutils.so.1",
                        Optional.of("580.1"),
                        List.of(
                                new SandboxutilsDevice(
                                        GPU,
                                        Optional.empty(),
                                        List.of("/dev/nvidia0"),
                                        List.of(),
                                        List.of(),
                                        List.of(new NodeLink(CARD_LINK, "../card0"))),
                                new SandboxutilsDevice(
                                        MIG,
                                        Optional.empty(),
                                        List.of(),
                                        List.of(),
                                        List.of("/dev/nvidia-caps/nvidia-cap66"),
                                        List.of())),
                        List.of()));
        assertThat(Files.readAllLines(log))
                .containsExactly(
                        "nvSandboxUtilsInit 0 " + host,
                        "nvSandboxUtilsGetDriverVersion 0",
                        "nvSandboxUtilsGetGpuResource 0 " + GPU,
                        "nvSandboxUtilsGetFileContent 0 " + CARD_LINK,
                        "nvSandboxUtilsGetGpuResource 0 " + MIG,
                        "nvSandboxUtilsShutdown 0");
    }

    @Test
    void pathsAreBelowTheDevRootWhateverRootTheLibraryPutsInFront() {
        lines.set(1, "file " + GPU + " 0 1 " + host + "/drv/dev/nvidia0");
        lines.add("file " + GPU + " 1 1 /drv/dev/dri/card0");
        lines.add("file " + GPU + " 2 1 /dev/dri/renderD128");
        lines.add("root " + host + "/drv");
        SandboxutilsDevice device = probe(ProbeRequests.driverRoot("/drv"), LONG)
                .data()
                .orElseThrow()
                .devices()
                .get(0);
        assertThat(device.failure()).isEmpty();
        assertThat(device.gpu()).containsExactly("/dev/nvidia0");
        assertThat(device.drm()).containsExactly("/dev/dri/card0", "/dev/dri/renderD128");
    }

    @Test
    void aLinkWhoseTextCannotBeHadIsNone() {
        lines.add("file " + GPU + " 3 1 " + CARD_LINK);
        SandboxutilsDevice device = device();
        assertThat(device.byPath()).isEmpty();
        assertThat(device.failure()).isEmpty();
    }

    @Test
    void whatIsNoDevicesOwnIsLeftOut() {
        lines.add("file " + GPU + " 8 1 /dev/nvidiactl");
        lines.add("file " + GPU + " 11 2 /proc/driver/nvidia/gpus/0000:41:00.0");
        lines.add("file " + GPU + " 4711 1 /dev/new");
        assertThat(device())
                .isEqualTo(new SandboxutilsDevice(
                        GPU, Optional.empty(), List.of("/dev/nvidia0"), List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/shadow", "/dev/../etc/shadow", "dev/nvidia0", "/dev//nvidia0", "/dev/\u001b[2J", "-"})
    void aPathThatIsNoneIsNoAnswer(String path) {
        lines.add("file " + GPU + " 1 1 " + path);
        SandboxutilsDevice device = device();
        assertThat(device.gpu()).isEmpty();
        assertThat(device.failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .startsWith("nvSandboxUtilsGetGpuResource gave '")
                        .doesNotContain("\u001b"));
    }

    @Test
    void aPathThatDoesNotEndIsNoAnswer() {
        lines.add("file " + GPU + " 1 1 /dev/" + "x".repeat(3000));
        assertThat(device().failure())
                .hasValueSatisfying(
                        failure -> assertThat(failure).hasSizeLessThan(400).contains("which is no path below /dev"));
    }

    @Test
    void aListThatLeadsBackToItselfIsNoAnswer() {
        lines.add("cycle " + GPU);
        assertThat(device().failure()).contains("nvSandboxUtilsGetGpuResource gave a list of more than 1024 files");
    }

    @ParameterizedTest
    @CsvSource({
        "nvSandboxUtilsGetGpuResource, 9, NVML_LIB_CALL (9)",
        "nvSandboxUtilsGetGpuResource, 65535, UNKNOWN (65535)",
        "nvSandboxUtilsGetFileContent, 11, FILEPATH_NOT_FOUND (11)"
    })
    void aFailedCallIsTheDevicesOwn(String function, int code, String told) {
        lines.add("file " + GPU + " 3 4 " + CARD_LINK);
        lines.add("fail " + function + " " + code);
        SandboxutilsFacts facts = facts();
        assertThat(facts.devices()).containsExactly(SandboxutilsDevice.failed(GPU, function + " answered " + told));
        assertThat(facts.driverVersion()).contains("580.1");
    }

    @Test
    void failuresOfTheSessionsOwnCallsAreKept() {
        lines.add("fail nvSandboxUtilsGetDriverVersion 9");
        lines.add("fail nvSandboxUtilsShutdown 1");
        SandboxutilsFacts facts = facts();
        assertThat(facts.driverVersion()).isEmpty();
        assertThat(facts.failures())
                .containsExactly(
                        "nvSandboxUtilsGetDriverVersion answered NVML_LIB_CALL (9)",
                        "nvSandboxUtilsShutdown answered UNINITIALIZED (1)");
        assertThat(facts.devices().get(0).gpu()).containsExactly("/dev/nvidia0");
    }

    @Test
    void missingFunctionsAreFailures() {
        SandboxutilsFacts facts = facts("WITHOUT_VERSION", "WITHOUT_RESOURCE");
        assertThat(facts.failures()).containsExactly("it has no nvSandboxUtilsGetDriverVersion");
        assertThat(facts.devices())
                .containsExactly(SandboxutilsDevice.failed(GPU, "it has no nvSandboxUtilsGetGpuResource"));
    }

    @Test
    void withoutASessionThereIsNothing() throws IOException {
        lines.add("fail nvSandboxUtilsInit 6");
        assertThat(reason(LONG)).isEqualTo("nvSandboxUtilsInit answered LIBRARY_LOAD (6)");
        assertThat(Files.readAllLines(log)).hasSize(1);
    }

    @Test
    void aCallThatHangsEndsTheSession() throws IOException {
        Path gate = Files.createFile(temp.resolve("gate"));
        lines.add("hang nvSandboxUtilsGetGpuResource " + gate);
        assertThat(reason(Duration.ofSeconds(1))).isEqualTo("nvSandboxUtilsGetGpuResource: no answer within 1.0 s");
        NvmlDouble.release(gate, "nvSandboxUtilsGetGpuResource");
    }

    @Test
    void aFileThatIsNoLibraryIsNotLoaded() throws IOException {
        Path library = Files.createDirectories(host.resolve("usr/lib64")).resolve("libnvidia-sandboxutils.so.1");
        Files.writeString(library, "no library");
        assertThat(reason(LONG))
                .isEqualTo("no libnvidia-sandboxutils.so.1 below driver root /; /usr/lib64/libnvidia-sandboxutils.so.1"
                        + " is of no use: not-elf");
    }

    /** Its calls could wake a driver that was left alone. */
    @Test
    void nobodyIsAskedWhereNvmlKnowsNoGpu() {
        nvml = DoubleConfig.empty().driver("580.1");
        assertThat(reason(LONG)).startsWith("NVML reports no GPU");
        assertThat(log).doesNotExist();
    }
}
