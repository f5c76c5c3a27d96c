package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.DOCKER;
import static io.github.gpucdi.doctor.DoctorHost.FILE;
import static io.github.gpucdi.doctor.DoctorHost.PODMAN;
import static io.github.gpucdi.doctor.DoctorHost.graver;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static io.github.gpucdi.doctor.DoctorHost.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Diagnosis.EngineVerdict;
import io.github.gpucdi.doctor.Diagnosis.Outcome;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.VersionFailure.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines: healthy, broken, too old, switched off, none. */
class EnginesDoctorTest {
    private static final EngineProgram WITHOUT_CRI = new EngineProgram(
            "containerd",
            "/usr/bin/containerd",
            Optional.of("1.7.24"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            List.of(),
            Optional.empty());

    @Test
    void aHealthyHost() {
        Diagnosis diagnosis = DoctorHost.healthy().examined();
        assertThat(diagnosis.engines())
                .containsExactly(new EngineVerdict(DOCKER, Optional.of("/usr/bin/docker"), Outcome.WORKS, FILE));
        assertThat(diagnosis.symptoms()).isEmpty();
        assertThat(diagnosis.hasFindings()).isFalse();
    }

    @Test
    void noEngine() {
        Diagnosis diagnosis =
                DoctorHost.bare().spec(FILE, DoctorHost.golden("none.yaml")).examined();
        assertThat(diagnosis.engines()).isEmpty();
        assertThat(only(diagnosis, FindingId.NO_ENGINE).severity()).isEqualTo(Severity.ERROR);
        assertThat(diagnosis.hasFindings()).isTrue();
    }

    @Test
    void withoutAnEngineTheSpecsAreJudgedAllTheSame() {
        Diagnosis diagnosis = DoctorHost.bare().spec(FILE, "kind: [").examined();
        assertThat(ids(diagnosis)).containsExactly(FindingId.NO_ENGINE, FindingId.SPEC_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "EXIT_STATUS, it ends with exit status 127",
        "NO_ANSWER, no answer in 2 seconds",
        "NOT_UNDERSTOOD, it prints no version",
        "NOT_STARTED, not executable",
    })
    void anEngineThatIsInstalledAndBroken(Reason reason, String text) {
        Diagnosis diagnosis =
                DoctorHost.healthy().brokenEngine("podman", reason, text).examined();
        Symptom symptom = only(diagnosis, FindingId.ENGINE_BROKEN);
        assertThat(symptom.severity()).isEqualTo(Severity.ERROR);
        assertThat(symptom.what()).contains("/usr/bin/podman", text);
        assertThat(symptom.command()).isEqualTo("/usr/bin/podman --version");
        assertThat(symptom.engines()).containsExactly("podman");
        assertThat(diagnosis.engines())
                .extracting(EngineVerdict::outcome)
                .containsExactly(Outcome.WORKS, Outcome.UNKNOWN);
    }

    @Test
    void enginesThatWereNotAsked() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .brokenEngine("podman", Reason.NOT_RUN, "nothing is run below another root")
                .examined();
        assertThat(ids(diagnosis)).containsExactly(FindingId.ENGINE_NOT_ASKED);
        assertThat(diagnosis.hasFindings()).isFalse();
        Diagnosis unsafe = DoctorHost.healthy()
                .brokenEngine("podman", Reason.NOT_TRUSTED, "/usr/bin is writable by others")
                .examined();
        assertThat(graver(unsafe)).containsExactly(FindingId.ENGINE_NOT_TRUSTED);
    }

