package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityProbeTest {
    @TempDir
    Path host;

    private CapabilityProbe probe(String tree) {
        HostTree.layOut(host, tree);
        return new CapabilityProbe(RootedFs.host(host));
    }

    @Test
    void theLiveFileTellsFirst() {
        CapabilityProbe probe = probe("""
                text /proc/driver/nvidia/capabilities/gpu1/mig/gi2/access DeviceFileMinor: 1000\\nDeviceFileMode: 292\\nDeviceFileModify: 1\\n
                text /proc/driver/nvidia/capabilities/gpu1/mig/gi2/ci0/access DeviceFileMode: 292\\nDeviceFileMinor: 1001\\n
                text /proc/driver/nvidia/capabilities/gpu1/mig/gi3/access DeviceFileMinor:\\n
                text /proc/driver/nvidia-caps/mig-minors gpu1/gi2/access 12\\ngpu1/gi2/ci0/access 13\\ngpu1/gi3/access 21\\n
                """);

        assertThat(probe.gpuInstance(1, 2)).hasValue(1000);
        assertThat(probe.computeInstance(1, 2, 0)).hasValue(1001);
        assertThat(probe.gpuInstance(1, 3)).hasValue(21);
        assertThat(probe.computeInstance(1, 3, 0)).isEmpty();
        assertThat(probe.gpuInstance(0, 2)).isEmpty();
    }

    @Test
    void withoutEitherFileThereIsNoNumber() {
        assertThat(probe("dir /proc").gpuInstance(0, 0)).isEmpty();
    }

    @Test
    void linesOfTheTableThatAreNoneArePassedOver() {
        assertThat(CapabilityProbe.parseTable("""
                config 1
                monitor 2
                gpu0/gi0/access 3
                gpu0/gi1/access  4
                gpu0/gi2/access five
                gpu0/gi3/access -6
                gpu0/gi4/access 7 8
                gpu0/gi5/access 99999999999999999999

                 9
                gpu0/gi0/access 10""")).isEqualTo(Map.of("config", 1, "monitor", 2, "gpu0/gi0/access", 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DeviceFileMinor:", "DeviceFileMinor: x", "DeviceFileMinor: 12345678901", "Minor: 4"})
    void noNumberIsNone(String text) {
        assertThat(CapabilityProbe.deviceFileMinor(text)).isEqualTo(OptionalInt.empty());
    }

    @Test
    void aNumberHasAtMostNineDigits() {
        assertThat(CapabilityProbe.deviceFileMinor("DeviceFileMinor: 999999999\n"))
                .hasValue(999_999_999);
        assertThat(CapabilityProbe.deviceFileMinor("DeviceFileMinor: 0\n")).hasValue(0);
        assertThat(CapabilityProbe.deviceFileMinor("DeviceFileMinor: 1000000000\n"))
                .isEmpty();
        assertThat(CapabilityProbe.deviceFileMinor("DeviceFileMinor: 1:\n")).isEmpty();
    }
}
