package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.CallLog;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Well and sick GPUs as the NVML double plays them. */
class NvmlProbeTest {
    private static final String[] SEVEN = {"1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb", "1g.5gb"};

    @TempDir
    Path temp;

    private Path host;
    private Path log;

    @BeforeEach
    void makeHost() throws IOException {
        host = Files.createDirectory(temp.resolve("host"));
        log = temp.resolve("log");
    }

    private HostSnapshot probe(DoubleConfig config, boolean details, Duration timeout) {
        NvmlDouble.configure(config.log(log));
        if (!Files.exists(host.resolve("usr/lib64/libnvidia-ml.so.1"))) {
            NvmlDouble.buildIn(host.resolve("usr/lib64"), "550.1");
            HostTree.layOut(host, "link /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.550.1");
        }
        return HostProbe.probe(ProbeRequests.nvml(host, ProbeRequests.TREE_ONLY, details, timeout));
    }

    private NvmlFacts facts(DoubleConfig config) {
        return probe(config, false, Duration.ofSeconds(60))
                .get(SectionKey.NVML)
                .data()
                .orElseThrow();
    }

    @Test
    void fiftySixMigDevicesTakeFewCalls() {
        DoubleConfig config = DoubleConfig.of(8, "a100-40");
        for (int gpu = 0; gpu < 8; gpu++) {
            config.layout(gpu, SEVEN);
        }
        NvmlFacts facts = facts(config);

        assertThat(facts.gpus()).hasSize(8).allSatisfy(gpu -> {
            assertThat(gpu.migEnabled()).isTrue();
            assertThat(gpu.migDevices()).hasSize(7).allSatisfy(device -> {
                assertThat(device.failure()).isEmpty();
                assertThat(device.profile()).contains("1g.5gb");
                assertThat(device.uuid()).startsWith("MIG-");
            });
        });
        CallLog calls = CallLog.read(log);
        assertThat(calls.badLines()).isEmpty();
        assertThat(calls.calls()).hasSizeLessThanOrEqualTo(349);
        assertThat(calls.count("nvmlInit_v2")).isEqualTo(1);
        assertThat(calls.open()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "nvmlDeviceGetHandleByIndex_v2, 15, GPU_IS_LOST",
        "nvmlDeviceGetUUID, 999, UNKNOWN",
        "nvmlDeviceGetMigMode, 17, OPERATING_SYSTEM",
        "nvmlDeviceGetMigMode, 6, NOT_FOUND",
        "nvmlDeviceGetMinorNumber, 3, NOT_SUPPORTED"
    })
    void aSickGpuIsToldAndTheOthersToo(String call, int code, String text) {
        NvmlFacts facts = facts(DoubleConfig.of(3, "a100-40").fail(call, 1, code));

        assertThat(facts.failure()).isEmpty();
        assertThat(facts.gpus()).extracting(Gpu::index).containsExactly(0, 1, 2);
        assertThat(facts.gpus())
                .extracting(Gpu::failure)
                .containsExactly(Optional.empty(), Optional.of(new NvmlFailure(call, code, text)), Optional.empty());
        assertThat(facts.gpus().get(2).uuid()).startsWith("GPU-");
    }

    @Test
    void aGpuWithoutPciIsWell() {
        NvmlFacts facts = facts(DoubleConfig.of(1, "a100-40").fail("nvmlDeviceGetPciInfo_v3", 3));

        assertThat(facts.gpus().get(0).failure()).isEmpty();
        assertThat(facts.gpus().get(0).pciBusId()).isEmpty();
    }

