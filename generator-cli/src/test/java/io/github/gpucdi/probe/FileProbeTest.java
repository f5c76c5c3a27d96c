package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.generate.JnaLoader;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.testhost.HostTree;
import io.github.gpucdi.testhost.SharedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no libraries, and device nodes. */
class FileProbeTest {
    private static final String CUDA = "lib /usr/lib64/libcuda.so.550.1 libcuda.so.1\n";

    @TempDir
    Path temp;

    private Path host;

    @BeforeEach
    void makeHost() throws IOException {
        host = Files.createDirectory(temp.resolve("host"));
    }

    private HostSnapshot probe(ProbeOptions options, String tree) {
        HostTree.layOut(host, tree);
        return HostProbe.probe(ProbeRequests.of(host, options));
    }

    private DriverFiles files(String tree) {
        return probe(ProbeOptions.DEFAULT, tree).get(SectionKey.FILES).data().orElseThrow();
    }

    private static List<String> paths(DriverFiles files, Role role) {
        return files.files().stream()
                .filter(file -> file.role() == role)
                .map(FoundFile::path)
                .toList();
    }

    @Test
    void configurationIsFoundInTheFirstDirectoryThatHasIt() {
        DriverFiles files = files("""
                file /etc/glvnd/egl_vendor.d/10_nvidia.json
                file /usr/share/glvnd/egl_vendor.d/10_nvidia.json
                file /usr/local/share/nvidia/nvoptix.bin
                file /usr/share/nvidia/nvoptix.bin
                dir /etc/OpenCL/vendors/nvidia.icd
                file /usr/share/OpenCL/vendors/nvidia.icd
                link /usr/share/vulkan/icd.d/nvidia_icd.json /etc/real.json
                file /etc/real.json
                file /vulkan/implicit_layer.d/nvidia_layers.json
                file /usr/share/vulkan/icd.d/nvidia_icd.%s.json
                link /usr/share/X11/xorg.conf.d/10-nvidia.conf gone
                """.formatted(SharedObject.thisMachine()));

        assertThat(paths(files, Role.SHARE_CONFIG))
                .containsExactly("/etc/glvnd/egl_vendor.d/10_nvidia.json", "/usr/local/share/nvidia/nvoptix.bin");
        assertThat(paths(files, Role.ETC_CONFIG))
                .containsExactly(
                        "/usr/share/OpenCL/vendors/nvidia.icd",
                        "/usr/share/vulkan/icd.d/nvidia_icd.json",
                        "/vulkan/implicit_layer.d/nvidia_layers.json",
                        "/usr/share/vulkan/icd.d/nvidia_icd." + SharedObject.thisMachine() + ".json");
        assertThat(files.failed())
                .contains(
                        new FailedLookup(
                                "X11/xorg.conf.d/10-nvidia.conf",
                                "/usr/share/X11/xorg.conf.d/10-nvidia.conf",
                                Reason.DANGLING_LINK),
                        new FailedLookup("vulkan/icd.d/nvidia_layers.json", "", Reason.NOT_FOUND));
    }

    @Test
    void configurationSearchPathsAreTheHosts() {
        ProbeOptions options = new ProbeOptions("/drv", "/", List.of(), List.of("/conf"), Optional.empty());
        DriverFiles files = probe(options, """
                        file /conf/nvidia/nvoptix.bin
                        file /drv/usr/share/glvnd/egl_vendor.d/10_nvidia.json
                        """).get(SectionKey.FILES).data().orElseThrow();

        assertThat(files.files())
                .containsExactly(new FoundFile(
                        Role.SHARE_CONFIG,
                        "nvidia/nvoptix.bin",
                        "/conf/nvidia/nvoptix.bin",
                        Optional.empty(),
                        List.of()));
    }

