package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Libraries for 32-bit programs: only where asked for, never in the way of the others. */
class Libraries32Test {
    private static final String GLX = "/usr/lib32/libGLX_nvidia.so." + DataHost.VERSION;
    private static final String VDPAU = "/usr/lib32/vdpau/libvdpau_nvidia.so." + DataHost.VERSION;
    private static final DriverFiles FILES = new DriverFiles(
            List.of("/usr/lib32"),
            List.of(
                    new Library(
                            Library.Role.DRIVER, GLX, Optional.of("libGLX_nvidia.so.0"), List.of("libGLX_nvidia.so.0")),
                    new Library(Library.Role.DRIVER, VDPAU, Optional.of("libvdpau_nvidia.so.1"), List.of()),
                    new Library(Library.Role.EXPLICIT, "/usr/lib32/libGL.so.1.7.0", Optional.empty(), List.of())),
            List.of(new FoundFile(
                    Role.ETC_CONFIG,
                    "vulkan/icd.d/nvidia_icd.i686.json",
                    "/usr/share/vulkan/icd.d/nvidia_icd.i686.json",
                    Optional.empty(),
                    List.of("libGLX_nvidia.so.0", "/usr/lib32/libGLX_nvidia.so.0", "libnvidia-none.so.1"))),
            List.of());

    private static Assembly assemble(HostSnapshot snapshot, Wanted wanted) throws AssembleException {
        return SpecAssembler.assemble(Mode.NVML, snapshot, wanted.options());
    }

    private static HostSnapshot host(DataHost host) {
        return host.askedHook("/h").snapshot().with(SectionKey.FILES_32, Section.of(FILES));
    }

    private static List<Mount> mounts(Assembly assembly) {
        return assembly.specs().get(0).spec().containerEdits().mounts();
    }

    private static List<Mount> added(HostSnapshot snapshot, HooksPolicy hooks) throws AssembleException {
        List<Mount> added =
                new ArrayList<>(mounts(assemble(snapshot, Wanted.hooks(hooks).features(Feature.LIBRARIES_32))));
        List<Mount> without = mounts(assemble(snapshot, Wanted.hooks(hooks)));
        assertThat(added).containsAll(without).doesNotHaveDuplicates();
        added.removeAll(without);
        return added;
    }

    @ParameterizedTest
    @EnumSource(names = {"NVIDIA", "NONE"})
    void everyNameWhereLoadersLook(HooksPolicy hooks) throws Exception {
        assertThat(added(host(DataHost.with(1)), hooks))
                .containsExactlyInAnyOrder(
                        at(GLX, "/usr/lib/i386-linux-gnu/libGLX_nvidia.so." + DataHost.VERSION),
                        at(GLX, "/usr/lib/i386-linux-gnu/libGLX_nvidia.so.0"),
                        at(GLX, "/usr/lib/i386-linux-gnu/libGLX_indirect.so.0"),
                        at(GLX, "/usr/lib/libGLX_nvidia.so." + DataHost.VERSION),
                        at(GLX, "/usr/lib/libGLX_nvidia.so.0"),
                        at(GLX, "/usr/lib/libGLX_indirect.so.0"),
                        at(GLX, "/usr/lib32/libGLX_nvidia.so.0"),
                        at(VDPAU, "/usr/lib/i386-linux-gnu/vdpau/libvdpau_nvidia.so." + DataHost.VERSION),
                        at(VDPAU, "/usr/lib/i386-linux-gnu/vdpau/libvdpau_nvidia.so.1"),
                        at(VDPAU, "/usr/lib/vdpau/libvdpau_nvidia.so." + DataHost.VERSION),
                        at(VDPAU, "/usr/lib/vdpau/libvdpau_nvidia.so.1"),
                        at("/usr/share/vulkan/icd.d/nvidia_icd.i686.json", "/etc/vulkan/icd.d/nvidia_icd.i686.json"));
    }

    private static Mount at(String hostPath, String containerPath) {
        return DriverMounts.file(hostPath, containerPath);
    }

