package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.generate.JnaLoader;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the parts of a probe learn of each other, and whose library is loaded. */
class HostProbeTest {
    private static final ProbeOptions OPTIONS = ProbeOptions.DEFAULT;

    @TempDir
    Path host;

    private static ProbeRequest request(
            Path root,
            ProbeOptions options,
            Set<SectionKey<?>> sections,
            List<EngineSearch> engines,
            NvmlLoader loader) {
        SpecLookup specs =
                new SpecLookup(List.of("/etc/cdi"), Optional.empty(), Optional.empty(), SpecLookup.NONE.reader());
        return new ProbeRequest(
                root,
                options,
                List.of(),
                Optional.empty(),
                sections,
                engines,
                specs,
                false,
                false,
                Duration.ofSeconds(60),
                loader,
                new JnaLoader());
    }

    private HostSnapshot probe(Set<SectionKey<?>> sections, EngineSearch... engines) {
        return HostProbe.probe(request(host, OPTIONS, sections, List.of(engines), ProbeRequests.TREE_ONLY));
    }

    /** Labels tell it, and are no reason to look for CSV files. */
    @Test
    void cudasVersionIsAskedForByItself() {
        driver(DoubleConfig.of(1, "a100-40").driver("550.1"));
        ProbeRequest request = request(host, OPTIONS, Set.of(SectionKey.NVML), List.of(), ProbeRequests.TREE_ONLY);
        assertThat(cuda(request)).isEmpty();
        assertThat(cuda(request.withCudaVersion())).isPresent();
        assertThat(HostProbe.probe(request.withCudaVersion()).sections()).doesNotContainKey(SectionKey.CSV);
    }

    private static OptionalInt cuda(ProbeRequest request) {
        return HostProbe.probe(request)
                .get(SectionKey.NVML)
                .data()
                .orElseThrow()
                .cudaDriverVersion();
    }

    private void driver(DoubleConfig config) {
        NvmlDouble.configure(config);
        NvmlDouble.buildIn(host.resolve("usr/lib64"), "550.1");
        HostTree.layOut(host, "link /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.550.1");
    }

    @Test
    void theVersionOfTheFilesIsThatWhichNvmlTells() {
        driver(DoubleConfig.of(1, "a100-40").driver("560.2"));
        HostTree.layOut(
                host, "lib /usr/lib64/libcuda.so.560.2 libcuda.so.1\nlib /usr/lib64/libcuda.so.550.1 libcuda.so.1");
        HostSnapshot snapshot = probe(Mode.NVML.sections());
        assertThat(snapshot.get(SectionKey.DRIVER))
                .isEqualTo(Section.of(new DriverVersion(
                        Optional.of("560.2"), DriverVersion.Source.NVML, Optional.empty(), List.of("550.1", "560.2"))));
        assertThat(snapshot.get(SectionKey.FILES).data().orElseThrow().libraries())
                .extracting(library -> library.path())
                .containsExactly("/usr/lib64/libcuda.so.560.2");
    }

    @Test
    void aGpuHasTheDrmNodesOfItsAddress() {
        driver(DoubleConfig.of(2, "a100-40"));
        Gpu gpu = probe(Set.of(SectionKey.NVML))
                .get(SectionKey.NVML)
                .data()
                .orElseThrow()
                .gpus()
                .get(1);
        HostTree.layOut(
                host,
                "dir /sys/bus/pci/devices/" + gpu.pciAddress().orElseThrow() + "/drm/card7\n"
                        + "dir /sys/bus/pci/devices/" + gpu.pciAddress().orElseThrow() + "/drm/renderD135");
        assertThat(probe(Set.of(SectionKey.NVML))
                        .get(SectionKey.NVML)
                        .data()
                        .orElseThrow()
                        .gpus())
                .extracting(Gpu::drm)
                .containsExactly(List.of(), List.of("card7", "renderD135"));
    }

