package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostStateTest {
    @TempDir
    Path root;

    @BeforeEach
    void host() {
        HostTree.layOut(root, """
                dir /usr/lib/x86_64-linux-gnu
                text /etc/ld.so.cache 1
                text /proc/devices Character devices:\\n195 nvidia\\n
                dir /proc/driver/nvidia/capabilities/gpu0/mig/gi2/ci0
                dir /sys/bus/pci/devices/0000:01:00.0
                dir /sys/bus/pci/drivers/nvidia
                dir /usr/bin
                dir /dev/dri
                dir /run
                """);
    }

    private ProbeRequest request() {
        Set<SectionKey<?>> sections = new HashSet<>(Mode.MOFED.sections());
        sections.add(SectionKey.WSL);
        return new ProbeRequest(
                root,
                new ProbeOptions("/", "/", List.of(), List.of(), Optional.empty()),
                List.of(),
                Optional.empty(),
                sections,
                List.of(new EngineSearch("podman", "podman", List.of("podman"), Optional.empty(), Optional.empty())),
                SpecLookup.NONE,
                false,
                false,
                Duration.ofSeconds(1),
                new NvmlLoader() {
                    @Override
                    public io.github.gpucdi.nvml.NvmlLibrary load(Path file) {
                        throw new AssertionError("NVML is not asked");
                    }

                    @Override
                    public io.github.gpucdi.nvml.NvmlLibrary loadBySoname() {
                        throw new AssertionError("NVML is not asked");
                    }
                },
                new LibraryLoader() {
                    @Override
                    public Dxcore loadDxcore(Path file) {
                        throw new AssertionError("libdxcore is not asked");
                    }

                    @Override
                    public Sandboxutils loadSandboxutils(String name) {
                        throw new AssertionError("libnvidia-sandboxutils is not asked");
                    }
                });
    }

    @Test
    void aHostThatStaysIsTheSame() {
        assertThat(HostState.look(request())).isEqualTo(HostState.look(request()));
        assertThat(HostState.look(request()).changedSince(HostState.look(request())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file /etc/nv_tegra_release",
                "text /etc/nvidia-container-runtime/host-files-for-container.d/devices.csv lib,/etc/y\\n",
                "file /etc/x",
            })
    void whatCsvFilesNameIsLookedAt(String item) {
        HostTree.layOut(
                root, "text /etc/nvidia-container-runtime/host-files-for-container.d/devices.csv lib,/etc/x\\n");
        ProbeRequest request = ProbeRequests.of(root, ProbeOptions.DEFAULT, Mode.CSV.sections());
        HostState before = HostState.look(request);
        HostTree.layOut(root, item);
        assertThat(HostState.look(request).changedSince(before)).containsExactly("what CSV files name");
        assertThat(HostState.look(request()).changedSince(before)).doesNotContain("what CSV files name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text /proc/driver/nvidia/version NVRM 1\\n | /proc/driver/nvidia/version | true",
                "text /sys/module/nvidia/version 1\\n | /sys/module/nvidia/version | true",
                "file /usr/lib/x86_64-linux-gnu/libcuda.so.1 | /usr/lib/x86_64-linux-gnu | true",
                "text /etc/ld.so.cache 22 | /etc/ld.so.cache | true",
                "dir /proc/driver/nvidia/capabilities/gpu0/mig/gi1/ci0 | /proc/driver/nvidia/capabilities | false",
                "dir /proc/driver/nvidia/capabilities/gpu0/mig/gi2/ci1 | /proc/driver/nvidia/capabilities | false",
                "dir /proc/driver/nvidia/capabilities/gpu1/mig | /proc/driver/nvidia/capabilities | false",
                "text /proc/devices 195 nvidia\\n511 nvidia-uvm\\n | /proc/devices | false",
                "dir /sys/bus/pci/devices/0000:02:00.0 | /sys/bus/pci/devices | false",
                "dir /sys/bus/pci/drivers/nvidia/0000:01:00.0 | /sys/bus/pci/drivers/nvidia | false",
                "exe /usr/bin/podman | /usr/bin/podman | false",
                "exe /usr/bin/crun | /usr/bin/crun | false",
                "exe /usr/bin/nvidia-cdi-hook | the hook program | false",
                "sock /run/nvidia-persistenced/socket | the driver's sockets | false",
                "link /dev/dri/by-path/pci-0000:01:00.0-card ../card0 | /dev | false",
                "file /dev/infiniband/uverbs0 | the nodes of mode mofed | false",
                "dir /usr/lib/wsl/drivers/nv_dispi.inf_amd64_1 | /usr/lib/wsl/drivers | false",
                "file /usr/lib/wsl/lib/libdxcore.so | /usr/lib/wsl/lib | false",
                "file /dev/dxg | /dev/dxg | false",
            })
    void aChangeIsSeenWhereItIs(String item, String place, boolean driver) {
        HostState before = HostState.look(request());
        HostTree.layOut(root, item);
        HostState after = HostState.look(request());
        assertThat(after.changedSince(before)).contains(place);
        assertThat(after.driver().equals(before.driver())).isEqualTo(!driver);
    }

    @Test
    void otherDriversDoNotCount() {
        HostState before = HostState.look(request());
        HostTree.layOut(root, "text /proc/devices Character devices:\\n 10 misc\\n195 nvidia\\n");
        assertThat(HostState.look(request())).isEqualTo(before);
    }

    @Test
    void aDriverIsLoadedOnceItsModuleIsThere() {
        assertThat(HostState.isDriverLoaded(request())).isFalse();
        HostTree.layOut(root, "text /sys/module/nvidia/version 1\\n");
        assertThat(HostState.isDriverLoaded(request())).isTrue();
    }
}
