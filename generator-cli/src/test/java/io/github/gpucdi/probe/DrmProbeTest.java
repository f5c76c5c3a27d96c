package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrmProbeTest {
    @TempDir
    Path host;

    private List<String> names(String busId) {
        return new DrmProbe(RootedFs.host(host)).names(busId).orElseThrow();
    }

    @Test
    void theNodesOfTheGpuAtThatAddress() throws IOException {
        HostTree.layOut(host, """
                dir /sys/devices/pci/0000:65:00.0/drm/renderD128
                dir /sys/devices/pci/0000:65:00.0/drm/card1
                link /sys/bus/pci/devices/0000:65:00.0 ../../../devices/pci/0000:65:00.0
                dir /sys/bus/pci/devices/0000:66:00.0/drm/card2
                dir /sys/bus/pci/devices/0000:67:00.0
                """);
        Files.createDirectory(host.resolve("sys/bus/pci/devices/0000:66:00.0/drm/a\nb"));
        assertThat(names("00000000:65:00.0")).containsExactly("card1", "renderD128");
        assertThat(names("00000000:66:00.0")).containsExactly("card2");
        assertThat(names("00000000:67:00.0")).isEmpty();
        assertThat(names("00000000:68:00.0")).isEmpty();
    }

    /** There may be some, for all that is known. */
    @Test
    void aDirectoryThatNobodyMayReadIsNotEmpty() throws IOException {
        HostTree.layOut(host, "dir /sys/bus/pci/devices/0000:65:00.0/drm 000");
        boolean allowed =
                host.resolve("sys/bus/pci/devices/0000:65:00.0/drm").toFile().list() != null;
        assertThat(new DrmProbe(RootedFs.host(host)).names("00000000:65:00.0"))
                .isEqualTo(allowed ? Optional.of(List.of()) : Optional.empty());
    }

    /** Whatever NVML may say: nothing beside the devices is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../devices", "/"})
    void whatIsNoAddressHasNone(String busId) {
        HostTree.layOut(host, "dir /sys/bus/pci/drm/card1\ndir /sys/bus/pci/devices/drm/card2");
        assertThat(names(busId)).isEmpty();
    }
}