    @ParameterizedTest
    @CsvSource({
        "docker, 20.10.24+dfsg1, the first release with it is 25.0",
        "podman, 3.4.4, before its first release",
        "containerd, 1.6.20~ds1, the first release with it is 1.7.0",
        "buildah, 1.28.2, the first release with it is 1.36",
        "apptainer, 1.4.1, the first release with it is 1.5.0",
    })
    void enginesWithoutCdi(String name, String version, String reason) {
        Diagnosis diagnosis = DoctorHost.bare()
                .engine(name, version)
                .spec(FILE, DoctorHost.golden("none.yaml"))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.ENGINE_TOO_OLD);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(verdict(diagnosis).reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "docker, 27.3.1, , true",
        "docker, 27.3.1, true, false",
        "docker, 28.1.0, , true",
        "docker, 28.2.0, , false",
        "docker, 29.2.0, false, true",
        "containerd, 1.7.24, , true",
        "containerd, 1.7.24, true, false",
        "containerd, 2.0.0, , false",
        "podman, 5.4.0, , false",
    })
    void cdiSwitchedOff(String name, String version, Boolean configured, boolean off) {
        Diagnosis diagnosis = DoctorHost.bare()
                .engine(DoctorHost.program(
                        name, Optional.of(version), Optional.empty(), Optional.ofNullable(configured)))
                .spec(FILE, DoctorHost.golden("none.yaml"))
                .examined();
        assertThat(ids(diagnosis).contains(FindingId.ENGINE_CDI_OFF)).isEqualTo(off);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(off ? Outcome.FAILS : Outcome.WORKS);
    }

    @Test
    void containerdForAnotherEngine() {
        Diagnosis diagnosis = DoctorHost.healthy().engine(WITHOUT_CRI).examined();
        assertThat(ids(diagnosis)).containsExactly(FindingId.ENGINE_CRI_OFF);
        assertThat(diagnosis.engines().get(1).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aConfigurationThatIsNotUnderstoodIsNoAnswer() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .engine(new EngineProgram(
                        "containerd",
                        "/usr/bin/containerd",
                        Optional.of("2.1.0"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of("/etc/containerd/config.toml: line 3: what")))
                .examined();
        assertThat(only(diagnosis, FindingId.ENGINE_CONFIG_UNREAD).what())
                .contains("/etc/containerd/config.toml: line 3: what");
        assertThat(diagnosis.engines().get(1).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    /** What is structured is mended by its owner or a parser, never by a pattern. */
    @Test
    void noMendEditsAFileByPattern() {
        Diagnosis diagnosis = DoctorHost.healthy().engine(WITHOUT_CRI).examined();
        Symptom off = only(diagnosis, FindingId.ENGINE_CRI_OFF);
        assertThat(off.command()).doesNotContain("sed");
        assertThat(String.join("", off.evidence())).contains("/etc/containerd/config.toml", "disabled_plugins");
    }

    @Test
    void eachEngineForItself() {
        Diagnosis diagnosis = DoctorHost.healthy().engine("podman", "4.3.1").examined();
        assertThat(diagnosis.engines())
                .extracting(EngineVerdict::outcome)
                .containsExactly(Outcome.WORKS, Outcome.FAILS);
        Symptom refused = only(diagnosis, FindingId.SPEC_REFUSED);
        assertThat(refused.engines()).containsExactly(PODMAN);
        assertThat(refused.severity()).isEqualTo(Severity.ERROR);
        assertThat(refused.command()).isEqualTo("gpu-cdi generate --engine=auto --output=" + FILE);
    }

    @Test
    void aSpecForOldEnginesWorksInAll() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .engine("podman", "4.3.1")
                .engine("containerd", "2.1.0")
                .spec(FILE, DoctorHost.forOldEngines())
                .examined();
        assertThat(diagnosis.symptoms()).isEmpty();
        assertThat(diagnosis.engines()).extracting(EngineVerdict::outcome).containsOnly(Outcome.WORKS);
    }

    @Test
    void enginesThatTheUserNamesInsteadOfThoseInstalled() {
        DoctorOptions options =
                new DoctorOptions(List.of(PODMAN, "docker-28"), false, List.of(), "/", DoctorOptions.DEFAULT.wanted());
        Diagnosis diagnosis = DoctorHost.healthy().examined(options);
        assertThat(diagnosis.engines()).extracting(EngineVerdict::engine).containsExactly(PODMAN, "docker-28");
        assertThat(diagnosis.engines().get(0).path()).isEmpty();
        assertThat(only(diagnosis, FindingId.SPEC_REFUSED).command())
                .isEqualTo("gpu-cdi generate --engine=podman-4.3.1,docker-28 --output=" + FILE);
    }

    @Test
    void directoriesThatTheEngineIsConfiguredWith() {
        EngineProgram docker = new EngineProgram(
                "docker",
                "/usr/bin/dockerd",
                Optional.of("29.2.0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("/srv/cdi"),
                Optional.empty());
        Diagnosis diagnosis = DoctorHost.bare()
                .engine(docker)
                .spec(FILE, DoctorHost.golden("none.yaml"))
                .examined();
        assertThat(graver(diagnosis)).contains(FindingId.SPEC_MISSING);
        assertThat(only(diagnosis, FindingId.SPEC_MISSING).command())
                .isEqualTo("gpu-cdi generate --engine=auto --output=/srv/cdi/nvidia.yaml");
    }

    @Test
    void sectionsThatNobodyProbed() {
        HostSnapshot snapshot = DoctorHost.healthy().snapshot();
        HostSnapshot old = HostSnapshot.of(snapshot.options(), snapshot.platform())
                .with(SectionKey.DRIVER, snapshot.get(SectionKey.DRIVER))
                .with(SectionKey.NVML, snapshot.get(SectionKey.NVML))
                .with(SectionKey.FILES, snapshot.get(SectionKey.FILES))
                .with(SectionKey.NODES, snapshot.get(SectionKey.NODES))
                .with(SectionKey.HOOK, snapshot.get(SectionKey.HOOK))
                .with(SectionKey.CDI, snapshot.get(SectionKey.CDI))
                .with(SectionKey.ENVIRONMENT, snapshot.get(SectionKey.ENVIRONMENT));
        assertThatThrownBy(() -> Doctor.examine(old, DoctorOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        AssembleException.class, e -> assertThat(e.reason()).isEqualTo(AssembleException.Reason.USAGE))
                .hasMessage("the snapshot has no section 'engines'");
    }
}
