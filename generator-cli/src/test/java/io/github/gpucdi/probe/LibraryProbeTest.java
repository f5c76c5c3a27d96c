package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Library.Role;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.testhost.HostTree;
import io.github.gpucdi.testhost.LdCacheFile;
import io.github.gpucdi.testhost.SharedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries and the version that is told by their names; there is no NVML on these hosts. */
class LibraryProbeTest {
    private static final String FOREIGN = SharedObject.thisMachine().equals("x86_64") ? "aarch64" : "x86_64";

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

    private static DriverFiles files(HostSnapshot snapshot) {
        return snapshot.get(SectionKey.FILES).data().orElseThrow();
    }

    private static List<String> driver(HostSnapshot snapshot) {
        return files(snapshot).libraries().stream()
                .filter(library -> library.role() == Role.DRIVER)
                .map(Library::path)
                .toList();
    }

    @Test
    void directoriesInOrderAndEachFileOnce() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                link /lib64 usr/lib64
                lib /usr/lib/x86_64-linux-gnu/libb.so.550.1 libb.so.1
                lib /usr/lib/x86_64-linux-gnu/nvidia/current/libcuda.so.550.1 libcuda.so.1
                link /usr/lib/x86_64-linux-gnu/libcuda.so.550.1 nvidia/current/libcuda.so.550.1
                lib /usr/lib64/liba.so.550.1 liba.so.1
                lib /usr/lib64/plain.so.550.1 -
                lib /usr/lib64/vdpau/libvdpau_nvidia.so.550.1 -
                lib /usr/lib/libnever.so.550.1 -
                """);

        assertThat(files(snapshot).libraryDirectories())
                .containsExactly("/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu/nvidia/current");
        assertThat(driver(snapshot))
                .containsExactly(
                        "/usr/lib64/liba.so.550.1",
                        "/usr/lib64/plain.so.550.1",
                        "/usr/lib/x86_64-linux-gnu/libb.so.550.1",
                        "/usr/lib/x86_64-linux-gnu/nvidia/current/libcuda.so.550.1",
                        "/usr/lib64/vdpau/libvdpau_nvidia.so.550.1");
    }

    /** NVIDIA's tool looks in those of both architectures, whatever the machine. */
    @Test
    void everyDirectoryCountsOnEveryMachine() {
        List<String> directories = List.of(
                "",
                "/usr/lib64",
                "/usr/lib/x86_64-linux-gnu",
                "/usr/lib/aarch64-linux-gnu",
                "/usr/lib/x86_64-linux-gnu/nvidia/current",
                "/usr/lib/aarch64-linux-gnu/nvidia/current",
                "/lib64",
                "/lib/x86_64-linux-gnu",
                "/lib/aarch64-linux-gnu",
                "/lib/x86_64-linux-gnu/nvidia/current",
                "/lib/aarch64-linux-gnu/nvidia/current");
        StringBuilder tree = new StringBuilder("lib /usr/lib64/libcuda.so.550.1 libcuda.so.1\n");
        List<String> expected = new ArrayList<>();
        for (String directory : directories) {
            String library = directory + "/lib" + (char) ('z' - expected.size()) + ".so.550.1";
            tree.append("lib ").append(library).append(" -\n");
            expected.add(library);
        }
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, tree.toString());
        assertThat(driver(snapshot))
                .filteredOn(path -> !path.contains("libcuda"))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void librariesOfOtherMachinesDoNotCount() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.535.2 libcuda.so.1 i386
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/lib64/libforeign.so.550.1 libforeign.so.1 %s
                lib /usr/lib64/lib32.so.550.1 lib32.so.1 i386
                text /usr/lib64/libtext.so.550.1 INPUT ( libx.so )
                file /usr/lib64/libempty.so.550.1
                fifo /usr/lib64/libfifo.so.550.1
                link /usr/lib64/libgone.so.550.1 gone
                link /usr/lib64/libloop.so.550.1 libloop.so.550.1
                dir /usr/lib64/libdir.so.550.1
                """.formatted(FOREIGN));

        assertThat(snapshot.get(SectionKey.DRIVER).data().orElseThrow().version())
                .contains("550.1");
        assertThat(driver(snapshot)).containsExactly("/usr/lib64/libcuda.so.550.1");
        assertThat(files(snapshot).failed())
                .contains(
                        new FailedLookup("libcuda.so.535.2", "/usr/lib64/libcuda.so.535.2", Reason.FOREIGN_ELF),
                        new FailedLookup("libforeign.so.550.1", "/usr/lib64/libforeign.so.550.1", Reason.FOREIGN_ELF),
                        new FailedLookup("lib32.so.550.1", "/usr/lib64/lib32.so.550.1", Reason.FOREIGN_ELF),
                        new FailedLookup("libtext.so.550.1", "/usr/lib64/libtext.so.550.1", Reason.NOT_ELF),
                        new FailedLookup("libempty.so.550.1", "/usr/lib64/libempty.so.550.1", Reason.NOT_ELF),
                        new FailedLookup("libfifo.so.550.1", "/usr/lib64/libfifo.so.550.1", Reason.NOT_ELF),
                        new FailedLookup("libgone.so.550.1", "/usr/lib64/libgone.so.550.1", Reason.DANGLING_LINK),
                        new FailedLookup("libloop.so.550.1", "/usr/lib64/libloop.so.550.1", Reason.LINK_LOOP),
                        new FailedLookup("libnvidia-ml.so.550.1", "", Reason.NOT_FOUND))
                .doesNotHaveDuplicates()
                .noneMatch(failure -> failure.name().contains("libdir"));
    }

    @Test
    void theLinksBesideALibrary() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                link /usr/lib64/libcuda.so.1 libcuda.so.550.1
                link /usr/lib64/libcuda.so anything
                lib /usr/lib64/libfile.so.550.1 libfile.so.1
                file /usr/lib64/libfile.so.1
                lib /usr/lib64/libsame.so.550.1 libsame.so.550.1
                link /usr/lib64/libsame.so libsame.so.550.1
                lib /usr/lib64/libnone.so.550.1 -
                link /usr/lib64/libnone.so libnone.so.550.1
                """);

        assertThat(files(snapshot).libraries())
                .filteredOn(library -> library.role() == Role.DRIVER)
                .containsExactly(
                        library("libcuda.so.550.1", Optional.of("libcuda.so.1"), "libcuda.so.1", "libcuda.so"),
                        library("libfile.so.550.1", Optional.of("libfile.so.1")),
                        library("libnone.so.550.1", Optional.empty(), "libnone.so"),
                        library("libsame.so.550.1", Optional.of("libsame.so.550.1"), "libsame.so"));
    }

    private static Library library(String name, Optional<String> soname, String... links) {
        return new Library(Role.DRIVER, "/usr/lib64/" + name, soname, List.of(links));
    }

    @Test
    void librariesOfOtherVersionsByRole() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/lib64/libnvidia-nvvm70.so.4 libnvidia-nvvm70.so.4
                lib /usr/lib64/libGL.so.1.7.0 libGL.so.1
                link /usr/lib64/libGL.so libGL.so.1
                link /usr/lib64/libGL.so.1 libGL.so.1.7.0
                lib /usr/lib/x86_64-linux-gnu/libnvidia-egl-gbm.so.1.1.2 libnvidia-egl-gbm.so.1
                lib /usr/lib/x86_64-linux-gnu/libnvidia-egl-wayland.so.1 -
                lib /usr/lib64/libnvidia-allocator.so.550.1 libnvidia-allocator.so.1
                lib /usr/lib64/libnvidia-vulkan-producer.so.550.1 -
                """);

        assertThat(files(snapshot).libraries())
                .filteredOn(library -> library.role() != Role.DRIVER)
                .extracting(library -> library.role() + " " + library.path())
                .containsExactlyInAnyOrder(
                        "NVVM /usr/lib64/libnvidia-nvvm70.so.4",
                        "EXPLICIT /usr/lib64/libGL.so.1.7.0",
                        "EGL_PLATFORM /usr/lib/x86_64-linux-gnu/libnvidia-egl-gbm.so.1.1.2",
                        "EGL_PLATFORM /usr/lib/x86_64-linux-gnu/libnvidia-egl-wayland.so.1",
                        "ALLOCATOR /usr/lib64/libnvidia-allocator.so.550.1",
                        "VULKAN_PRODUCER /usr/lib64/libnvidia-vulkan-producer.so.550.1");
        assertThat(files(snapshot).failed())
                .contains(new FailedLookup("libEGL.so", "", Reason.NOT_FOUND))
                .noneMatch(failure -> failure.name().equals("libGL.so"));
    }

    @Test
    void absoluteLinksOfADriverRootStayInIt() {
        HostSnapshot snapshot = probe(ProbeRequests.driverRoot("/run/driver"), """
                link /run/driver /opt/image
                lib /opt/image/opt/nv/libcuda.so.550.1 libcuda.so.1
                link /opt/image/usr/lib64/libcuda.so.550.1 /opt/nv/libcuda.so.550.1
                link /opt/image/usr/share/glvnd/egl_vendor.d/10_nvidia.json /opt/nv/egl.json
                file /opt/image/opt/nv/egl.json
                """);

        assertThat(files(snapshot).libraryDirectories()).containsExactly("/run/driver/opt/nv");
        assertThat(driver(snapshot)).containsExactly("/run/driver/opt/nv/libcuda.so.550.1");
        assertThat(files(snapshot).files()).singleElement().satisfies(file -> {
            assertThat(file.path()).isEqualTo("/run/driver/usr/share/glvnd/egl_vendor.d/10_nvidia.json");
            assertThat(file.resolved()).contains("/run/driver/opt/nv/egl.json");
        });
    }

    /** Packages without the version in a name, and repackaged drivers; nothing of these is anybody else's. */
    @Test
    void aLibraryOfTheDriverIsKnownWithoutItsVersion() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/lib64/libGLX_nvidia.so.0 libGLX_nvidia.so.0
                lib /usr/lib64/libnvidia-nvvm.so.4.0.0 libnvidia-nvvm.so.4
                link /usr/lib64/libnvidia-nvvm.so.4 libnvidia-nvvm.so.4.0.0
                lib /usr/lib64/libnvidia-api.so.1 libnvidia-api.so.1
                lib /usr/lib64/libnvidia-vksc-core.so.1 -
                lib /usr/lib64/libnvidia-egl-xcb.so.1 libnvidia-egl-xcb.so.1
                lib /usr/lib64/vdpau/libvdpau_nvidia.so libvdpau_nvidia.so.1
                lib /usr/lib64/libcuda.so.1 libcuda.so.1
                lib /usr/lib64/libnvidia-ml.so.535.1 libnvidia-ml.so.1
                lib /usr/lib64/libnvidia-container.so.1.17.0 libnvidia-container.so.1
                lib /usr/lib64/libnvidia-container-go.so.1 -
                lib /usr/lib64/libnvidia-old.so.1.bak -
                lib /usr/lib64/libnvidiafoo.so.1 -
                lib /usr/lib64/libmesa_nvidia2.so.1 -
                lib /usr/lib64/libnvidia-foreign.so.1 libnvidia-foreign.so.1 %s
                link /usr/lib64/libnvidia-gone.so.1 gone
                lib /usr/lib/x86_64-linux-gnu/libnvidia-elsewhere.so.1 -
                """.formatted(FOREIGN));

        assertThat(driver(snapshot))
                .containsExactly(
                        "/usr/lib64/libcuda.so.550.1",
                        "/usr/lib64/libGLX_nvidia.so.0",
                        "/usr/lib64/libnvidia-api.so.1",
                        "/usr/lib64/libnvidia-nvvm.so.4.0.0",
                        "/usr/lib64/libnvidia-vksc-core.so.1",
                        "/usr/lib64/vdpau/libvdpau_nvidia.so");
        assertThat(files(snapshot).libraries())
                .filteredOn(library -> library.role() == Role.EGL_PLATFORM)
                .extracting(Library::path)
                .containsExactly("/usr/lib64/libnvidia-egl-xcb.so.1");
        assertThat(files(snapshot).failed())
                .contains(new FailedLookup(
                        "libnvidia-foreign.so.1", "/usr/lib64/libnvidia-foreign.so.1", Reason.FOREIGN_ELF))
                .noneMatch(failure -> failure.name().contains("gone"));
    }

    @Test
    void aMainLibraryWithoutItsVersionIsNotMissing() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libnvidia-ml.so.550.1 libnvidia-ml.so.1
                lib /usr/lib64/libcuda.so.1 libcuda.so.1
                """);

        assertThat(driver(snapshot)).containsExactly("/usr/lib64/libnvidia-ml.so.550.1", "/usr/lib64/libcuda.so.1");
        assertThat(files(snapshot).failed()).noneMatch(failure -> failure.name().startsWith("libcuda"));
    }

    @Test
    void whatOnlyTheCacheNamesComesAfterTheDirectories() throws IOException {
        Files.createDirectories(host.resolve("etc"));
        Files.write(
                host.resolve("etc/ld.so.cache"),
                new LdCacheFile()
                        .entry("libcuda.so.1", "/opt/nv/libcuda.so.1", 0x0303)
                        .entry("libonly.so.1", "/opt/nv/libonly.so.550.1", 0x0303)
                        .entry("libgone.so.1", "/opt/nv/libgone.so.550.1", 0x0303)
                        .entry("libnvidia-x.so.1", "/usr/lib64/libnvidia-x.so.1", 0x0303)
                        .bytes(0));

        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /opt/nv/libcuda.so.550.1 libcuda.so.1
                link /opt/nv/libcuda.so.1 libcuda.so.550.1
                lib /opt/nv/libonly.so.550.1 libonly.so.1
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1 %s
                lib /opt/linked/libnvidia-x.so.550.1 libnvidia-x.so.1
                link /usr/lib64/libnvidia-x.so.1 /opt/linked/libnvidia-x.so.550.1
                """.formatted(FOREIGN));

        assertThat(files(snapshot).libraryDirectories()).containsExactly("/opt/nv", "/opt/linked");
        assertThat(driver(snapshot))
                .containsExactly(
                        "/opt/nv/libcuda.so.550.1", "/opt/nv/libonly.so.550.1", "/opt/linked/libnvidia-x.so.550.1");

        HostSnapshot split = probe(ProbeOptions.DEFAULT, "lib /usr/lib64/libstray.so.550.1 -");
        assertThat(files(split).libraryDirectories()).containsExactly("/usr/lib64", "/opt/nv", "/opt/linked");
        assertThat(driver(split))
                .containsExactly(
                        "/usr/lib64/libstray.so.550.1",
                        "/opt/nv/libcuda.so.550.1",
                        "/opt/nv/libonly.so.550.1",
                        "/opt/linked/libnvidia-x.so.550.1");
    }

    /** The newest version has been unpacked elsewhere; an old one is left in a default directory. */
    @Test
    void theCacheTellsOfVersionsToo() throws IOException {
        Files.createDirectories(host.resolve("etc"));
        Files.write(
                host.resolve("etc/ld.so.cache"),
                new LdCacheFile()
                        .entry("libcuda.so.1", "/opt/nv/libcuda.so.550.1", 0x0303)
                        .bytes(0));

        DriverVersion version =
                probe(ProbeOptions.DEFAULT, """
                        lib /opt/nv/libcuda.so.550.1 libcuda.so.1
                        lib /usr/lib64/libcuda.so.535.1 libcuda.so.1
                        """).get(SectionKey.DRIVER).data().orElseThrow();

        assertThat(version.libraryVersions()).containsExactly("535.1", "550.1");
    }

    /** Of what only the cache names the first counts, as for NVIDIA's own tool; a stub is what programs are linked with. */
    @Test
    void aStubOfNvmlIsNotTheDrivers() {
        List<Path> loaded = new ArrayList<>();
        HostTree.layOut(host, """
                lib /usr/local/cuda/lib64/stubs/libnvidia-ml.so.1 libnvidia-ml.so.1
                lib /usr/local/nvidia/lib64/libnvidia-ml.so.550.1 libnvidia-ml.so.1
                link /usr/local/nvidia/lib64/libnvidia-ml.so.1 libnvidia-ml.so.550.1
                ldcache /etc/ld.so.cache /usr/local/cuda/lib64/stubs/libnvidia-ml.so.1 /usr/local/nvidia/lib64/libnvidia-ml.so.1
                """);
        HostProbe.probe(ProbeRequests.nvml(
                host,
                new NvmlLoader() {
                    @Override
                    public NvmlLibrary load(Path file) {
                        loaded.add(host.relativize(file));
                        throw new NvmlException("dlopen", 12, "not in this test");
                    }

                    @Override
                    public NvmlLibrary loadBySoname() {
                        throw new NvmlException("dlopen", 12, "not in this test");
                    }
                },
                false));

        assertThat(loaded).containsExactly(Path.of("usr/local/nvidia/lib64/libnvidia-ml.so.550.1"));
    }

    @Test
    void aManifestsLibraryIsLookedForWhereverTheLoaderLooks() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0 libGLX_nvidia.so.0
                lib /srv/gl/libEGL_nvidia.so.0 libEGL_nvidia.so.0
                lib /srv/gl/libssl.so.3 libssl.so.3
                file /etc/vulkan/icd.d/nvidia_icd.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /usr/share/glvnd/egl_vendor.d/10_nvidia.json {"ICD":{"library_path":"/srv/x/../gl/libEGL_nvidia.so.0"}}
                file /etc/vulkan/implicit_layer.d/nvidia_layers.json {"layer":{"library_path":"/srv/gl/libssl.so.3"}}
                """);

        assertThat(driver(snapshot))
                .containsExactly(
                        "/usr/lib64/libcuda.so.550.1",
                        "/srv/gl/libEGL_nvidia.so.0",
                        "/usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0");
    }

    /** What an older driver left behind does not work with this one's kernel module. */
    @Test
    void aManifestsLibraryOfAnotherVersionDoesNotCount() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.54.15 libcuda.so.1
                lib /usr/lib64/libGLX_nvidia.so.470.10.01 libGLX_nvidia.so.0
                link /usr/lib64/libGLX_nvidia.so.0 libGLX_nvidia.so.470.10.01
                lib /srv/gl/libEGL_nvidia.so.550.54.15 libEGL_nvidia.so.0
                link /srv/gl/libEGL_nvidia.so.0 libEGL_nvidia.so.550.54.15
                file /etc/vulkan/icd.d/nvidia_icd.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /usr/share/glvnd/egl_vendor.d/10_nvidia.json {"ICD":{"library_path":"/srv/gl/libEGL_nvidia.so.0"}}
                """);

        assertThat(driver(snapshot))
                .containsExactly("/usr/lib64/libcuda.so.550.54.15", "/srv/gl/libEGL_nvidia.so.550.54.15");
    }

    /** An older one beside it, whose name may come first, is left from an older driver. */
    @Test
    void theVersionThatItsSonameLeadsToComesFirst() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/lib64/libnvidia-egl-wayland.so.1.1.13 libnvidia-egl-wayland.so.1
                lib /usr/lib64/libnvidia-egl-wayland.so.1.1.9 libnvidia-egl-wayland.so.1
                link /usr/lib64/libnvidia-egl-wayland.so.1 libnvidia-egl-wayland.so.1.1.9
                lib /usr/lib64/libnvidia-nvvm.so.4.0.0 libnvidia-nvvm.so.4
                lib /usr/lib64/libnvidia-nvvm.so.4.1.0 libnvidia-nvvm.so.4
                link /usr/lib64/libnvidia-nvvm.so.4 libnvidia-nvvm.so.4.1.0
                """);

        assertThat(files(snapshot).libraries())
                .extracting(Library::path)
                .containsExactly(
                        "/usr/lib64/libnvidia-egl-wayland.so.1.1.9",
                        "/usr/lib64/libnvidia-egl-wayland.so.1.1.13",
                        "/usr/lib64/libcuda.so.550.1",
                        "/usr/lib64/libnvidia-nvvm.so.4.1.0");
    }

    /** CUDA's forward compatibility of the driver's own version is in the cache of some hosts. */
    @Test
    void aCopyThatTheCacheNamesDoesNotCount() throws IOException {
        Files.createDirectories(host.resolve("etc"));
        Files.write(
                host.resolve("etc/ld.so.cache"),
                new LdCacheFile()
                        .entry("libcuda.so.1", "/usr/local/cuda/compat/libcuda.so.1", 0x0303)
                        .bytes(0));

        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1
                lib /usr/local/cuda/compat/libcuda.so.550.1 libcuda.so.1
                link /usr/local/cuda/compat/libcuda.so.1 libcuda.so.550.1
                """);

        assertThat(files(snapshot).libraryDirectories()).containsExactly("/usr/lib64");
        assertThat(driver(snapshot)).containsExactly("/usr/lib64/libcuda.so.550.1");
    }

    @Test
    void searchPathsReplaceDirectoriesAndAreTheHosts() {
        ProbeOptions options =
                new ProbeOptions("/drv", "/", List.of("/opt/nv", "/drv/lib"), List.of(), Optional.empty());
        HostSnapshot snapshot = probe(options, """
                lib /opt/nv/libcuda.so.550.1 libcuda.so.1
                lib /drv/real/libx.so.550.1 libx.so.1
                link /drv/lib /real
                lib /drv/usr/lib64/libnever.so.550.1 -
                """);

        assertThat(driver(snapshot)).containsExactly("/opt/nv/libcuda.so.550.1", "/drv/real/libx.so.550.1");
    }

    @Test
    void namesThatASpecCannotHoldAreLeftOut() throws IOException {
        HostTree.layOut(host, "lib /usr/lib64/libcuda.so.550.1 libcuda.so.1");
        Files.copy(host.resolve("usr/lib64/libcuda.so.550.1"), host.resolve("usr/lib64/lib\nx.so.550.1"));
        Files.createDirectories(host.resolve("etc/new\nline"));
        Files.createFile(host.resolve("etc/new\nline/icd"));

        Files.createDirectories(host.resolve("etc/OpenCL/vendors"));
        Files.createSymbolicLink(host.resolve("etc/OpenCL/vendors/nvidia.icd"), Path.of("../../new\nline/icd"));

        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, "");

        assertThat(driver(snapshot)).containsExactly("/usr/lib64/libcuda.so.550.1");
        assertThat(files(snapshot).failed())
                .contains(
                        new FailedLookup("lib\\x0ax.so.550.1", "/usr/lib64/lib\\x0ax.so.550.1", Reason.UNWRITABLE_NAME))
                .contains(new FailedLookup(
                        "OpenCL/vendors/nvidia.icd", "/etc/OpenCL/vendors/nvidia.icd", Reason.UNWRITABLE_NAME));
    }

    @Test
    void theVersionIsToldByTheFirstOfSortedNames() {
        DriverVersion version =
                probe(ProbeOptions.DEFAULT, """
                        lib /usr/lib64/libnvidia-ml.so.560.9 -
                        lib /usr/lib64/libcuda.so.550.54.15 -
                        lib /usr/lib64/libcuda.so.535.183.01 -
                        lib /usr/lib64/libcuda.so.535.183.01.bak -
                        lib /usr/lib64/libcuda.so.1 -
                        text /proc/driver/nvidia/version NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  571.20.03  Release\\nGCC version:  gcc version 133.2.0
                        """).get(SectionKey.DRIVER).data().orElseThrow();

        assertThat(version)
                .isEqualTo(new DriverVersion(
                        Optional.of("535.183.01"),
                        DriverVersion.Source.FILE_NAME,
                        Optional.of("571.20.03"),
                        List.of("535.183.01", "550.54.15", "560.9")));
    }

    @Test
    void sysfsTellsTheModulesVersionFirst() {
        DriverVersion version =
                probe(ProbeOptions.DEFAULT, """
                        text /sys/module/nvidia/version 550.54.15\\n
                        text /proc/driver/nvidia/version NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.1.1
                        """).get(SectionKey.DRIVER).data().orElseThrow();

        assertThat(version)
                .isEqualTo(new DriverVersion(
                        Optional.empty(), DriverVersion.Source.NONE, Optional.of("550.54.15"), List.of()));
    }

    @Test
    void anEmptyHostSaysWhereWasLooked() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, "dir /usr");

        assertThat(snapshot.get(SectionKey.DRIVER))
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .contains("libcuda.so.*", "/usr/lib/x86_64-linux-gnu", "/etc/ld.so.cache"));
        assertThat(snapshot.get(SectionKey.NVML))
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason()).contains("libnvidia-ml.so.1", "/usr/lib64"));
        assertThat(snapshot.get(SectionKey.NODES)).isEqualTo(Section.absent("no directory /dev"));
        assertThat(files(snapshot).libraries()).isEmpty();
        assertThat(files(snapshot).files()).isEmpty();
        assertThat(files(snapshot).failed()).allMatch(failure -> failure.reason() == Reason.NOT_FOUND);
    }

    @Test
    void aDriverRootThatIsNotThere() {
        HostSnapshot snapshot = probe(ProbeRequests.driverRoot("/none"), "dir /usr");

        assertThat(snapshot.get(SectionKey.FILES)).isEqualTo(Section.absent("no directory /none"));
        assertThat(snapshot.get(SectionKey.NODES)).isEqualTo(Section.absent("no directory /none/dev"));
    }
}
