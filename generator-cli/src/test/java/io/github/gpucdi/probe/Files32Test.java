package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 32-bit programs need of the driver. */
class Files32Test {
    @TempDir
    Path temp;

    private Path host;

    @BeforeEach
    void makeHost() throws Exception {
        host = Files.createDirectory(temp.resolve("host"));
    }

    private HostSnapshot probe(ProbeOptions options, String architecture, String tree) {
        HostTree.layOut(host, tree);
        Set<SectionKey<?>> sections = new HashSet<>(Mode.NVML.sections());
        sections.add(SectionKey.FILES_32);
        return HostProbe.probe(ProbeRequests.of(host, options, sections), architecture);
    }

    private DriverFiles files(String tree) {
        return probe(ProbeOptions.DEFAULT, "amd64", tree)
                .get(SectionKey.FILES_32)
                .data()
                .orElseThrow();
    }

    @Test
    void librariesOfTheVersionWhereDistributionsHaveThem() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, "amd64", """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1 x86_64
                lib /usr/lib/i386-linux-gnu/libcuda.so.550.1 libcuda.so.1 i386
                link /usr/lib/i386-linux-gnu/libcuda.so.1 libcuda.so.550.1
                lib /usr/lib/i386-linux-gnu/libGLX_nvidia.so.0 libGLX_nvidia.so.0 i386
                lib /usr/lib/i386-linux-gnu/libcuda.so.535.1 libcuda.so.1 i386
                lib /usr/lib32/libnvidia-glcore.so.550.1 libnvidia-glcore.so.550.1 i386
                lib /usr/lib/libnvidia-tls.so.550.1 libnvidia-tls.so.550.1 i386
                lib /usr/lib/libnvidia-ml.so.550.1 libnvidia-ml.so.1 x86_64
                lib /opt/32/libnvidia-far.so.550.1 libnvidia-far.so.1 i386
                lib /opt/64/libnvidia-wide.so.550.1 libnvidia-wide.so.1 x86_64
                ldcache /etc/ld.so.cache 32:/opt/32/libnvidia-far.so.550.1 /opt/64/libnvidia-wide.so.550.1
                file /usr/share/vulkan/icd.d/nvidia_icd.i686.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /usr/share/vulkan/icd.d/nvidia_icd.x86_64.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /etc/vulkan/icd.d/small.json {"ICD":{"library_path":"libGLX_nvidia.so.0","library_arch":"32"}}
                file /etc/vulkan/icd.d/both.json {"ICD":{"library_path":"libGLX_nvidia.so.0"}}
                file /etc/vulkan/icd.d/path.json {"ICD":{"library_path":"/usr/lib/i386-linux-gnu/libGLX_nvidia.so.0"}}
                """);
        DriverFiles files = snapshot.get(SectionKey.FILES_32).data().orElseThrow();

        assertThat(files.libraryDirectories())
                .containsExactly("/usr/lib/i386-linux-gnu", "/usr/lib32", "/usr/lib", "/opt/32");
        assertThat(files.libraries())
                .containsExactly(
                        new Library(
                                Library.Role.DRIVER,
                                "/usr/lib/i386-linux-gnu/libcuda.so.550.1",
                                Optional.of("libcuda.so.1"),
                                List.of("libcuda.so.1")),
                        library("/usr/lib32/libnvidia-glcore.so.550.1", "libnvidia-glcore.so.550.1"),
                        library("/usr/lib/libnvidia-tls.so.550.1", "libnvidia-tls.so.550.1"),
                        library("/opt/32/libnvidia-far.so.550.1", "libnvidia-far.so.1"),
                        library("/usr/lib/i386-linux-gnu/libGLX_nvidia.so.0", "libGLX_nvidia.so.0"));
        assertThat(files.files())
                .extracting(FoundFile::path)
                .containsExactly(
                        "/etc/vulkan/icd.d/path.json",
                        "/etc/vulkan/icd.d/small.json",
                        "/usr/share/vulkan/icd.d/nvidia_icd.i686.json");
        assertThat(snapshot.get(SectionKey.FILES).data().orElseThrow().libraries())
                .extracting(Library::path)
                .doesNotContainAnyElementsOf(
                        files.libraries().stream().map(Library::path).toList());
    }

    private static Library library(String path, String soname) {
        return new Library(Library.Role.DRIVER, path, Optional.of(soname), List.of());
    }

    @Test
    void namedDirectoriesReplaceTheUsualOnes() {
        DriverFiles files = probe(
                        new ProbeOptions("/", "/", List.of("/opt/nv"), List.of(), Optional.empty()), "amd64", """
                        lib /opt/nv/libcuda.so.550.1 libcuda.so.1 x86_64
                        lib /opt/nv/libnvidia-tls.so.550.1 - i386
                        lib /usr/lib/libnvidia-glcore.so.550.1 - i386
                        """)
                .get(SectionKey.FILES_32)
                .data()
                .orElseThrow();

        assertThat(files.libraries()).extracting(Library::path).containsExactly("/opt/nv/libnvidia-tls.so.550.1");
    }

    @Test
    void nothingIsAbsentWithTheDirectories() {
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, "amd64", """
                lib /usr/lib64/libcuda.so.550.1 libcuda.so.1 x86_64
                lib /usr/lib/libnvidia-tls.so.535.1 - i386
                """);

        assertThat(snapshot.get(SectionKey.FILES_32))
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .contains("no 32-bit library", "/usr/lib/i386-linux-gnu", "/etc/ld.so.cache"));
    }

    @Test
    void otherMachinesHaveNone() {
        assertThat(probe(ProbeOptions.DEFAULT, "aarch64", "lib /usr/lib/libcuda.so.550.1 - i386")
                        .get(SectionKey.FILES_32))
                .isInstanceOf(Section.Absent.class);
    }

    @Test
    void nobodyLooksUnasked() {
        HostTree.layOut(host, "lib /usr/lib/libcuda.so.550.1 - i386");

        assertThat(HostProbe.probe(ProbeRequests.of(host, ProbeOptions.DEFAULT)).get(SectionKey.FILES_32))
                .isEqualTo(Section.notProbed());
        assertThat(files("lib /usr/lib64/libcuda.so.550.1 - x86_64").libraries())
                .hasSize(1);
    }
}
