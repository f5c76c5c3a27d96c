package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Library;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs without hooks: every name that a program opens a library by is a mount, in both library directories. */
class HookFreeTest {
    private static final Wanted NONE = Wanted.hooks(HooksPolicy.NONE);
    private static final List<String> BOTH = List.of("/usr/lib/x86_64-linux-gnu/", "/usr/lib64/");

    /** The host path behind each container path that ends like this. */
    private static List<String> behind(CdiSpec spec, String containerPath) {
        return spec.containerEdits().mounts().stream()
                .filter(mount -> mount.containerPath().equals(containerPath))
                .map(Mount::hostPath)
                .toList();
    }

    private static void assertInBoth(CdiSpec spec, String name, String hostPath) {
        for (String directory : BOTH) {
            assertThat(behind(spec, directory + name)).as(directory + name).containsExactly(hostPath);
        }
    }

    private static void assertNowhere(CdiSpec spec, String ending) {
        assertThat(spec.containerEdits().mounts())
                .noneMatch(mount -> mount.containerPath().endsWith(ending));
    }

    @Test
    void aLibraryHasItsRealNameItsSonameAndItsDevelopmentName() throws Exception {
        DataHost host = DataHost.with(1)
                .library(
                        Library.Role.DRIVER,
                        "libnvcuvid.so." + DataHost.VERSION,
                        "libnvcuvid.so.1",
                        "libnvcuvid.so.1",
                        "libnvcuvid.so");
        CdiSpec spec = host.spec(NONE);
        for (String name : List.of("libnvcuvid.so." + DataHost.VERSION, "libnvcuvid.so.1", "libnvcuvid.so")) {
            assertInBoth(spec, name, host.lib + "/libnvcuvid.so." + DataHost.VERSION);
        }
        assertInBoth(spec, "libcuda.so", host.lib + "/libcuda.so." + DataHost.VERSION);
        assertNowhere(spec, "/libnvidia-ml.so");
        assertThat(spec.containerEdits().hooks()).isEmpty();
    }

