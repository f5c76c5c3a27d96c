package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.FILE;
import static io.github.gpucdi.doctor.DoctorHost.graver;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static io.github.gpucdi.doctor.DoctorHost.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.doctor.Diagnosis.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hooks of the spec that counts. */
class HooksDoctorTest {
    private static DoctorHost hooked() {
        return DoctorHost.healthy().spec(FILE, DoctorHost.golden("nvidia.yaml"));
    }

    @Test
    void hooksThatWork() {
        Diagnosis diagnosis = hooked().examined();
        assertThat(ids(diagnosis)).containsExactly(FindingId.HOOKS_NEEDED);
        assertThat(only(diagnosis, FindingId.HOOKS_NEEDED).command())
                .isEqualTo("gpu-cdi generate --hooks=none --engine=auto --output=" + FILE);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void aProgramThatCannotBeRun() {
        Diagnosis diagnosis =
                hooked().hook(Optional.of("not there"), Optional.empty()).examined();
        Symptom unusable = only(diagnosis, FindingId.HOOK_UNUSABLE);
        assertThat(unusable.what()).contains("/usr/bin/nvidia-cdi-hook", "not there");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void aProgramThatOthersMayReplace() {
        Diagnosis diagnosis = hooked().hook(
                        Optional.empty(), Optional.of("/usr/bin is writable by others than its owner"))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.HOOK_UNSAFE);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void aProgramWithoutAbsolutePath() {
        String spec =
                DoctorHost.golden("nvidia.yaml").replace("path: /usr/bin/nvidia-cdi-hook", "path: nvidia-cdi-hook");
        Diagnosis diagnosis = DoctorHost.healthy().spec(FILE, spec).examined();
        assertThat(only(diagnosis, FindingId.HOOK_UNUSABLE).what()).endsWith("not an absolute path");
    }

    @Test
    void hooksWithoutEnvironment() {
        String spec = DoctorHost.golden("nvidia.yaml").replaceAll(" +env:\n +- NVIDIA_CTK_DEBUG=false\n", "");
        assertThat(graver(DoctorHost.healthy().spec(FILE, spec).examined()))
                .containsExactly(FindingId.HOOK_WITHOUT_ENV);
    }

    @Test
    void anEngineThatRunsNone() {
        Diagnosis diagnosis = DoctorHost.bare()
                .engine("apptainer", "1.5.0")
                .spec(FILE, DoctorHost.golden("nvidia.yaml"))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.HOOKS_IGNORED);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(DoctorHost.bare()
                        .engine("apptainer", "1.5.0")
                        .spec(FILE, DoctorHost.golden("none.yaml"))
                        .examined()
                        .symptoms())
                .isEmpty();
    }

    @Test
    void crunAndReadOnlyRoots() {
        assertThat(ids(hooked().runtime("crun", "1.8.1").examined()))
                .containsExactlyInAnyOrder(FindingId.HOOKS_NEEDED, FindingId.HOOKS_READ_ONLY_ROOT);
        assertThat(ids(hooked().runtime("crun", "1.27").runtime("runc", "1.1.5").examined()))
                .containsExactly(FindingId.HOOKS_NEEDED);
        assertThat(DoctorHost.healthy().runtime("crun", "1.8.1").examined().symptoms())
                .isEmpty();
    }
}