    @Test
    void aSickMigDeviceIsToldAndTheOthersToo() {
        NvmlFacts facts = facts(
                DoubleConfig.of(1, "a100-40").layout(0, SEVEN).line("fail nvmlDeviceGetUUID gpu=0 mig=3 code=15"));

        List<MigDevice> devices = facts.gpus().get(0).migDevices();
        assertThat(devices).extracting(MigDevice::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(devices.get(3).failure()).contains(new NvmlFailure("nvmlDeviceGetUUID", 15, "GPU_IS_LOST"));
        assertThat(devices.get(4).failure()).isEmpty();
    }

    @Test
    void aFailureOfTheAddressingModeIsNotTheGpus() {
        NvmlFacts facts = facts(DoubleConfig.of(2, "a100-40").fail("nvmlDeviceGetAddressingMode", 0, 999));

        assertThat(facts.gpus().get(0).failure()).isEmpty();
        assertThat(facts.gpus().get(0).addressingFailure())
                .contains(new NvmlFailure("nvmlDeviceGetAddressingMode", 999, "UNKNOWN"));
        assertThat(facts.gpus().get(0).addressingMode()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, DRIVER_NOT_LOADED", "18, LIB_RM_VERSION_MISMATCH", "999, UNKNOWN"})
    void initialisationThatFails(int code, String text) {
        HostSnapshot snapshot =
                probe(DoubleConfig.of(1, "a100-40").fail("nvmlInit_v2", code), false, Duration.ofSeconds(60));

        NvmlFacts facts = snapshot.get(SectionKey.NVML).data().orElseThrow();
        assertThat(facts.failure()).contains(new NvmlFailure("nvmlInit_v2", code, text));
        assertThat(facts.gpus()).isEmpty();
        assertThat(snapshot.get(SectionKey.DRIVER).data().orElseThrow())
                .isEqualTo(new DriverVersion(
                        Optional.of("550.1"), DriverVersion.Source.FILE_NAME, Optional.empty(), List.of("550.1")));
    }

    @Test
    void noGpuAtInitialisationIsAnEmptyHost() {
        NvmlFacts facts = facts(DoubleConfig.empty().fail("nvmlInit_v2", 28));

        assertThat(facts.failure()).isEmpty();
        assertThat(facts.gpus()).isEmpty();
    }

    @Test
    void theCountThatFailsLeavesTheVersion() {
        NvmlFacts facts = facts(DoubleConfig.of(1, "a100-40").driver("550.1").fail("nvmlDeviceGetCount_v2", 999));

        assertThat(facts.failure()).contains(new NvmlFailure("nvmlDeviceGetCount_v2", 999, "UNKNOWN"));
        assertThat(facts.driverVersion()).contains("550.1");
    }

    @Test
    void aCallThatHangsIsNamed() throws IOException {
        Path hanging = Files.createFile(temp.resolve("hanging"));
        try {
            NvmlFacts facts = probe(
                            DoubleConfig.of(1, "a100-40").hang("nvmlDeviceGetName", hanging),
                            false,
                            Duration.ofSeconds(1))
                    .get(SectionKey.NVML)
                    .data()
                    .orElseThrow();

            assertThat(facts.failure()).contains(new NvmlFailure("nvmlDeviceGetName", 10, "no answer within 1.0 s"));
        } finally {
            NvmlDouble.release(hanging);
        }
    }

    /** Whatever call hangs, it is the one that is named; nothing of a host half known is told as all there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvmlInit_v2",
                "nvmlSystemGetDriverVersion",
                "nvmlDeviceGetCount_v2",
                "nvmlDeviceGetHandleByIndex_v2",
                "nvmlDeviceGetUUID",
                "nvmlDeviceGetMigMode",
                "nvmlDeviceGetMinorNumber",
                "nvmlDeviceGetPciInfo_v3",
                "nvmlDeviceGetAddressingMode",
                "nvmlDeviceGetMaxMigDeviceCount",
                "nvmlDeviceGetMigDeviceHandleByIndex",
                "nvmlDeviceGetGpuInstanceId",
                "nvmlDeviceGetComputeInstanceId",
                "nvmlShutdown"
            })
    void anyCallMayHang(String call) throws IOException {
        Path hanging = Files.createFile(temp.resolve("hanging"));
        // What is loaded and built at first use takes its time now.
        facts(DoubleConfig.of(1, "a100-40").layout(0, "1g.5gb"));
        try {
            DoubleConfig config =
                    DoubleConfig.of(1, "a100-40").layout(0, "1g.5gb").hang(call, hanging);
            NvmlFacts facts = probe(config, false, Duration.ofSeconds(1))
                    .get(SectionKey.NVML)
                    .data()
                    .orElseThrow();

            assertThat(facts.failure()).contains(new NvmlFailure(call, 10, "no answer within 1.0 s"));
            assertThat(facts.gpus()).isEmpty();
        } finally {
            NvmlDouble.release(hanging);
        }
    }

    @Test
    void readingTheKernelsFilesIsBoundedAsCallsAre() {
        DoubleConfig config = DoubleConfig.of(1, "a100-40").layout(0, "1g.5gb");
        NvmlDouble.configure(config);
        NvmlLibrary nvml = JnaNvmlLibrary.load(NvmlDouble.buildIn(host.resolve("usr/lib64"), "550.1"));
        List<String> steps = new ArrayList<>();
        NvmlLibrary watched = new NvmlLibrary() {
            @Override
            public int call(NvmlFunction function, Object... arguments) {
                return nvml.call(function, arguments);
            }

            @Override
            public <T> T step(String what, Supplier<? extends T> work) {
                steps.add(what);
                return work.get();
            }
        };
        try (Nvml session = Nvml.open(watched)) {
            new GpuReader(session, RootedFs.host(host), false).read(0);
        }

        assertThat(steps)
                .containsExactly(
                        "reading /sys/bus/pci/devices",
                        "reading /proc/driver/nvidia/capabilities",
                        "reading /proc/driver/nvidia/capabilities");
    }

    /** A GPU that goes is left out, whenever it goes; the others stay. */
    @Test
    void aGpuThatGoesBetweenTwoCalls() {
        for (String call : List.of(
                "nvmlDeviceGetUUID",
                "nvmlDeviceGetMigMode",
                "nvmlDeviceGetMinorNumber",
                "nvmlDeviceGetMaxMigDeviceCount")) {
            DoubleConfig config = DoubleConfig.of(2, "a100-40").layout(1, "1g.5gb");
            NvmlFacts facts = facts(config.line("fail " + call + " gpu=1 code=15"));

            assertThat(facts.gpus().get(0).failure()).isEmpty();
            assertThat(facts.gpus().get(1).failure()).contains(new NvmlFailure(call, 15, "GPU_IS_LOST"));
            assertThat(facts.gpus().get(1).migDevices()).isEmpty();
        }
    }

    @Test
    void detailsOnlyIfAskedFor() {
        DoubleConfig config = DoubleConfig.of(1, "a100-40");
        Gpu without = facts(config).gpus().get(0);
        NvmlFacts with = probe(config, true, Duration.ofSeconds(60))
                .get(SectionKey.NVML)
                .data()
                .orElseThrow();

        assertThat(without.details()).isEqualTo(Section.notProbed());
        GpuDetails details = with.gpus().get(0).details().data().orElseThrow();
        assertThat(details.architecture()).contains("Ampere");
        assertThat(details.computeCapability()).contains("8.0");
        assertThat(details.memoryBytes().orElse(0)).isGreaterThan(30L << 30);
        assertThat(with.nvmlVersion()).isPresent();
        assertThat(with.cudaDriverVersion().orElse(0)).isGreaterThan(10_000);
    }

    @Test
    void aDetailThatFailsIsNoReasonToLeaveAGpuOut() {
        NvmlFacts facts = probe(
                        DoubleConfig.of(1, "a100-40").fail("nvmlDeviceGetSerial", 999), true, Duration.ofSeconds(60))
                .get(SectionKey.NVML)
                .data()
                .orElseThrow();

        assertThat(facts.gpus().get(0).failure()).isEmpty();
        assertThat(facts.gpus().get(0).details().data().orElseThrow().serial()).isEmpty();
    }

    @Test
    void aLibraryThatCannotBeLoadedIsAbsentWithTheLoadersWords() {
        HostTree.layOut(host, "lib /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.1");
        NvmlLoader refusing = new NvmlLoader() {
            @Override
            public NvmlLibrary load(Path file) {
                throw new NvmlException("dlopen", 12, file + ": no room");
            }

            @Override
            public NvmlLibrary loadBySoname() {
                throw new AssertionError("one was found");
            }
        };

        Section<NvmlFacts> nvml =
                HostProbe.probe(ProbeRequests.nvml(host, refusing, false)).get(SectionKey.NVML);

        assertThat(nvml)
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .startsWith("cannot load /usr/lib64/libnvidia-ml.so.1: ")
                                .contains("no room"));
    }

    @Test
    void aLibraryWithoutTheSymbolsFailsAtInitialisation() {
        HostTree.layOut(host, "lib /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.1");

        NvmlFacts facts = HostProbe.probe(ProbeRequests.of(host, ProbeOptions.DEFAULT))
                .get(SectionKey.NVML)
                .data()
                .orElseThrow();

        assertThat(facts.failure()).contains(new NvmlFailure("nvmlInit_v2", 13, "FUNCTION_NOT_FOUND"));
    }

    @Test
    void theCudaVersionAsNvmlNumbersIt() {
        assertThat(NvmlProbe.cudaNumber(Optional.of("12.6"))).isEqualTo(OptionalInt.of(12060));
        assertThat(NvmlProbe.cudaNumber(Optional.empty())).isEmpty();
    }

    /** The one MIG device that takes the whole GPU is GPU instance 0. */
    @Test
    void instanceNumber0IsOne() {
        DoubleConfig config = DoubleConfig.of(1, "a100-40").layout(0, "7g.40gb");
        MigDevice mig = facts(config.mig(0, 0, "gi", 0).mig(0, 0, "ci", 0))
                .gpus()
                .get(0)
                .migDevices()
                .get(0);
        assertThat(mig.failure()).isEmpty();
        assertThat(mig.gpuInstance()).isZero();
        assertThat(mig.computeInstance()).isZero();
    }

    @Test
    void aMigDeviceWhoseUuidIsNoneIsToldAndTheOthersToo() {
        DoubleConfig config = DoubleConfig.of(1, "a100-40").layout(0, "1g.5gb", "1g.5gb");
        List<MigDevice> devices =
                facts(config.mig(0, 1, "uuid", "MIG_?")).gpus().get(0).migDevices();
        assertThat(devices.get(0).failure()).isEmpty();
        assertThat(devices.get(1).failure().orElseThrow().sentence()).isEqualTo("nvmlDeviceGetUUID answered 'MIG_?'");
        assertThat(devices.get(1).uuid()).isEmpty();
    }

    @Test
    void aVersionThatNoFileHasIsNone() {
        assertThat(facts(DoubleConfig.of(1, "a100-40").driver("rolling")).driverVersion())
                .isEmpty();
    }

    @Test
    void aFailureThatEndsAllIsTold() {
        NvmlFacts facts = facts(DoubleConfig.of(2, "a100-40").fail("nvmlDeviceGetHandleByIndex_v2", 1, 20));

        assertThat(facts.failure()).contains(new NvmlFailure("nvmlDeviceGetHandleByIndex_v2", 20, "MEMORY"));
        assertThat(new NvmlException("x", 20, "").isFatal()).isTrue();
    }
}
