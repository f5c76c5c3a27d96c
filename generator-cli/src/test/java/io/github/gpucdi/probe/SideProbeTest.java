package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found beside the GPUs, and what has their names and is none. */
class SideProbeTest {
    private static final NvmlLoader NEVER = new NvmlLoader() {
        @Override
        public NvmlLibrary load(Path file) {
            throw new AssertionError("NVML is not needed");
        }

        @Override
        public NvmlLibrary loadBySoname() {
            throw new AssertionError("NVML is not needed");
        }
    };

    @TempDir
    Path root;

    private Section<SideDevices> probe(SectionKey<SideDevices> key, ProbeOptions options) {
        HostSnapshot snapshot =
                HostProbe.probe(ProbeRequests.of(root, options, Set.of(key)).with(NEVER));
        assertThat(snapshot.sections().keySet()).containsExactly(key);
        return snapshot.get(key);
    }

    private SideDevices found(SectionKey<SideDevices> key) {
        return probe(key, ProbeOptions.DEFAULT).data().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GDS | there is no /dev/nvidia-fs*",
                "GDRCOPY | there is no /dev/gdrdrv",
                "MOFED | there is no /dev/infiniband/uverbs* and no /dev/infiniband/rdma_cm",
                "NVSWITCH | there is no /dev/nvidia-nvswitch*",
            })
    void whereNothingIsFoundTheReasonIsWhatWasLookedFor(Mode mode, String reason) {
        HostTree.layOut(root, "dir /dev/infiniband\nfile /dev/nvidia-fake\nfile /dev/infiniband/umad0");
        assertThat(probe(mode.side().orElseThrow(), ProbeOptions.DEFAULT)).isEqualTo(Section.absent(reason));
    }

    @Test
    void rootsAreInWhatIsSaidAndNotInPathsOfNodes() {
        HostTree.layOut(root, "dir /drv/dev");
        assertThat(probe(SectionKey.GDRCOPY, ProbeRequests.driverRoot("/drv")))
                .isEqualTo(Section.absent("there is no /drv/dev/gdrdrv"));
    }

    @Test
    void whatIsNoDeviceNodeIsNamed() {
        HostTree.layOut(root, """
                dir /dev/nvidia-nvswitch0
                file /dev/nvidia-nvswitch1
                link /dev/nvidia-nvswitch2 /dev/null
                fifo /dev/nvidia-nvswitchctl
                """);
        SideDevices found = found(SectionKey.NVSWITCH);
        assertThat(found.nodes()).isEmpty();
        assertThat(found.rejected())
                .containsExactly(
                        "/dev/nvidia-nvswitch0 is a directory, not a device node",
                        "/dev/nvidia-nvswitch1 is a file, not a device node",
                        "/dev/nvidia-nvswitch2 is a symbolic link, not a device node",
                        "/dev/nvidia-nvswitchctl is a file, not a device node");
    }

    @Test
    void nodesHaveNumbersModesAndGroups() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(root, """
                chr /dev/infiniband/uverbs1 231 193 660 0 44
                chr /dev/infiniband/umad1 231 1 600
                chr /dev/infiniband/rdma_cm 10 122 666
                """);
        SideDevices found = found(SectionKey.MOFED);
        assertThat(found.nodes())
                .containsExactly(
                        new CharNode("/dev/infiniband/rdma_cm", 10, 122, 0666, 0, 0),
                        new CharNode("/dev/infiniband/uverbs1", 231, 193, 0660, 0, 44));
        assertThat(found.rejected()).isEmpty();
    }

    @Test
    void aNameThatNoSpecCanCarryIsNamedEscaped() throws Exception {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(root, "chr /dev/nvidia-fs0 240 0 666");
        java.nio.file.Files.move(root.resolve("dev/nvidia-fs0"), root.resolve("dev/nvidia-fs\n0"));
        assertThat(found(SectionKey.GDS).rejected())
                .containsExactly("/dev/nvidia-fs\\x0a0 is a device node whose name no spec can carry");
    }

    @Test
    void filesOfStorageAreTakenWithItsNodesOnly() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(root, """
                file /drv/etc/cufile.json
                dir /srv/udev
                link /drv/run/udev /srv/udev
                dir /drv/srv/udev
                dir /drv/dev/nvidia-fs0
                """);
        assertThat(probe(SectionKey.GDS, ProbeRequests.driverRoot("/drv"))
                        .data()
                        .orElseThrow()
                        .files())
                .isEmpty();
        HostTree.layOut(root, "chr /drv/dev/nvidia-fs1 240 1 600");
        assertThat(probe(SectionKey.GDS, ProbeRequests.driverRoot("/drv"))
                        .data()
                        .orElseThrow()
                        .files())
                .containsExactly(
                        side("cufile.json", "/drv/etc/cufile.json", Optional.empty()),
                        side("udev", "/drv/run/udev", Optional.of("/drv/srv/udev")));
    }

    private static FoundFile side(String name, String path, Optional<String> resolved) {
        return new FoundFile(FoundFile.Role.SIDE, name, path, resolved, List.of());
    }
}