    @Test
    void thatTheLibraryIsNotThereIsAFailedLookup() {
        HostTree.layOut(host, "lib /usr/lib64/libcuda.so.550.1 libcuda.so.1");
        HostSnapshot snapshot = probe(Mode.NVML.sections());
        assertThat(snapshot.get(SectionKey.NVML))
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason()).startsWith("no libnvidia-ml.so.1 in /, /usr/lib64, "));
        assertThat(snapshot.get(SectionKey.FILES).data().orElseThrow().failed())
                .contains(new FailedLookup("libnvidia-ml.so.1", "", FailedLookup.Reason.NOT_FOUND));
    }

    /** Below another root the loader of this machine would find this machine's driver. */
    @Test
    void onlyTheMachinesOwnLoaderIsAskedForALibraryThatIsNotFound() {
        List<String> asked = new ArrayList<>();
        NvmlLoader loader = new NvmlLoader() {
            @Override
            public NvmlLibrary load(Path file) {
                throw new AssertionError("none was found");
            }

            @Override
            public NvmlLibrary loadBySoname() {
                asked.add("libnvidia-ml.so.1");
                throw new NvmlException("dlopen", 12, "the loader's words");
            }
        };
        HostTree.layOut(host, "dir /drv/usr/lib64");
        Section<NvmlFacts> elsewhere = HostProbe.probe(
                        request(host, ProbeRequests.driverRoot("/drv"), Set.of(SectionKey.NVML), List.of(), loader))
                .get(SectionKey.NVML);
        assertThat(asked).isEmpty();
        assertThat(elsewhere)
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .startsWith("no libnvidia-ml.so.1 in /drv, /drv/usr/lib64, ")
                                .endsWith(" and /drv/etc/ld.so.cache"));

        ProbeOptions below = ProbeRequests.driverRoot(host.resolve("drv").toString());
        Section<NvmlFacts> machine = HostProbe.probe(
                        request(Path.of("/"), below, Set.of(SectionKey.NVML), List.of(), loader))
                .get(SectionKey.NVML);
        assertThat(asked).containsExactly("libnvidia-ml.so.1");
        assertThat(machine)
                .isInstanceOfSatisfying(
                        Section.Absent.class,
                        absent -> assertThat(absent.reason())
                                .startsWith("no libnvidia-ml.so.1 in " + host.resolve("drv"))
                                .endsWith(": the loader's words"));
    }

    @Test
    void directoriesThatEnginesAreConfiguredForAreReadToo() {
        HostTree.layOut(host, """
                exe /usr/bin/crio
                text /etc/crio/crio.conf [crio.runtime]\\ncdi_spec_dirs = ["/srv/cdi"]\\n
                dir /srv/cdi
                """);
        EngineSearch crio = new EngineSearch(
                "cri-o", "crio", List.of("crio"), Optional.of("/etc/crio/crio.conf"), Optional.empty());
        HostSnapshot both = probe(Set.of(SectionKey.ENGINES, SectionKey.CDI), crio);
        assertThat(both.get(SectionKey.CDI).data().orElseThrow().directories())
                .extracting(CdiDirectory::path)
                .containsExactly("/etc/cdi", "/srv/cdi");
        HostSnapshot alone = probe(Set.of(SectionKey.CDI), crio);
        assertThat(alone.get(SectionKey.CDI).data().orElseThrow().directories())
                .extracting(CdiDirectory::path)
                .containsExactly("/etc/cdi");
        assertThat(alone.get(SectionKey.ENGINES)).isEqualTo(Section.notProbed());
    }

    @Test
    void withoutADriverRootThereAreNoFiles() {
        HostSnapshot snapshot = HostProbe.probe(request(
                host,
                ProbeRequests.driverRoot("/none"),
                Set.of(SectionKey.FILES, SectionKey.NODES),
                List.of(),
                ProbeRequests.TREE_ONLY));
        assertThat(snapshot.get(SectionKey.FILES)).isEqualTo(Section.absent("no directory /none"));
        assertThat(snapshot.get(SectionKey.NODES)).isEqualTo(Section.absent("no directory /none/dev"));
        assertThat(snapshot.get(SectionKey.NVML)).isEqualTo(Section.notProbed());
    }

    @Test
    void anyPartCanBeLookedAtAlone() {
        HostTree.layOut(host, "dir /dev\ndir /usr/bin");
        for (SectionKey<?> key : List.of(
                SectionKey.NVML,
                SectionKey.DRIVER,
                SectionKey.FILES,
                SectionKey.NODES,
                SectionKey.HOOK,
                SectionKey.ENGINES,
                SectionKey.CDI,
                SectionKey.ENVIRONMENT)) {
            HostSnapshot snapshot = probe(Set.of(key));
            assertThat(snapshot.get(key)).as(key.name()).isNotInstanceOf(Section.NotProbed.class);
            assertThat(snapshot.sections().keySet()).as(key.name()).containsExactly(key);
        }
    }
}
