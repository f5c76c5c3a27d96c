package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleException.Reason;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a host offers nothing: what is said, and which exit code a command makes of it. */
class DriverHealthTest {
    private static final Wanted NONE = Wanted.hooks(HooksPolicy.NONE);
    private static final String NEWER = "590.10.01";

    private static HostSnapshot healthy() {
        return DataHost.with(1).snapshot();
    }

    private static HostSnapshot answering(NvmlFailure failure) {
        return healthy()
                .with(
                        SectionKey.NVML,
                        Section.of(new NvmlFacts(
                                "/usr/lib/libnvidia-ml.so.1",
                                Optional.of(failure),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                List.of())));
    }

    private static HostSnapshot versions(HostSnapshot host, String module, String... libraries) {
        return host.with(
                SectionKey.DRIVER,
                Section.of(new DriverVersion(
                        Optional.of(libraries.length == 0 ? DataHost.VERSION : libraries[0]),
                        DriverVersion.Source.FILE_NAME,
                        Optional.ofNullable(module),
                        List.of(libraries))));
    }

    private static HostSnapshot failedLookups(HostSnapshot host, FailedLookup... failed) {
        DriverFiles files = host.get(SectionKey.FILES).data().orElseThrow();
        return host.with(
                SectionKey.FILES,
                Section.of(new DriverFiles(
                        files.libraryDirectories(), files.libraries(), files.files(), List.of(failed))));
    }

