package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.graver;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static io.github.gpucdi.doctor.DoctorHost.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Diagnosis.Outcome;
import io.github.gpucdi.host.PathFact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Specs of other modes than that of GPUs. */
class ModesDoctorTest {
    private static final String FILE = "/etc/cdi/nvidia-gds.yaml";
    private static final String SPEC = """
            cdiVersion: 0.3.0
            kind: nvidia.com/gds
            devices:
            - name: all
              containerEdits:
                deviceNodes:
                - {path: /dev/nvidia-fs0, major: 240, permissions: rwm}
                mounts:
                - {hostPath: /run/udev, containerPath: /run/udev, options: [ro, rbind]}
            """;

    private static DoctorHost host() {
        return DoctorHost.healthy().node("/dev/nvidia-fs0", 240, 0, 0600);
    }

    @Test
    void oneThatIsAsTheHostIsSaysNothing() {
        Diagnosis diagnosis = host().gds("/dev/nvidia-fs0").spec(FILE, SPEC).examined();
        assertThat(ids(diagnosis)).isEqualTo(ids(DoctorHost.healthy().examined()));
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void whatIsWrongWithItIsToldAndKeepsNoGpuBack() {
        Diagnosis diagnosis = host().gds("/dev/nvidia-fs0")
                .spec(FILE, SPEC.replace("major: 240", "major: 241"))
                .at("/run/udev", PathFact.Kind.MISSING)
                .examined();
        Symptom number = only(diagnosis, FindingId.SPEC_NODE_NUMBER);
        assertThat(number.subject()).isEqualTo(FILE);
        assertThat(number.command()).isEqualTo("gpu-cdi generate --mode=gds --engine=auto --output=" + FILE);
        assertThat(only(diagnosis, FindingId.SPEC_PATH_MISSING).evidence()).containsExactly("/run/udev: not there");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
        assertThat(diagnosis.hasFindings()).isTrue();
    }

    @Test
    void aNodeThatItLacks() {
        Diagnosis diagnosis = host().gds("/dev/nvidia-fs0", "/dev/nvidia-fs1")
                .spec(FILE, SPEC)
                .examined();
        Symptom lacking = only(diagnosis, FindingId.DEVICE_NOT_IN_SPEC);
        assertThat(lacking.severity()).isEqualTo(Severity.WARNING);
        assertThat(lacking.what()).isEqualTo(FILE + " lacks 1 device node of mode gds that the host has");
        assertThat(lacking.evidence()).containsExactly("/dev/nvidia-fs1");
    }

    @Test
    void whatNoSpecOffersIsANote() {
        Diagnosis diagnosis = host().gds("/dev/nvidia-fs0", "/dev/nvidia-fs1").examined();
        Symptom note = only(diagnosis, FindingId.MODE_NOT_OFFERED);
        assertThat(note.severity()).isEqualTo(Severity.INFO);
        assertThat(note.what()).isEqualTo("no spec offers nvidia.com/gds, which this host has");
        assertThat(note.evidence()).containsExactly("/dev/nvidia-fs0 and 1 more");
        assertThat(note.command()).isEqualTo("gpu-cdi generate --mode=gds --engine=auto --output=" + FILE);
        assertThat(graver(diagnosis)).isEmpty();
    }

    @Test
    void aSpecWithoutAllIsJudgedByWhatItHas() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec(
                        "/etc/cdi/nvidia-imex.yaml",
                        "cdiVersion: 0.5.0\nkind: nvidia.com/imex-channel\ndevices:\n- name: \"3\"\n"
                                + "  containerEdits: {deviceNodes: [{path: /dev/nvidia-caps-imex-channels/channel3}]}\n")
                .at("/dev/nvidia-caps-imex-channels/channel3", PathFact.Kind.MISSING)
                .examined();
        assertThat(only(diagnosis, FindingId.SPEC_NODE_MISSING).command()).contains("--mode=imex");
    }

    @Test
    void aSpecOfAnotherDriverKeepsNoGpuBack() {
        String management = "/etc/cdi/nvidia-management.yaml";
        Diagnosis diagnosis = DoctorHost.bare()
                .engine("apptainer", "1.5.0")
                .spec(DoctorHost.FILE, DoctorHost.golden("none.yaml"))
                .spec(management, """
                        cdiVersion: 0.3.0
                        kind: management.nvidia.com/gpu
                        devices:
                        - name: all
                          containerEdits:
                            mounts:
                            - {hostPath: /usr/lib/libcuda.so.1.2, containerPath: /usr/lib/libcuda.so.1.2}
                            hooks:
                            - {hookName: createContainer, path: /usr/bin/nvidia-cdi-hook, env: [A=b]}
                        """)
                .examined();
        for (FindingId id : List.of(FindingId.SPEC_STALE_DRIVER, FindingId.HOOKS_IGNORED)) {
            assertThat(only(diagnosis, id).subject()).isEqualTo(management);
            assertThat(only(diagnosis, id).severity()).isEqualTo(Severity.WARNING);
        }
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }
}
