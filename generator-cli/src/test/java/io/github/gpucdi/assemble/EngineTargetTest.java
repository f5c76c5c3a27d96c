package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.VersionFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engines of a host as those that a spec is for. */
class EngineTargetTest {
    private static final Notice EARLIER = new Notice(Notice.Level.INFO, "said before", "");

    private static EngineProgram program(String engine, String version) {
        return program(engine, version, Optional.empty(), Optional.empty());
    }

    private static EngineProgram program(
            String engine, String version, Optional<Boolean> cdi, Optional<Boolean> noCri) {
        return new EngineProgram(
                engine,
                "/usr/bin/" + engine,
                Optional.of(version),
                Optional.empty(),
                cdi,
                noCri,
                List.of(),
                Optional.empty());
    }

    private static EngineTarget target(EngineProgram... programs) {
        return EngineTarget.of(List.of(programs));
    }

    private static List<String> words(EngineTarget target) {
        return target.installed().stream().map(EngineTarget.Installed::word).toList();
    }

    /** One GPU with a group. */
    private static Assembly made(String kind) {
        ContainerEdits edits =
                ContainerEdits.builder().env("A=b").additionalGids(List.of(44L)).build();
        CdiSpec spec = new CdiSpec("0.7.0", kind, Map.of(), List.of(Device.of("0", edits)), ContainerEdits.EMPTY);
        return new Assembly(List.of(new Assembly.Part("", spec)), List.of(EARLIER));
    }

    private static List<Notice> said(Assembly fitted) {
        assertThat(fitted.notices().get(0)).isEqualTo(EARLIER);
        return fitted.notices().subList(1, fitted.notices().size());
    }

    @Test
    void aHostWithoutEnginesChangesNothing() throws AssembleException {
        EngineTarget none = target();
        assertThat(none).isEqualTo(EngineTarget.ANY);
        assertThat(none.fit(made("nvidia.com/gpu"))).isEqualTo(made("nvidia.com/gpu"));
        assertThat(none.options(AssembleOptions.DEFAULT)).isEqualTo(AssembleOptions.DEFAULT);
    }

    @Test
    void oneLineSaysForWhomAndThatItCostNothing() throws AssembleException {
        Assembly fitted =
                target(program("podman", "5.4.2"), program("docker", "28.2.2")).fit(made("nvidia.com/gpu"));
        assertThat(fitted.specs()).isEqualTo(made("nvidia.com/gpu").specs());
        assertThat(said(fitted))
                .containsExactly(new Notice(
                        Notice.Level.INFO, "for podman-5.4.2, docker-28.2.2: CDI 0.7.0, nothing left out", ""));
    }

    @Test
    void oneLineSaysForWhomAndWhatItCost() throws AssembleException {
        Assembly fitted = target(
                        program("podman", "4.3.1+ds1"), program("docker", "28.2.2"), program("cri-o", "1.28.0"))
                .fit(made("nvidia.com/gpu"));
        assertThat(fitted.specs().get(0).spec().cdiVersion()).isEqualTo("0.5.0");
        assertThat(said(fitted)).singleElement().satisfies(notice -> {
            assertThat(notice.level()).isEqualTo(Notice.Level.WARNING);
            assertThat(notice.what())
                    .isEqualTo("for podman-4.3.1+ds1, docker-28.2.2, cri-o-1.28.0: CDI 0.5.0, left out: the"
                            + " supplementary groups 44 (Podman 4.3 reads up to CDI 0.5.0, CRI-O 1.28 reads up to CDI"
                            + " 0.6.0)");
            assertThat(notice.hint()).contains("--group-add");
        });
    }