    @Test
    void aSonameNeedsNoLinkOnTheHost() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.EGL_PLATFORM, "libnvidia-egl-gbm.so.1.1.2", "libnvidia-egl-gbm.so.1");
        assertInBoth(host.spec(NONE), "libnvidia-egl-gbm.so.1", host.lib + "/libnvidia-egl-gbm.so.1.1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/ld.so.preload", "/etc/passwd", "a/b.so.1", "..", ".", "/"})
    void aSonameThatLeadsElsewhereIsIgnored(String soname) throws Exception {
        DataHost host = DataHost.with(1).library(Library.Role.DRIVER, "libx.so." + DataHost.VERSION, soname);
        CdiSpec with = host.spec(NONE);
        CdiSpec without = DataHost.with(1)
                .library(Library.Role.DRIVER, "libx.so." + DataHost.VERSION, "")
                .spec(NONE);
        assertThat(with).isEqualTo(without);
        assertInBoth(with, "libx.so." + DataHost.VERSION, host.lib + "/libx.so." + DataHost.VERSION);
    }

    @Test
    void subdirectoriesKeepTheirPlace() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.DRIVER, "vdpau/libvdpau_nvidia.so." + DataHost.VERSION, "libvdpau_nvidia.so.1")
                .library(
                        Library.Role.ALLOCATOR,
                        "libnvidia-allocator.so." + DataHost.VERSION,
                        "libnvidia-allocator.so.1")
                .library(Library.Role.VULKAN_PRODUCER, "libnvidia-vulkan-producer.so." + DataHost.VERSION, "")
                .file(FoundFile.Role.XORG, "nvidia_drv.so", "/usr/lib/xorg/modules/drivers/nvidia_drv.so")
                .file(
                        FoundFile.Role.XORG,
                        "libglxserver_nvidia.so." + DataHost.VERSION,
                        "/usr/lib/x86_64-linux-gnu/nvidia/xorg/libglxserver_nvidia.so." + DataHost.VERSION);
        CdiSpec spec = host.spec(NONE);
        String vdpau = host.lib + "/vdpau/libvdpau_nvidia.so." + DataHost.VERSION;
        assertInBoth(spec, "vdpau/libvdpau_nvidia.so." + DataHost.VERSION, vdpau);
        assertInBoth(spec, "vdpau/libvdpau_nvidia.so.1", vdpau);
        assertInBoth(spec, "gbm/nvidia-drm_gbm.so", host.lib + "/libnvidia-allocator.so." + DataHost.VERSION);
        assertInBoth(
                spec, "libnvidia-vulkan-producer.so", host.lib + "/libnvidia-vulkan-producer.so." + DataHost.VERSION);
        String glx = host.lib + "/nvidia/xorg/libglxserver_nvidia.so." + DataHost.VERSION;
        assertInBoth(spec, "nvidia/xorg/libglxserver_nvidia.so", glx);
        assertInBoth(spec, "nvidia/xorg/libglxserver_nvidia.so." + DataHost.VERSION, glx);
        assertThat(behind(spec, "/usr/lib/xorg/modules/drivers/nvidia_drv.so"))
                .as("not below a library directory")
                .containsExactly("/usr/lib/xorg/modules/drivers/nvidia_drv.so");
        assertNowhere(spec, "/usr/lib64/libvdpau_nvidia.so.1");
    }

    @Test
    void whatLiesBesideTheLibrariesKeepsItsPlaceToo() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.DRIVER, "libGLX_nvidia.so.0", "libGLX_nvidia.so.0")
                .file(FoundFile.Role.WINE, "nvidia/wine/nvngx.dll", "/usr/lib/x86_64-linux-gnu/nvidia/wine/nvngx.dll");
        CdiSpec spec = host.spec(NONE);
        assertInBoth(spec, "nvidia/wine/nvngx.dll", host.lib + "/nvidia/wine/nvngx.dll");
        assertInBoth(spec, "libGLX_indirect.so.0", host.lib + "/libGLX_nvidia.so.0");
    }

    /** Of a driver below a directory of its own; another file at the usual path stays there. */
    @Test
    void programsAndFirmwareAreAtTheirUsualPathsToo() throws Exception {
        String firmware = "nvidia/" + DataHost.VERSION + "/gsp_tu10x.bin";
        DataHost host = DataHost.with(1)
                .file(FoundFile.Role.BINARY, "nvidia-smi", "/opt/nv/bin/nvidia-smi")
                .file(FoundFile.Role.BINARY, "nvidia-pcc", "/usr/local/bin/nvidia-pcc")
                .file(FoundFile.Role.FIRMWARE, firmware, "/opt/nv/firmware/" + firmware);
        CdiSpec spec = host.spec(NONE);
        assertThat(behind(spec, "/usr/bin/nvidia-smi")).containsExactly("/opt/nv/bin/nvidia-smi");
        assertThat(behind(spec, "/opt/nv/bin/nvidia-smi")).containsExactly("/opt/nv/bin/nvidia-smi");
        assertThat(behind(spec, "/lib/firmware/" + firmware)).containsExactly("/opt/nv/firmware/" + firmware);
        assertThat(behind(spec, "/opt/nv/firmware/" + firmware)).containsExactly("/opt/nv/firmware/" + firmware);
        assertNowhere(spec, "/usr/bin/nvidia-pcc");

        CdiSpec both = host.file(FoundFile.Role.FIRMWARE, firmware, "/lib/firmware/" + firmware)
                .spec(NONE);
        assertThat(behind(both, "/lib/firmware/" + firmware)).containsExactly("/lib/firmware/" + firmware);
    }

    @Test
    void explicitLibrariesAreMountedOnDemand() throws Exception {
        DataHost host =
                DataHost.with(1).library(Library.Role.EXPLICIT, "libEGL.so.1.1.0", "libEGL.so.1", "libEGL.so.1");
        assertNowhere(host.spec(NONE), "/libEGL.so.1");
        assertInBoth(
                host.spec(NONE.features(Feature.EXPLICIT_DRIVER_LIBRARIES)),
                "libEGL.so.1",
                host.lib + "/libEGL.so.1.1.0");
    }

    @Test
    void theFirstOfTwoLibrariesHasTheName() throws Exception {
        DataHost host = DataHost.with(1)
                .library(Library.Role.DRIVER, "libx.so." + DataHost.VERSION, "libx.so.1")
                .library(Library.Role.NVVM, "libx.so.7.0", "libx.so.1");
        CdiSpec spec = host.spec(NONE);
        assertInBoth(spec, "libx.so.1", host.lib + "/libx.so." + DataHost.VERSION);
        assertInBoth(spec, "libx.so.7.0", host.lib + "/libx.so.7.0");
    }

    @Test
    void theEnvironmentNamesTheLibraryDirectory() throws Exception {
        assertThat(DataHost.with(1).spec(NONE).containerEdits().env())
                .containsExactlyInAnyOrder(
                        "NVIDIA_CTK_LIBCUDA_DIR=/usr/lib/x86_64-linux-gnu",
                        "TRITON_LIBCUDA_PATH=/usr/lib/x86_64-linux-gnu",
                        "NVIDIA_VISIBLE_DEVICES=void");
    }

    @Test
    void byPathEntriesAreFurtherNodes() throws Exception {
        CdiSpec spec = DataHost.with(1).drm(0, 0660, 44).spec(NONE);
        ContainerEdits edits = DataHost.device(spec, "0").containerEdits();
        assertThat(edits.hooks()).isEmpty();
        assertThat(edits.deviceNodes())
                .filteredOn(node -> node.path().contains("by-path"))
                .extracting(DeviceNode::path, DeviceNode::hostPath, DeviceNode::minor)
                .containsExactlyInAnyOrder(
                        tuple("/dev/dri/by-path/pci-0000:65:00.0-card", "/dev/dri/card0", 10L),
                        tuple("/dev/dri/by-path/pci-0000:65:00.0-render", "/dev/dri/renderD120", 10L));
    }

    @Test
    void whatAHookFreeSpecCannotDoIsSaid() throws Exception {
        assertThat(DataHost.with(1).assemble(NONE).notices())
                .filteredOn(notice -> notice.level() == Notice.Level.ON_WRITING)
                .singleElement()
                .satisfies(notice -> assertThat(notice.what()).contains("ld.so.cache", "compatibility", "musl"));
    }

    @Test
    void aHostWithoutNvidiaSmiIsToldSo() throws Exception {
        assertThat(DataHost.with(1).assemble(NONE).notices())
                .filteredOn(notice -> notice.what().startsWith("nvidia-smi"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.level()).isEqualTo(Notice.Level.INFO));
    }
}