    @Test
    void theEnvironmentNamesDirectories() {
        HostTree.layOut(host, """
                file /data/nvidia/nvoptix.bin
                file /usr/share/nvidia/nvoptix.bin
                exe /opt/bin/nvidia-smi
                exe /usr/bin/nvidia-smi
                exe /usr/bin/nvidia-debugdump
                """);
        HostSnapshot snapshot = HostProbe.probe(new ProbeRequest(
                host,
                ProbeOptions.DEFAULT,
                List.of("", "relative", "/none", "/opt/bin/"),
                Optional.of("relative:/data/"),
                Mode.NVML.sections(),
                List.of(),
                SpecLookup.NONE,
                false,
                false,
                Duration.ofSeconds(60),
                ProbeRequests.TREE_ONLY,
                new JnaLoader()));

        assertThat(snapshot.get(SectionKey.FILES).data().orElseThrow().files())
                .extracting(FoundFile::path)
                .containsExactly("/data/nvidia/nvoptix.bin", "/opt/bin/nvidia-smi", "/usr/bin/nvidia-debugdump");
    }

    @Test
    void programsAreExecutableFiles() {
        DriverFiles files = files("""
                file /usr/local/bin/nvidia-smi
                dir /usr/sbin/nvidia-smi
                link /usr/bin/nvidia-smi real-smi
                exe /usr/bin/real-smi 711
                exe /sbin/nvidia-persistenced 001
                link /usr/bin/nvidia-debugdump gone
                """);

        assertThat(paths(files, Role.BINARY)).containsExactly("/usr/bin/nvidia-smi", "/sbin/nvidia-persistenced");
        assertThat(files.failed())
                .contains(new FailedLookup("nvidia-debugdump", "/usr/bin/nvidia-debugdump", Reason.DANGLING_LINK));
    }

    @Test
    void firmwareOfTheVersionWhereverTheKernelLooks() {
        DriverFiles files = files(CUDA + """
                link /lib usr/lib
                text /proc/sys/kernel/osrelease 6.1.0-test\\n
                text /sys/module/firmware_class/parameters/path /lib/firmware\\n
                file /usr/lib/firmware/nvidia/550.1/gsp_tu10x.bin
                file /usr/lib/firmware/nvidia/550.1/gsp_ga10x.bin
                file /usr/lib/firmware/nvidia/550.1/other.bin
                file /usr/lib/firmware/nvidia/535.1/gsp_ga10x.bin
                file /usr/lib/firmware/6.1.0-test/nvidia/550.1/gsp.bin
                file /usr/lib/firmware/updates/6.1.0-test/nvidia/550.1/gsp.bin
                file /usr/lib/firmware/updates/nvidia/550.1/gsp.bin
                link /usr/lib/firmware/updates/nvidia/550.1/gsp_gone.bin gone
                """);

        assertThat(paths(files, Role.FIRMWARE))
                .containsExactly(
                        "/lib/firmware/nvidia/550.1/gsp_ga10x.bin",
                        "/lib/firmware/nvidia/550.1/gsp_tu10x.bin",
                        "/lib/firmware/updates/6.1.0-test/nvidia/550.1/gsp.bin",
                        "/lib/firmware/updates/nvidia/550.1/gsp.bin",
                        "/lib/firmware/6.1.0-test/nvidia/550.1/gsp.bin");
        assertThat(files.failed())
                .contains(new FailedLookup(
                        "nvidia/550.1/gsp_gone.bin",
                        "/lib/firmware/updates/nvidia/550.1/gsp_gone.bin",
                        Reason.DANGLING_LINK));
    }

    @Test
    void socketsOfTheDaemons() {
        DriverFiles files = files("""
                link /var/run ../run
                sock /run/nvidia-persistenced/socket
                dir /run/nvidia-fabricmanager/socket
                file /tmp/nvidia-mps
                """);

        assertThat(paths(files, Role.IPC)).containsExactly("/run/nvidia-persistenced/socket");
        assertThat(files.failed())
                .contains(
                        new FailedLookup("nvidia-fabricmanager/socket", "", Reason.NOT_FOUND),
                        new FailedLookup("nvidia-mps", "", Reason.NOT_FOUND));
    }

    /** Who may write in /tmp could have engines mount any directory of the host. */
    @Test
    void aLinkInPlaceOfThePipesOfMpsIsNotTaken() {
        DriverFiles files = files("dir /etc/secrets\nlink /tmp/nvidia-mps /etc/secrets");
        assertThat(paths(files, Role.IPC)).isEmpty();
    }

