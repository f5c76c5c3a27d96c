package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.DriverVersion.Source;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's version: what NVML, the kernel and the files say. */
class DriverVersionProbeTest {
    private static final String MODULE = "text /sys/module/nvidia/version 580.95.05\\n\n";
    private static final String PROC = "text /proc/driver/nvidia/version NVRM version: NVIDIA UNIX x86_64 Kernel Module"
            + "  570.86.16  Fri Jan 24\\nGCC version: 12.2.0\\n\n";

    @TempDir
    Path top;

    private Section<DriverVersion> probe(String reported, String... tree) {
        HostTree.layOut(top, String.join("", tree) + "dir /usr/lib64");
        RootedFs host = RootedFs.host(top);
        LibraryLocator locator = new LibraryLocator(
                Roots.of(host, ProbeOptions.DEFAULT),
                ProbeOptions.DEFAULT,
                Loader.of(new Platform("vax", "")),
                new Failures());
        return new DriverVersionProbe(host, locator).probe(Optional.ofNullable(reported));
    }

    private static Section<DriverVersion> version(String version, Source source, String module, String... files) {
        return Section.of(
                new DriverVersion(Optional.ofNullable(version), source, Optional.ofNullable(module), List.of(files)));
    }

    private static String library(String name) {
        return "lib /usr/lib64/" + name + " -\n";
    }

    @Test
    void nvmlCountsBeforeFiles() {
        assertThat(probe("580.95.05", MODULE, library("libcuda.so.570.1"), library("libnvidia-ml.so.560.2")))
                .isEqualTo(version("580.95.05", Source.NVML, "580.95.05", "560.2", "570.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "580", "580.95.05 (open)", "1.2/../.."})
    void whatNvmlSaysCountsOnlyIfItIsAVersion(String reported) {
        assertThat(probe(reported, library("libcuda.so.570.1")))
                .isEqualTo(version("570.1", Source.FILE_NAME, null, "570.1"));
    }

    @Test
    void ofFilesLibcudaCountsFirst() {
        assertThat(probe(
                        null,
                        library("libnvidia-ml.so.560.2"),
                        library("libcuda.so.570.1"),
                        library("libcuda.so.1.x"),
                        library("libnvidia-ml.so.570.1")))
                .isEqualTo(version("570.1", Source.FILE_NAME, null, "560.2", "570.1"));
    }

    @Test
    void ofFilesThoseOfTheLoadedModuleCount() {
        assertThat(probe(null, MODULE, library("libcuda.so.570.1"), library("libcuda.so.580.95.05")))
                .isEqualTo(version("580.95.05", Source.FILE_NAME, "580.95.05", "570.1", "580.95.05"));
    }

    @Test
    void aModuleAloneTellsNoVersionOfFiles() {
        assertThat(probe(null, MODULE)).isEqualTo(version(null, Source.NONE, "580.95.05"));
    }

    @Test
    void withoutAnyThereIsNoDriver() {
        assertThat(probe(null))
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .startsWith(
                                        "no kernel module named nvidia is loaded, and neither libcuda.so.* nor libnvidia-ml.so.*"
                                                + " is in /, /usr/lib64, ")
                                .endsWith(" and /etc/ld.so.cache"));
    }

    @Test
    void sysfsCountsBeforeProcfs() {
        assertThat(probe(null, MODULE, PROC)).isEqualTo(version(null, Source.NONE, "580.95.05"));
    }

    @Test
    void procfsTellsWhatSysfsDoesNot() {
        assertThat(probe(null, "text /sys/module/nvidia/version unknown\\n\n", PROC))
                .isEqualTo(version(null, Source.NONE, "570.86.16"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  571.20.03  Release Build | 571.20.03
            NVRM version: 570.86.16                                                           | 570.86.16
            570.1                                                                             | 570.1
            NVRM version: 12.2.0 570.86.16                                                    | 570.86.16
            NVRM version: 1570.86 is none                                                     |
            NVRM version: none                                                                |
            ''                                                                                |
            """)
    void theFirstWordOfTheFirstLineThatLooksLikeOne(String line, String version) {
        assertThat(DriverVersionProbe.ofProcfs(line)).isEqualTo(Optional.ofNullable(version));
        assertThat(DriverVersionProbe.ofProcfs("first line\n" + line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "580.95.05, true",
        "580.1, true",
        "0.9, true",
        "9.0, true",
        "580, false",
        "580., false",
        ".580, false",
        "580..1, false",
        "580.1., false",
        "580.1a, false",
        "580.-1, false",
        "'580.1 ', false",
        "580/1, false",
        "580.1:, false",
        "'', false",
        "., false",
    })
    void numbersWithDotsBetween(String text, boolean version) {
        assertThat(DriverVersionProbe.isVersion(text)).isEqualTo(version);
    }

    @Test
    void aVersionIsNoLongerThanAFileNameTakes() {
        assertThat(DriverVersionProbe.isVersion("1." + "2".repeat(62))).isTrue();
        assertThat(DriverVersionProbe.isVersion("1." + "2".repeat(63))).isFalse();
    }
}
