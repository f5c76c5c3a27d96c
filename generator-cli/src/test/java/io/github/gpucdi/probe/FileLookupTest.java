package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.testhost.HostTree;
import io.github.gpucdi.testhost.LdCacheFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of driver files that are missing, and what the loader's cache is good for. */
class FileLookupTest {
    private static final int X86_64 = 0x0303;
    private static final String CUDA = "lib /usr/lib64/libcuda.so.550.1 libcuda.so.1\n";
    private static final String NVML = "lib /usr/lib64/libnvidia-ml.so.550.1 libnvidia-ml.so.1\n";

    @TempDir
    Path host;

    private HostSnapshot probe(ProbeOptions options, String tree) {
        HostTree.layOut(host, tree);
        return HostProbe.probe(ProbeRequests.of(host, options));
    }

    private DriverFiles files(String tree) {
        return probe(ProbeOptions.DEFAULT, tree).get(SectionKey.FILES).data().orElseThrow();
    }

    private static List<String> failed(DriverFiles files, Reason reason) {
        return files.failed().stream()
                .filter(failure -> failure.reason() == reason)
                .map(FailedLookup::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void aMainLibraryThatIsMissingIsAFailureAndNoOther(boolean cuda, boolean nvml) {
        List<String> missing = failed(files((cuda ? CUDA : "") + (nvml ? NVML : "")), Reason.NOT_FOUND);
        assertThat(missing.contains("libcuda.so.550.1")).isEqualTo(!cuda);
        assertThat(missing.contains("libnvidia-ml.so.550.1")).isEqualTo(!nvml);
    }

    @Test
    void firmwareThatIsMissingIsAFailureOnce() {
        assertThat(failed(files(CUDA), Reason.NOT_FOUND)).containsOnlyOnce("nvidia/550.1/gsp*.bin");
        HostTree.layOut(host, "file /lib/firmware/nvidia/550.1/other.bin\ndir /lib/firmware/nvidia/550.1/gsp_dir.bin");
        assertThat(failed(files(CUDA), Reason.NOT_FOUND)).contains("nvidia/550.1/gsp*.bin");

        DriverFiles with = files("file /lib/firmware/nvidia/550.1/gsp_a.bin");
        assertThat(failed(with, Reason.NOT_FOUND)).noneMatch(name -> name.contains("gsp"));
        assertThat(with.files())
                .contains(new FoundFile(
                        Role.FIRMWARE,
                        "nvidia/550.1/gsp_a.bin",
                        "/lib/firmware/nvidia/550.1/gsp_a.bin",
                        Optional.empty(),
                        List.of()));
    }

    /** The kernel may be told of a directory, and not of an empty one. */
    @Test
    void firmwareIsWhereTheKernelWasToldToLook() {
        DriverFiles files = files(CUDA + """
                text /sys/module/firmware_class/parameters/path /opt/firmware\\n
                file /opt/firmware/nvidia/550.1/gsp_a.bin
                file /nvidia/550.1/gsp_b.bin
                """);
        assertThat(files.files())
                .filteredOn(file -> file.role() == Role.FIRMWARE)
                .extracting(FoundFile::path)
                .containsExactly("/opt/firmware/nvidia/550.1/gsp_a.bin");
    }

    /** In a tree of its own an absolute link leads elsewhere than on the host: then the spec needs the file itself. */
    @Test
    void aFileBehindALinkThatTheHostWouldFollowElsewhereIsResolved() {
        HostTree.layOut(host, """
                lib /drv/usr/lib64/libcuda.so.550.1 libcuda.so.1
                exe /drv/opt/nv/nvidia-smi
                link /drv/usr/bin/nvidia-smi /opt/nv/nvidia-smi
                exe /drv/opt/nv/nvidia-debugdump
                link /drv/usr/bin/nvidia-debugdump ../../opt/nv/nvidia-debugdump
                file /drv/opt/gsp_a.bin
                link /drv/lib/firmware/nvidia/550.1/gsp_a.bin /opt/gsp_a.bin
                """);
        List<FoundFile> files = probe(ProbeRequests.driverRoot("/drv"), "dir /etc")
                .get(SectionKey.FILES)
                .data()
                .orElseThrow()
                .files();
        assertThat(files)
                .containsExactlyInAnyOrder(
                        new FoundFile(
                                Role.BINARY,
                                "nvidia-smi",
                                "/drv/usr/bin/nvidia-smi",
                                Optional.of("/drv/opt/nv/nvidia-smi"),
                                List.of()),
                        new FoundFile(
                                Role.BINARY,
                                "nvidia-debugdump",
                                "/drv/usr/bin/nvidia-debugdump",
                                Optional.empty(),
                                List.of()),
                        new FoundFile(
                                Role.FIRMWARE,
                                "nvidia/550.1/gsp_a.bin",
                                "/drv/lib/firmware/nvidia/550.1/gsp_a.bin",
                                Optional.of("/drv/opt/gsp_a.bin"),
                                List.of()));
    }

    /** The first that is broken is told, unless a later one is whole. */
    @Test
    void aBrokenFileIsToldOnlyIfThereIsNoWholeOne() {
        DriverFiles files = files("""
                link /usr/local/sbin/nvidia-smi gone
                link /usr/sbin/nvidia-smi nvidia-smi
                link /usr/local/bin/nvidia-imex nvidia-imex
                link /usr/bin/nvidia-imex gone
                exe /bin/nvidia-imex
                """);
        assertThat(files.failed())
                .contains(new FailedLookup("nvidia-smi", "/usr/local/sbin/nvidia-smi", Reason.DANGLING_LINK))
                .noneMatch(failure -> failure.path().equals("/usr/sbin/nvidia-smi"))
                .noneMatch(failure -> failure.name().equals("nvidia-imex"));
    }

    private void cache(String... paths) throws IOException {
        LdCacheFile cache = new LdCacheFile();
        for (String path : paths) {
            cache.entry(path.substring(path.lastIndexOf('/') + 1), path, X86_64);
        }
        Files.createDirectories(host.resolve("etc"));
        Files.write(host.resolve("etc/ld.so.cache"), cache.bytes(0));
    }

    @Test
    void whatTheCacheListsIsFoundByTheNameOfItsFile() throws IOException {
        cache("/opt/nv/libcuda.so.1", "/opt/nv/libgone.so.1", "/opt/nv/dir.so.550.2");
        DriverFiles files = files("""
                lib /opt/nv/libcuda.so.550.2 libcuda.so.1
                link /opt/nv/libcuda.so.1 libcuda.so.550.2
                dir /opt/nv/dir.so.550.2
                """);
        assertThat(files.libraryDirectories()).containsExactly("/opt/nv");
        assertThat(files.libraries()).extracting(Library::path).containsExactly("/opt/nv/libcuda.so.550.2");
    }

    @Test
    void nvmlIsFoundByItsLinkInTheCache() throws IOException {
        cache("/opt/nv/libnvidia-ml.so.1");
        HostSnapshot snapshot = probe(ProbeOptions.DEFAULT, """
                lib /opt/nv/libnvidia-ml.so.550.1 libnvidia-ml.so.1
                link /opt/nv/libnvidia-ml.so.1 libnvidia-ml.so.550.1
                """);
        assertThat(snapshot.get(SectionKey.NVML).data().orElseThrow().library())
                .isEqualTo("/opt/nv/libnvidia-ml.so.550.1");
    }

    @Test
    void directoriesThatTheUserNamedReplaceTheCache() throws IOException {
        cache("/opt/nv/libnvidia-ml.so.1");
        ProbeOptions options = new ProbeOptions("/", "/", List.of("/a", "/b"), List.of(), Optional.empty());
        assertThat(probe(options, "lib /opt/nv/libnvidia-ml.so.1 libnvidia-ml.so.1")
                        .get(SectionKey.NVML))
                .isEqualTo(Section.absent("no libnvidia-ml.so.1 in /a, /b"));
    }
}