    @Test
    void pipesOfMpsThatAnybodyCanReplaceAreNotTaken() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "only root can give a directory away");
        HostTree.layOut(host, "dir /tmp/nvidia-mps");
        Files.setAttribute(host.resolve("tmp/nvidia-mps"), "unix:uid", 1000);
        assertThat(paths(files("dir /tmp"), Role.IPC)).isEmpty();
    }

    @Test
    void socketsOfAllDaemonsInTheirOrder() {
        assumeTrue(HostTree.canMakeNodes(), "the directory of MPS is root's");
        DriverFiles files = files("""
                dir /tmp/nvidia-mps
                sock /run/nvidia-fabricmanager/socket
                sock /var/run/nvidia-persistenced/socket
                """);

        assertThat(paths(files, Role.IPC))
                .containsExactly(
                        "/var/run/nvidia-persistenced/socket", "/run/nvidia-fabricmanager/socket", "/tmp/nvidia-mps");
    }

    @Test
    void modulesOfXorg() {
        DriverFiles files = files(CUDA + """
                lib /usr/lib/xorg/modules/drivers/nvidia_drv.so -
                lib /usr/lib64/xorg/modules/extensions/libglxserver_nvidia.so.550.1 -
                lib /usr/lib64/nvidia/xorg/libglxserver_nvidia.so.535.1 -
                """);

        assertThat(paths(files, Role.XORG))
                .containsExactly(
                        "/usr/lib/xorg/modules/drivers/nvidia_drv.so",
                        "/usr/lib64/xorg/modules/extensions/libglxserver_nvidia.so.550.1");
    }

    @Test
    void modulesOfXorgInTheOrderOfLibraryDirectories() {
        DriverFiles files = files(CUDA + """
                lib /usr/lib/x86_64-linux-gnu/libnvidia-ml.so.550.1 libnvidia-ml.so.1
                lib /usr/lib/x86_64-linux-gnu/nvidia/xorg/nvidia_drv.so -
                lib /usr/lib64/xorg/modules/drivers/nvidia_drv.so -
                lib /usr/lib/xorg/modules/drivers/nvidia_drv.so -
                lib /usr/lib/xorg/modules/extensions/libglxserver_nvidia.so.550.1 -
                lib /usr/lib/x86_64-linux-gnu/nvidia/xorg/libglxserver_nvidia.so.550.1 -
                """);

        assertThat(paths(files, Role.XORG))
                .containsExactly(
                        "/usr/lib64/xorg/modules/drivers/nvidia_drv.so",
                        "/usr/lib/xorg/modules/extensions/libglxserver_nvidia.so.550.1");
    }

    /** Manifests that are the driver's by what they name; the others are other drivers'. */
    @Test
    void manifestsAreKnownByWhatTheyName() {
        String machine = SharedObject.thisMachine();
        DriverFiles files = files(CUDA + """
                file /usr/share/vulkan/icd.d/renamed.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /usr/share/vulkan/icd.d/radeon_icd.json {"ICD":{"library_path":"libvulkan_radeon.so"}}
                file /usr/share/vulkan/icd.d/broken.json {"ICD":{"library_path":"libGLX_nvidia.so.0"
                file /usr/share/vulkan/icd.d/nvidia_icd.i686.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /usr/share/vulkan/icd.d/other.%s.json {"ICD":{"library_path":"/usr/lib64/libGLX_nvidia.so.0"}}
                file /usr/share/vulkan/icd.d/small.json {"ICD":{"library_path":"libGLX_nvidia.so.0","library_arch":"32"}}
                file /usr/share/vulkan/icd.d/readme.txt {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /etc/vulkan/explicit_layer.d/l.json {"layers":[{"library_path":"./libVkLayer_other.so"},{"library_path":"libnvidia-layer.so.1"}]}
                file /usr/share/vulkansc/icd.d/nvidia_icd_vksc.json {"ICD":{"library_path":"libnvidia-vksc-core.so.1"}}
                file /etc/glvnd/egl_vendor.d/10_nvidia.json {"ICD":{"library_path":"libEGL_nvidia.so.0"}}
                file /usr/share/glvnd/egl_vendor.d/10_nvidia.json {"ICD":{"library_path":"libEGL_other.so.0"}}
                file /usr/share/glvnd/egl_vendor.d/50_mesa.json {"ICD":{"library_path":"libEGL_mesa.so.0"}}
                file /usr/share/egl/egl_external_platform.d/99_new.json {"ICD":{"library_path":"libnvidia-egl-new.so.1"}}
                file /etc/OpenCL/vendors/nvidia-595.icd libnvidia-opencl.so.1
                file /etc/OpenCL/vendors/pocl.icd libpocl.so.2
                fifo /etc/OpenCL/vendors/wait.icd
                """.formatted(machine));

        assertThat(files.files())
                .extracting(file -> file.role() + " " + file.name() + " " + file.libraries())
                .containsExactly(
                        "SHARE_CONFIG glvnd/egl_vendor.d/10_nvidia.json [libEGL_nvidia.so.0]",
                        "SHARE_CONFIG egl/egl_external_platform.d/99_new.json [libnvidia-egl-new.so.1]",
                        "ETC_CONFIG OpenCL/vendors/nvidia-595.icd [libnvidia-opencl.so.1]",
                        "ETC_CONFIG vulkan/icd.d/other." + machine + ".json [/usr/lib64/libGLX_nvidia.so.0]",
                        "ETC_CONFIG vulkan/icd.d/renamed.json [libGLX_nvidia.so.0]",
                        "ETC_CONFIG vulkan/explicit_layer.d/l.json [./libVkLayer_other.so, libnvidia-layer.so.1]",
                        "ETC_CONFIG vulkansc/icd.d/nvidia_icd_vksc.json [libnvidia-vksc-core.so.1]");
        assertThat(files.failed()).noneMatch(failure -> failure.reason() == Reason.NOT_A_MANIFEST);
    }

    @Test
    void aManifestThatNobodyCanReadIsFoundAndAFailure() {
        DriverFiles files = files("""
                file /etc/vulkan/icd.d/nvidia_icd.json not-json
                file /etc/OpenCL/vendors/nvidia.icd
                file /usr/share/nvidia/nvoptix.bin not-json
                file /etc/vulkansc/icd.d/nvidia_icd_vksc.json not-json
                file /etc/vulkansc/icd.d/other.json not-json
                """);

        assertThat(files.files()).hasSize(3).allMatch(file -> file.libraries().isEmpty());
        assertThat(files.failed())
                .filteredOn(failure -> failure.reason() == Reason.NOT_A_MANIFEST)
                .containsExactly(
                        new FailedLookup(
                                "OpenCL/vendors/nvidia.icd", "/etc/OpenCL/vendors/nvidia.icd", Reason.NOT_A_MANIFEST),
                        new FailedLookup(
                                "vulkan/icd.d/nvidia_icd.json",
                                "/etc/vulkan/icd.d/nvidia_icd.json",
                                Reason.NOT_A_MANIFEST),
                        new FailedLookup(
                                "vulkansc/icd.d/nvidia_icd_vksc.json",
                                "/etc/vulkansc/icd.d/nvidia_icd_vksc.json",
                                Reason.NOT_A_MANIFEST));
    }

    /** Layouts of Container-Optimized OS, of images with a driver of their own, and of versions beside each other. */
    @Test
    void filesBesideTheLibrariesOfAPrefix() {
        for (String prefix : new String[] {"/var/lib/nvidia", "/usr/local/nvidia", "/opt/nvidia/550.1/6.1/usr"}) {
            ProbeOptions options = new ProbeOptions("/", "/", List.of(prefix + "/lib64"), List.of(), Optional.empty());
            DriverFiles files = probe(options, """
                            lib %1$s/lib64/libcuda.so.550.1 libcuda.so.1
                            exe %1$s/bin/nvidia-smi
                            exe %1$s/bin/nvidia-pcc
                            exe %1$s/sbin/nvidia-cuda-mps-server
                            file %1$s/firmware/nvidia/550.1/gsp_tu10x.bin
                            file %1$s/lib/firmware/nvidia/550.1/gsp_ga10x.bin
                            file %1$s/share/vulkan/icd.d/x.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                            file %1$s/share/nvidia/nvidia-application-profiles-550.1-rc
                            file %1$s/etc/OpenCL/vendors/nvidia.icd libnvidia-opencl.so.1
                            """.formatted(prefix))
                    .get(SectionKey.FILES)
                    .data()
                    .orElseThrow();

            assertThat(files.files())
                    .extracting(FoundFile::path)
                    .containsExactly(
                            prefix + "/etc/OpenCL/vendors/nvidia.icd",
                            prefix + "/share/nvidia/nvidia-application-profiles-550.1-rc",
                            prefix + "/share/vulkan/icd.d/x.json",
                            prefix + "/firmware/nvidia/550.1/gsp_tu10x.bin",
                            prefix + "/lib/firmware/nvidia/550.1/gsp_ga10x.bin",
                            prefix + "/bin/nvidia-smi",
                            prefix + "/sbin/nvidia-cuda-mps-server",
                            prefix + "/bin/nvidia-pcc");
        }
    }

    @Test
    void firmwareOfAVersionsOwnRoot() {
        DriverFiles files = probe(
                        new ProbeOptions("/", "/", List.of("/opt/nv/1/usr/lib64"), List.of(), Optional.empty()), """
                        lib /opt/nv/1/usr/lib64/libcuda.so.550.1 libcuda.so.1
                        file /opt/nv/1/lib/firmware/nvidia/550.1/gsp_tu10x.bin
                        """)
                .get(SectionKey.FILES)
                .data()
                .orElseThrow();

        assertThat(paths(files, Role.FIRMWARE)).containsExactly("/opt/nv/1/lib/firmware/nvidia/550.1/gsp_tu10x.bin");
    }

    @Test
    void librariesForWineBesideTheOthers() {
        DriverFiles files = files(CUDA + """
                file /usr/lib64/nvidia/wine/nvngx.dll
                file /usr/lib64/nvidia/wine/_nvngx.dll
                file /usr/lib64/nvidia/wine/readme
                file /usr/lib/nvidia/wine/nvngx.dll
                """);

        assertThat(paths(files, Role.WINE))
                .containsExactly("/usr/lib64/nvidia/wine/_nvngx.dll", "/usr/lib64/nvidia/wine/nvngx.dll");
    }

    @Test
    void deviceNodesAreCharacterDevicesBelowTheDevRoot() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes can be made by root only");
        ProbeOptions options = new ProbeOptions("/", "/devices", List.of(), List.of(), Optional.empty());

        DeviceNodes nodes = probe(options, """
                        chr /dev/nvidia7 195 7 666
                        chr /devices/dev/nvidia10 195 10 666
                        chr /devices/dev/nvidia2 195 2 660 0 39
                        chr /devices/dev/nvidiactl 195 255 1620 5 6
                        chr /devices/dev/null 1 3 666
                        file /devices/dev/nvidia-file
                        link /devices/dev/nvidia3 nvidia2
                        fifo /devices/dev/nvidia-fifo
                        chr /devices/dev/nvidia-caps/nvidia-cap300 300 70000 444
                        chr /devices/dev/nvidia-caps-imex-channels/channel0 301 0 444
                        chr /devices/dev/dri/card0 226 0 660 0 44
                        link /devices/dev/dri/by-path/b ../card0
                        link /devices/dev/dri/by-path/a /dev/dri/card0
                        file /devices/dev/dri/by-path/file
                        """).get(SectionKey.NODES).data().orElseThrow();

        assertThat(nodes.nodes())
                .containsExactly(
                        new CharNode("/dev/dri/card0", 226, 0, 0660, 0, 44),
                        new CharNode("/dev/nvidia-caps/nvidia-cap300", 300, 70000, 0444, 0, 0),
                        new CharNode("/dev/nvidia10", 195, 10, 0666, 0, 0),
                        new CharNode("/dev/nvidia2", 195, 2, 0660, 0, 39),
                        new CharNode("/dev/nvidiactl", 195, 255, 01620, 5, 6));
        assertThat(nodes.byPath())
                .containsExactly(
                        new NodeLink("/dev/dri/by-path/a", "/dev/dri/card0"),
                        new NodeLink("/dev/dri/by-path/b", "../card0"));
    }

    @Test
    void thePlatform() {
        assertThat(probe(ProbeOptions.DEFAULT, "text /proc/sys/kernel/osrelease 6.1.0-test\\n")
                        .platform())
                .isEqualTo(new io.github.gpucdi.host.Platform(SharedObject.thisMachine(), "6.1.0-test"));
        assertThat(PlatformProbe.architecture("aarch64")).isEqualTo("aarch64");
        assertThat(PlatformProbe.architecture("amd64")).isEqualTo("x86_64");
    }
}
