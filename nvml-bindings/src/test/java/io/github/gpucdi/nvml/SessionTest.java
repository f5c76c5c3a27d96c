package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.nvmldouble.CallLog;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

    private static final long MIB = 1L << 20;

    @TempDir
    private Path directory;

    @Test
    void aHostTellsItsVersionsAndGpus() {
        try (Nvml nvml =
                Doubles.open(DoubleConfig.of(2, "l40s").driver("560.35.03").set("cuda", 12060))) {
            assertThat(nvml.driverVersion()).isEqualTo("560.35.03");
            assertThat(nvml.nvmlVersion()).contains("12.560.35.03");
            assertThat(nvml.cudaDriverVersion()).contains("12.6");
            assertThat(nvml.deviceCount()).isEqualTo(2);
        }
    }

    @Test
    void theGpusAreAStream() {
        try (Nvml nvml = Doubles.open(DoubleConfig.of(3, "t4"))) {
            assertThat(nvml.gpus()).extracting(Gpu::index).containsExactly(0, 1, 2);
            assertThat(nvml.gpus().flatMap(Gpu::migDevices)).isEmpty();
        }
        try (Nvml nvml = Doubles.open(DoubleConfig.empty())) {
            assertThat(nvml.gpus()).isEmpty();
        }
    }

    /** It is neither left out nor asked for before its turn. */
    @Test
    void aSickGpuEndsTheStream() {
        DoubleConfig config = DoubleConfig.of(3, "t4").gpu(1, "handle_code", 15);
        try (Nvml nvml = Doubles.open(config)) {
            assertThat(nvml.gpus().findFirst()).map(Gpu::index).contains(0);
            assertThatThrownBy(() -> nvml.gpus().toList())
                    .isInstanceOf(NvmlException.class)
                    .hasMessageContaining("(15)");
        }
        try (Nvml nvml = Doubles.open(config.fail("nvmlDeviceGetCount_v2", 999))) {
            assertThatThrownBy(nvml::gpus).isInstanceOf(NvmlException.class);
        }
    }

    @Test
    void aGpuTellsAll() {
        DoubleConfig config = DoubleConfig.empty()
                .gpu(0, "gb200")
                .gpu(0, "uuid", "GPU-0a1b2c3d-1111-2222-3333-444455556666")
                .gpu(0, "minor", 3)
                .gpu(0, "busid", "00010008:3B:1F.0")
                .gpu(0, "serial", "1320000000001")
                .gpu(0, "persistence", 1)
                .gpu(0, "display_active", 1)
                .gpu(0, "display_mode", 0)
                .gpu(0, "numa", 4)
                .gpu(0, "mig_pending", 1);
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.index()).isZero();
            assertThat(gpu.uuid()).isEqualTo("GPU-0a1b2c3d-1111-2222-3333-444455556666");
            assertThat(gpu.name()).isEqualTo("NVIDIA GB200");
            assertThat(gpu.minor()).isEqualTo(3);
            assertThat(gpu.pci())
                    .contains(new PciInfo("00010008:3B:1F.0", 0x10008, 0x3b, 0x1f, 0x294110DE, 0x134F10DE));
            assertThat(gpu.memory())
                    .contains(new MemoryInfo(189471 * MIB, (189471 - 512) * MIB, 12 * MIB, OptionalLong.of(500 * MIB)));
            assertThat(gpu.architecture()).contains("Blackwell");
            assertThat(gpu.brand()).contains("NVIDIA");
            assertThat(gpu.computeCapability()).map(Object::toString).contains("10.0");
            assertThat(gpu.serial()).contains("1320000000001");
            assertThat(gpu.persistenceMode()).contains(true);
            assertThat(gpu.displayActive()).contains(true);
            assertThat(gpu.displayMode()).contains(false);
            assertThat(gpu.numaNode()).isEqualTo(OptionalInt.of(4));
            assertThat(gpu.addressingMode()).contains(AddressingMode.ATS);
            assertThat(gpu.migMode()).contains(new MigMode(false, true));
        }
    }

    @Test
    void whatABoardLacksIsEmpty() {
        DoubleConfig config = DoubleConfig.of(1, "t4");
        for (String key :
                List.of("addressing", "persistence", "display_active", "display_mode", "numa", "memory", "arch")) {
            config.gpu(0, key, -1);
        }
        config.gpu(0, "serial", "-").fail("nvmlDeviceGetPciInfo_v3", 3).fail("nvmlDeviceGetBrand", 3);
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.addressingMode()).isEmpty();
            assertThat(gpu.persistenceMode()).isEmpty();
            assertThat(gpu.displayActive()).isEmpty();
            assertThat(gpu.displayMode()).isEmpty();
            assertThat(gpu.numaNode()).isEmpty();
            assertThat(gpu.memory()).isEmpty();
            assertThat(gpu.architecture()).isEmpty();
            assertThat(gpu.serial()).isEmpty();
            assertThat(gpu.pci()).isEmpty();
            assertThat(gpu.brand()).isEmpty();
            assertThat(gpu.migMode()).isEmpty();
            assertThat(gpu.maxMigDevices()).isZero();
        }
    }

    @Test
    void olderStructsAreAskedForWhenTheNewerIsUnknown() {
        DoubleConfig config =
                DoubleConfig.of(1, "l4").fail("nvmlDeviceGetMemoryInfo_v2", 25).fail("nvmlDeviceGetAddressingMode", 25);
        try (Nvml nvml = Doubles.open(config)) {
            assertThat(nvml.gpu(0).memory())
                    .contains(new MemoryInfo(23034 * MIB, (23034 - 512) * MIB, 512 * MIB, OptionalLong.empty()));
            assertThat(nvml.gpu(0).addressingMode()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(SymbolSet.class)
    void everyDriverBranchCanBeListed(SymbolSet set) {
        NvmlDouble.configure(DoubleConfig.of(2, "a100-40"));
        try (Nvml nvml = Nvml.open(Doubles.library(set))) {
            assertThat(nvml.deviceCount()).isEqualTo(2);
            Gpu gpu = nvml.gpu(1);
            assertThat(gpu.name()).isEqualTo("NVIDIA A100-SXM4-40GB");
            boolean legacyBusId = set == SymbolSet.DRIVER_340 || set == SymbolSet.PLAIN;
            assertThat(gpu.pciBusId()).contains(legacyBusId ? "0000:0F:00.0" : "00000000:0F:00.0");
            boolean mig = set.ordinal() >= SymbolSet.DRIVER_450.ordinal();
            assertThat(gpu.migMode()).isEqualTo(mig ? Optional.of(new MigMode(false, false)) : Optional.empty());
            assertThat(gpu.memory()).map(MemoryInfo::total).contains(40960 * MIB);
        }
    }

    @Test
    void plainNamesHideGpusThatMayNotBeOpened() {
        DoubleConfig config = DoubleConfig.of(3, "t4").gpu(1, "flags", "forbidden");
        NvmlDouble.configure(config);
        try (Nvml nvml = Nvml.open(Doubles.library(SymbolSet.PLAIN))) {
            assertThat(nvml.deviceCount()).isEqualTo(2);
            assertThat(nvml.gpu(1).minor()).isEqualTo(2);
        }
        try (Nvml nvml = Doubles.open(config)) {
            assertThat(nvml.deviceCount()).isEqualTo(3);
            assertThatThrownBy(() -> nvml.gpu(1)).hasMessageContaining("NO_PERMISSION (4)");
            assertThat(nvml.gpu(2).minor()).isEqualTo(2);
        }
    }

    @Test
    void aPlainInitFailsOverOneSickGpu() {
        NvmlDouble.configure(DoubleConfig.of(2, "t4").gpu(1, "flags", "lost"));
        assertThatThrownBy(() -> Nvml.open(Doubles.library(SymbolSet.PLAIN))).hasMessageContaining("GPU_IS_LOST (15)");
        try (Nvml nvml = Nvml.open(Doubles.library(SymbolSet.FULL))) {
            assertThat(nvml.gpu(0).minor()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"9,true", "18,true", "4,true", "12,true", "999,true", "28,false"})
    void aFailedInitIsThrownAndNotShutDown(int code, boolean fatal) {
        Path log = directory.resolve("calls");
        assertThatThrownBy(() -> Doubles.open(DoubleConfig.empty().log(log).fail("nvmlInit_v2", code)))
                .isInstanceOfSatisfying(NvmlException.class, e -> {
                    assertThat(e.call()).isEqualTo("nvmlInit_v2");
                    assertThat(e.answer().code()).isEqualTo(code);
                    assertThat(e.isFatal()).isEqualTo(fatal);
                });
        assertThat(CallLog.read(log).byFunction()).containsOnlyKeys("nvmlInit_v2");
    }

    @Test
    void notReadyIsAskedOnceMore() {
        Path log = directory.resolve("calls");
        DoubleConfig config = DoubleConfig.of(1, "t4")
                .log(log)
                .line("fail nvmlInit_v2 call=1 code=27")
                .line("fail nvmlDeviceGetUUID call=1 code=27")
                .line("fail nvmlDeviceGetMemoryInfo_v2 call=1 code=27")
                .line("fail nvmlDeviceGetMinorNumber always code=27");
        try (Nvml nvml = Doubles.open(config)) {
            assertThat(nvml.gpu(0).uuid()).startsWith("GPU-");
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.memory()).map(MemoryInfo::reserved).contains(OptionalLong.of(500 * MIB));
            assertThatThrownBy(gpu::minor).hasMessageContaining("NOT_READY (27)");
        }
        CallLog calls = CallLog.read(log);
        assertThat(calls.count("nvmlInit_v2")).isEqualTo(2);
        assertThat(calls.count("nvmlDeviceGetUUID")).isEqualTo(2);
        assertThat(calls.count("nvmlDeviceGetMinorNumber")).isEqualTo(2);
        assertThat(calls.open()).isZero();
    }

    @Test
    void aFailureIsThatOfItsCallAndItsGpuOnly() {
        DoubleConfig config = DoubleConfig.of(3, "t4")
                .fail("nvmlDeviceGetUUID", 1, 15)
                .line("fail nvmlDeviceGetName after=2 code=999");
        try (Nvml nvml = Doubles.open(config)) {
            assertThat(nvml.gpu(0).uuid()).startsWith("GPU-");
            assertThatThrownBy(() -> nvml.gpu(1).uuid())
                    .isInstanceOfSatisfying(
                            NvmlException.class, e -> assertThat(e.answer()).isEqualTo(NvmlReturn.GPU_IS_LOST));
            assertThat(nvml.gpu(2).uuid()).startsWith("GPU-");
            assertThat(nvml.gpu(0).name()).isEqualTo("Tesla T4");
            assertThat(nvml.gpu(1).name()).isEqualTo("Tesla T4");
            assertThatThrownBy(() -> nvml.gpu(2).name()).hasMessageContaining("UNKNOWN (999)");
        }
    }

    @Test
    void poisonLeftByAFailureIsNotRead() {
        DoubleConfig config = DoubleConfig.of(1, "gb200")
                .layout(0, "1g.23gb")
                .fail("nvmlDeviceGetMemoryInfo_v2", 3)
                .fail("nvmlDeviceGetMemoryInfo", 3)
                .fail("nvmlDeviceGetPciInfo_v3", 3)
                .fail("nvmlDeviceGetMigMode", 3)
                .fail("nvmlDeviceGetCudaComputeCapability", 3)
                .fail("nvmlDeviceGetAddressingMode", 3)
                .fail("nvmlDeviceGetAttributes_v2", 3)
                .fail("nvmlDeviceGetSerial", 14)
                .fail("nvmlSystemGetNVMLVersion", 3)
                .fail("nvmlDeviceGetMaxMigDeviceCount", 3);
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.memory()).isEmpty();
            assertThat(gpu.pci()).isEmpty();
            assertThat(gpu.migMode()).isEmpty();
            assertThat(gpu.computeCapability()).isEmpty();
            assertThat(gpu.addressingMode()).isEmpty();
            assertThat(gpu.serial()).isEmpty();
            assertThat(gpu.maxMigDevices()).isZero();
            assertThat(nvml.nvmlVersion()).isEmpty();
            assertThat(gpu.migDevice(0).orElseThrow().attributes()).isEmpty();
        }
    }

    @Test
    void textWithoutEndStaysInItsBuffer() {
        try (Nvml nvml = Doubles.open(DoubleConfig.of(1, "t4").line("text nvmlDeviceGetName gpu=0 unterminated"))) {
            assertThat(nvml.gpu(0).name()).hasSize(96).startsWith("Tesla T4x");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {95, 96, 200, 700})
    void longTextIsReadWithALargerBuffer(int length) {
        try (Nvml nvml = Doubles.open(DoubleConfig.of(1, "t4").line("text nvmlDeviceGetName long=" + length))) {
            assertThat(nvml.gpu(0).name())
                    .hasSize(length)
                    .startsWith("Tesla T4xx")
                    .endsWith("x");
        }
    }

    @Test
    void textThatIsStillTooLongIsAnError() {
        try (Nvml nvml = Doubles.open(DoubleConfig.of(1, "t4").line("text nvmlDeviceGetUUID long=5000"))) {
            assertThatThrownBy(() -> nvml.gpu(0).uuid()).hasMessageContaining("INSUFFICIENT_SIZE (7)");
        }
    }

    @Test
    void devicesAreFoundByUuid() {
        DoubleConfig config = DoubleConfig.of(2, "a100-40").layout(1, "1g.5gb", "2g.10gb");
        try (Nvml nvml = Doubles.open(config)) {
            Gpu gpu = nvml.gpu(1);
            MigDevice mig = gpu.migDevice(1).orElseThrow();
            assertThat(nvml.device(gpu.uuid()))
                    .get()
                    .isInstanceOfSatisfying(
                            Gpu.class, found -> assertThat(found.index()).isEqualTo(1));
            assertThat(nvml.device(mig.uuid())).get().isInstanceOfSatisfying(MigDevice.class, found -> {
                assertThat(found.index()).isEqualTo(1);
                assertThat(found.gpu().index()).isEqualTo(1);
                assertThat(found.name()).isEqualTo("NVIDIA A100-SXM4-40GB MIG 2g.10gb");
            });
            assertThat(nvml.device("GPU-00000000-0000-0000-0000-000000000000")).isEmpty();
            assertThat(nvml.device("nonsense")).isEmpty();
        }
    }

    @Test
    void closingTwiceShutsDownOnce() {
        Path log = directory.resolve("calls");
        Nvml nvml = Doubles.open(DoubleConfig.of(1, "t4").log(log));
        nvml.gpu(0);
        nvml.close();
        nvml.close();
        CallLog calls = CallLog.read(log);
        assertThat(calls.count("nvmlShutdown")).isEqualTo(1);
        assertThat(calls.open()).isZero();
        assertThat(calls.overlaps()).isZero();
        assertThat(calls.totals()).last().satisfies(total -> {
            assertThat(total.attached()).isEqualTo(1);
            assertThat(total.failed()).isZero();
        });
    }
}