    @Test
    void hooksHaveNoPartInIt() throws Exception {
        HostSnapshot host = host(DataHost.with(1));
        List<Hook> with = assemble(host, Wanted.hooks(HooksPolicy.NVIDIA).features(Feature.LIBRARIES_32))
                .specs()
                .get(0)
                .spec()
                .containerEdits()
                .hooks();

        assertThat(with)
                .isNotEmpty()
                .isEqualTo(assemble(host, Wanted.hooks(HooksPolicy.NVIDIA))
                        .specs()
                        .get(0)
                        .spec()
                        .containerEdits()
                        .hooks());
    }

    /** On Arch Linux the 64-bit libraries are in /usr/lib: with hooks they are mounted there. */
    @Test
    void neverAmongThe64BitOnes() throws Exception {
        DataHost host = DataHost.with(1);
        host.libraries.add(new Library(
                Library.Role.DRIVER, "/usr/lib/libnvidia-tls.so." + DataHost.VERSION, Optional.empty(), List.of()));

        assertThat(added(host(host), HooksPolicy.NVIDIA))
                .extracting(Mount::containerPath)
                .contains("/usr/lib/i386-linux-gnu/libGLX_nvidia.so.0")
                .noneMatch(path -> path.startsWith("/usr/lib/lib") || path.startsWith("/usr/lib/vdpau"));
    }

    @Test
    void explicitOnesTogetherWithTheOthers() throws Exception {
        assertThat(mounts(assemble(
                        host(DataHost.with(1)),
                        Wanted.hooks(HooksPolicy.NONE)
                                .features(Feature.LIBRARIES_32, Feature.EXPLICIT_DRIVER_LIBRARIES))))
                .contains(at("/usr/lib32/libGL.so.1.7.0", "/usr/lib/libGL.so.1.7.0"));
    }

    @Test
    void whatIsMissingIsAWarning() throws Exception {
        Wanted wanted = Wanted.hooks(HooksPolicy.NONE).features(Feature.LIBRARIES_32);

        assertThat(assemble(host(DataHost.with(1)), wanted).notices())
                .filteredOn(Notice::isIncomplete)
                .extracting(Notice::what)
                .containsExactly("/usr/share/vulkan/icd.d/nvidia_icd.i686.json names what is not among the driver's"
                        + " files: libnvidia-none.so.1");
        HostSnapshot none = DataHost.with(1).snapshot().with(SectionKey.FILES_32, Section.absent("nothing there"));
        assertThat(assemble(none, wanted).notices())
                .filteredOn(Notice::isIncomplete)
                .extracting(Notice::what)
                .containsExactly("no libraries for 32-bit programs: nothing there");
    }

    @Test
    void aLibraryThatCannotBeUsedIsSaid() throws Exception {
        DriverFiles broken = new DriverFiles(
                FILES.libraryDirectories(),
                FILES.libraries(),
                List.of(),
                List.of(
                        new FailedLookup("libx.so", "/usr/lib32/libx.so", FailedLookup.Reason.DANGLING_LINK),
                        new FailedLookup("libGL.so", "/usr/lib32/libGL.so", FailedLookup.Reason.DANGLING_LINK),
                        new FailedLookup("liby.so", "/usr/lib/liby.so", FailedLookup.Reason.FOREIGN_ELF),
                        new FailedLookup("libz.so", "", FailedLookup.Reason.NOT_FOUND)));
        HostSnapshot host = DataHost.with(1).snapshot().with(SectionKey.FILES_32, Section.of(broken));

        assertThat(assemble(host, Wanted.hooks(HooksPolicy.NONE).features(Feature.LIBRARIES_32))
                        .notices())
                .filteredOn(Notice::isIncomplete)
                .extracting(Notice::what)
                .containsExactly("/usr/lib32/libx.so left out: the link leads nowhere");
    }

    @Test
    void aSnapshotThatDidNotLookCannotSay() {
        assertThatThrownBy(() -> assemble(
                        DataHost.with(1).snapshot(),
                        Wanted.hooks(HooksPolicy.NONE).features(Feature.LIBRARIES_32)))
                .isInstanceOf(AssembleException.class)
                .hasMessageContaining("the snapshot has no section 'files32'");
    }
}
