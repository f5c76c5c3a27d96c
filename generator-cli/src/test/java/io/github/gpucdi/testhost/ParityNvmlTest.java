package io.github.gpucdi.testhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.nvml.Gpu;
import io.github.gpucdi.nvml.MigDevice;
import io.github.gpucdi.nvml.MigProfile;
import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.PciInfo;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityNvmlTest {

    @TempDir
    private static Path libraries;

    @Test
    void aCaseIsPlayedAsWritten() {
        NvmlDouble.configure(ParityNvml.parse(List.of(
                "driver 560.35.03",
                "gpu GPU-aaaaaaaa-0000-1111-2222-333333333333 1 00000000:17:00.0 81920 1 0 0 NVIDIA A100-SXM4-80GB",
                "gpu GPU-bbbbbbbb-0000-1111-2222-333333333333 0 00000000:CA:00.0 81920 -1 -1 15 NVIDIA L4 With Name",
                "mig 0 4 MIG-aaaaaaaa-0003-5222-8333-444444444401 9 2 3 2 40192 2 9 2c.3g.40gb",
                "",
                "# nothing",
                "latency_us = 1",
                "fail nvmlDeviceGetSerial code=3")));
        Path file = NvmlDouble.build(libraries.resolve("libnvidia-ml.so.1"), "1.2.3", SymbolSet.FULL);
        try (Nvml nvml = Nvml.open(JnaNvmlLibrary.load(file))) {
            assertThat(nvml.driverVersion()).isEqualTo("560.35.03");
            assertThat(nvml.deviceCount()).isEqualTo(2);
            Gpu gpu = nvml.gpu(0);
            assertThat(gpu.uuid()).isEqualTo("GPU-aaaaaaaa-0000-1111-2222-333333333333");
            assertThat(gpu.minor()).isEqualTo(1);
            assertThat(gpu.name()).isEqualTo("NVIDIA A100-SXM4-80GB");
            assertThat(gpu.pci()).map(PciInfo::busId).contains("00000000:17:00.0");
            assertThat(gpu.serial()).isEmpty();
            assertThat(gpu.maxMigDevices()).isEqualTo(7);
            assertThat(gpu.migDevice(3)).isEmpty();
            MigDevice mig = gpu.migDevice(4).orElseThrow();
            assertThat(mig.uuid()).isEqualTo("MIG-aaaaaaaa-0003-5222-8333-444444444401");
            assertThat(mig.gpuInstanceId()).isEqualTo(9);
            assertThat(mig.computeInstanceId()).isEqualTo(2);
            assertThat(mig.profile()).map(MigProfile::text).contains("2c.3g.40gb");
            assertThatThrownBy(() -> nvml.gpu(1)).hasMessageContaining("GPU_IS_LOST (15)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "gpu GPU-1 0", "mig 0 0", "gpus 7", "mig 0 x u 1 1 1 1 1 1 1 1g.5gb"})
    void anotherLineIsRefused(String line) {
        assertThatThrownBy(() -> ParityNvml.parse(List.of(line))).isInstanceOf(IllegalArgumentException.class);
    }
}