    private static AssembleException failureOf(HostSnapshot host) {
        AssembleException failure = catchThrowableOfType(
                AssembleException.class, () -> SpecAssembler.assemble(Mode.NVML, host, NONE.options()));
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "4, NO_PERMISSION, FAILING, run as root",
        "9, DRIVER_NOT_LOADED, GONE, modprobe nvidia",
        "12, LIBRARY_NOT_FOUND, FAILING, install the NVIDIA driver",
        "17, OPERATING_SYSTEM, FAILING, cgroup",
        "28, GPU_NOT_FOUND, GONE, lspci -d 10de:",
        "999, UNKNOWN, FAILING, cgroup",
        "3, NOT_SUPPORTED, FAILING, nvidia-smi must work first; dmesg",
    })
    void eachAnswerOfNvmlHasItsReasonAndItsHint(int code, String text, Reason reason, String hint) {
        AssembleException failure = failureOf(answering(new NvmlFailure("nvmlInit_v2", code, text)));
        assertThat(failure).hasMessage("nvmlInit_v2 answered " + text + " (" + code + ")");
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.hint()).contains(hint);
    }

    @Test
    void whatDoesNotAnswerIsNotGone() {
        AssembleException failure =
                failureOf(answering(new NvmlFailure("nvmlDeviceGetUUID", 10, "no answer within 5.0 s")));
        assertThat(failure).hasMessage("nvmlDeviceGetUUID: no answer within 5.0 s");
        assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
        assertThat(failure.hint()).contains("--nvml-timeout");
    }

    @Test
    void aMismatchThatNvmlTellsIsAHalfUpgrade() {
        AssembleException failure = failureOf(answering(new NvmlFailure("nvmlInit_v2", 18, "LIB_RM_VERSION_MISMATCH")));
        assertThat(failure)
                .hasMessage("the driver's libraries and its loaded kernel module differ:"
                        + " nvmlInit_v2 answered LIB_RM_VERSION_MISMATCH (18)");
        assertThat(failure.reason()).isEqualTo(Reason.HALF_UPGRADED);
        assertThat(failure.hint()).contains("reboot").contains("an existing spec was kept");
    }

    /** Whatever NVML says then: the module of one version is loaded, and only libraries of others are there. */
    @ParameterizedTest
    @ValueSource(ints = {4, 9, 999})
    void aModuleWithoutLibrariesOfItsVersionIsAHalfUpgrade(int code) {
        NvmlFailure answer = new NvmlFailure("nvmlInit_v2", code, "SOMETHING");
        AssembleException failure = failureOf(versions(answering(answer), DataHost.VERSION, NEWER, "595.01"));
        assertThat(failure)
                .hasMessage("the loaded kernel module is " + DataHost.VERSION + ", the installed libraries are " + NEWER
                        + ", 595.01 (" + answer.sentence() + ")");
        assertThat(failure.reason()).isEqualTo(Reason.HALF_UPGRADED);
    }

    @Test
    void aModuleThatHasItsLibrariesOrNoneAtAllIsNoHalfUpgrade() {
        HostSnapshot host = answering(new NvmlFailure("nvmlInit_v2", 999, "UNKNOWN"));
        for (HostSnapshot whole : List.of(
                versions(host, NEWER, DataHost.VERSION, NEWER),
                versions(host, NEWER),
                versions(host, null, DataHost.VERSION),
                host.with(SectionKey.DRIVER, Section.absent("no kernel module")))) {
            assertThat(failureOf(whole).reason()).isEqualTo(Reason.FAILING);
        }
    }

    @Test
    void withoutNvmlsLibraryThereIsNoDriver() {
        HostSnapshot host = failedLookups(
                healthy().with(SectionKey.NVML, Section.absent("no libnvidia-ml.so.1 in /usr/lib")),
                new FailedLookup("nvidia-imex", "", FailedLookup.Reason.NOT_FOUND),
                new FailedLookup("libnvidia-ml.so.1", "", FailedLookup.Reason.NOT_FOUND));
        AssembleException failure = failureOf(host);
        assertThat(failure).hasMessage("no libnvidia-ml.so.1 below driver root /: there is no NVIDIA driver");
        assertThat(failure).hasRootCauseMessage("no libnvidia-ml.so.1 in /usr/lib");
        assertThat(failure.reason()).isEqualTo(Reason.GONE);
        assertThat(failure.hint()).contains("--driver-root");
        assertThat(failureOf(host.with(SectionKey.FILES, Section.absent("no directory /")))
                        .reason())
                .isEqualTo(Reason.GONE);
    }

    /** A driver that is there and cannot be loaded is not gone: nobody's spec is to be deleted for it. */
    @Test
    void aLibraryThatCannotBeLoadedIsADriverAllTheSame() {
        HostSnapshot host = healthy().with(SectionKey.NVML, Section.absent("cannot load /usr/lib/libnvidia-ml.so.1"));
        for (HostSnapshot installed : List.of(
                host,
                failedLookups(
                        host,
                        new FailedLookup(
                                "libnvidia-ml.so.1", "/usr/lib/libnvidia-ml.so.1", FailedLookup.Reason.NOT_ELF),
                        new FailedLookup("libcuda.so.1", "", FailedLookup.Reason.NOT_FOUND)))) {
            AssembleException failure = failureOf(installed);
            assertThat(failure).hasMessage("cannot load /usr/lib/libnvidia-ml.so.1");
            assertThat(failure.reason()).isEqualTo(Reason.FAILING);
            assertThat(failure.hint()).contains("install the NVIDIA driver");
        }
    }

    @Test
    void aLibraryThatIsNotThereBesideAModuleOfAnotherVersionIsAHalfUpgrade() {
        AssembleException failure = failureOf(
                versions(healthy().with(SectionKey.NVML, Section.absent("it is not there")), DataHost.VERSION, NEWER));
        assertThat(failure.reason()).isEqualTo(Reason.HALF_UPGRADED);
        assertThat(failure).hasMessageEndingWith(" are " + NEWER + " (it is not there)");
    }

    @Test
    void withoutFilesThereIsNothingToMount() {
        AssembleException failure = failureOf(healthy().with(SectionKey.FILES, Section.absent("no directory /drv")));
        assertThat(failure).hasMessage("no directory /drv");
        assertThat(failure.reason()).isEqualTo(Reason.NOTHING_TO_OFFER);
    }

    @Test
    void aVersionThatNobodyTellsIsNone() {
        HostSnapshot untold = healthy()
                .with(
                        SectionKey.DRIVER,
                        Section.of(new DriverVersion(
                                Optional.empty(), DriverVersion.Source.NONE, Optional.of(NEWER), List.of())));
        for (HostSnapshot host : List.of(untold, healthy().with(SectionKey.DRIVER, Section.absent("no module")))) {
            AssembleException failure = failureOf(host);
            assertThat(failure).hasMessage("no source tells the driver's version");
            assertThat(failure.reason()).isEqualTo(Reason.NOTHING_TO_OFFER);
        }
    }

    @Test
    void oneOfTheMainLibrariesIsEnoughAndEachThatIsMissingIsNamed() throws AssembleException {
        DataHost host = DataHost.with(1);
        host.libraries.removeIf(library -> !library.path().contains("libcuda"));
        assertThat(warnings(host))
                .containsExactly(
                        "libnvidia-ml.so." + DataHost.VERSION + " is not below driver root /",
                        "libnvidia-ptxjitcompiler.so." + DataHost.VERSION + " is not below driver root /");

        DataHost other = DataHost.with(1);
        other.libraries.removeIf(library -> library.path().contains("libcuda"));
        assertThat(warnings(other)).containsExactly("libcuda.so." + DataHost.VERSION + " is not below driver root /");

        DataHost neither = DataHost.with(1);
        neither.libraries.removeIf(library -> !library.path().contains("ptxjit"));
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> neither.spec(NONE))
                .withMessage("neither libcuda.so.580.95.05 nor libnvidia-ml.so.580.95.05 is below driver root /")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOTHING_TO_OFFER))
                .satisfies(e -> assertThat(e.hint()).contains("the driver in use is 580.95.05"));
        assertThat(warnings(DataHost.with(1))).isEmpty();
    }

    private static List<String> warnings(DataHost host) throws AssembleException {
        return host.assemble(NONE).notices().stream()
                .filter(notice -> notice.level() == Notice.Level.WARNING)
                .map(Notice::what)
                .toList();
    }

    @Test
    void aSectionThatNobodyProbedIsTheUsersMistake() throws AssembleException {
        for (SectionKey<?> key : List.of(SectionKey.NVML, SectionKey.DRIVER, SectionKey.FILES, SectionKey.NODES)) {
            AssembleException failure = failureOf(without(healthy(), key));
            assertThat(failure).hasMessage("the snapshot has no section '" + key.name() + "'");
            assertThat(failure.reason()).isEqualTo(Reason.USAGE);
            assertThat(failure.hint()).contains("gpu-cdi snapshot");
        }
        // Who wants no hooks needs nobody to have looked for the hook program.
        HostSnapshot noHook = without(healthy(), SectionKey.HOOK);
        CdiSpec spec = DataHost.with(1).spec(NONE);
        assertThat(SpecAssembler.assemble(Mode.NVML, noHook, NONE.options())
                        .specs()
                        .get(0)
                        .spec())
                .isEqualTo(spec);
        assertThatExceptionOfType(AssembleException.class)
                .isThrownBy(() -> SpecAssembler.assemble(
                        Mode.NVML, noHook, Wanted.hooks(HooksPolicy.AUTO).options()))
                .withMessageContaining("'hook'");
    }

    private static <T> HostSnapshot without(HostSnapshot host, SectionKey<T> key) {
        return host.with(key, Section.notProbed());
    }
}