    @Test
    void enginesThatTheUserNamedCountToo() throws AssembleException {
        EngineRelease old = EngineTable.find("podman-4.3").orElseThrow();
        Assembly fitted = target(program("docker", "28.2.2"))
                .and(Set.of(EngineFit.Reader.of(old)))
                .fit(made("nvidia.com/gpu"));
        assertThat(said(fitted))
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.what()).startsWith("for docker-28.2.2, Podman 4.3: CDI 0.5.0, left out: "));
    }

    @Test
    void thoseThatReadNoSpecsAreNotMeantAndThatIsSaid() {
        EngineProgram broken = new EngineProgram(
                "nerdctl",
                "/usr/local/bin/nerdctl",
                Optional.empty(),
                Optional.of(new VersionFailure(VersionFailure.Reason.NO_ANSWER, "no answer in 2 seconds")),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        EngineTarget target = target(
                program("buildah", "1.28.2"),
                program("containerd", "1.6.20", Optional.empty(), Optional.of(true)),
                broken,
                program("docker", "26.1.5", Optional.of(false), Optional.empty()));
        assertThat(words(target)).containsExactly("docker-26.1.5");
        assertThat(target.remarks())
                .containsExactly(
                        new Notice(
                                Notice.Level.INFO,
                                "not for buildah-1.28.2: Buildah 1.28.2 has no CDI, the first release with it is 1.36",
                                ""),
                        new Notice(
                                Notice.Level.INFO,
                                "not for containerd-1.6.20: containerd 1.6.20 has no CDI, the first release with it is 1.7.0",
                                ""),
                        new Notice(
                                Notice.Level.ADVICE,
                                "the version of /usr/local/bin/nerdctl is not known, so the spec may be too new for it:"
                                        + " no answer in 2 seconds",
                                "name it: --engine=nerdctl-VERSION"));
    }

    /** A snapshot can say neither a version nor why there is none. */
    @Test
    void aVersionThatIsMissingWithoutAReasonIsNotKnown() {
        EngineProgram bare = new EngineProgram(
                "podman",
                "/usr/bin/podman",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        assertThat(target(bare).remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.what()).endsWith(": it is not in the snapshot"));
    }

    @Test
    void anEngineThatRunsNoHooksMakesItHookFree() throws AssembleException {
        EngineTarget target = target(program("podman", "5.4.2"), program("apptainer", "1.5.0"));
        assertThat(target.options(AssembleOptions.DEFAULT).hooks()).isEqualTo(HooksPolicy.NONE);
        assertThat(said(target.fit(made("nvidia.com/gpu"))))
                .extracting(Notice::what)
                .containsExactly("for podman-5.4.2, apptainer-1.5.0: CDI 0.7.0, without hooks (Apptainer 1.5.0 runs no"
                        + " hooks), nothing left out");
    }

    @ParameterizedTest
    @EnumSource(HooksPolicy.class)
    void whatNobodyAskedForYieldsToHooksThatAreAskedFor(HooksPolicy policy) {
        EngineTarget target = target(program("podman", "5.4.2"), program("apptainer", "1.5.0"));
        EngineTarget yielding = target.yieldingTo(AssembleOptions.DEFAULT.withHooks(policy));
        if (policy == HooksPolicy.NVIDIA) {
            assertThat(words(yielding)).containsExactly("podman-5.4.2");
            assertThat(yielding.remarks())
                    .extracting(Notice::what)
                    .containsExactly("not for apptainer-1.5.0: it runs no hooks, and hooks are asked for");
        } else {
            assertThat(yielding).isEqualTo(target);
        }
    }

    @Test
    void whatCannotBeLeftOutEndsTheRunWithAWayOut() {
        assertThatThrownBy(() -> target(program("podman", "4.3.1")).fit(made("nvidia.com/gpu.x")))
                .isInstanceOfSatisfying(AssembleException.class, e -> {
                    assertThat(e.reason()).isEqualTo(AssembleException.Reason.UNFIT);
                    assertThat(e.hint()).endsWith("--engine names others, --engine=any is for none in particular");
                });
    }

    /** Every engine of the table, installed alone, gets a spec of a version that it reads. */
    @Test
    void everyEngineReadsWhatIsWrittenForIt() throws AssembleException {
        Assembly made = made("nvidia.com/gpu");
        CdiSpec digit = made.specs().get(0).spec();
        CdiSpec letter =
                digit.withDevices(List.of(Device.of("a", digit.devices().get(0).containerEdits())));
        Assembly letters = new Assembly(List.of(new Assembly.Part("", letter)), made.notices());
        for (EngineRelease release : EngineTable.releases()) {
            Assembly fitted =
                    target(program(release.engine().word(), release.first())).fit(letters);
            CdiVersion version =
                    CdiVersion.parse(fitted.specs().get(0).spec().cdiVersion()).orElseThrow();
            assertThat(version)
                    .as(release.name())
                    .isLessThanOrEqualTo(release.library().highest());
            assertThat(said(fitted)).hasSize(1);
        }
    }
}
