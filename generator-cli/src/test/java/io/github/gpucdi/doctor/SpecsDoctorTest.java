package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.FILE;
import static io.github.gpucdi.doctor.DoctorHost.HIGHER;
import static io.github.gpucdi.doctor.DoctorHost.graver;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static io.github.gpucdi.doctor.DoctorHost.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Diagnosis.Outcome;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.SectionKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec files and directories as engines see them. */
class SpecsDoctorTest {
    private static final String ACME =
            "cdiVersion: 0.5.0\nkind: acme.com/gpu\ndevices: [{name: w, containerEdits: {env: [A=b]}}]\n";
    private static final String GOLDEN = DoctorHost.golden("none.yaml");

    @Test
    void noSpecAtAll() {
        Diagnosis diagnosis = DoctorHost.bare().engine("podman", "4.3.1").examined();
        Symptom missing = only(diagnosis, FindingId.SPEC_MISSING);
        assertThat(missing.what()).contains("/etc/cdi, /var/run/cdi");
        assertThat(missing.command()).isEqualTo("gpu-cdi generate --engine=auto --output=/etc/cdi/nvidia.yaml");
        assertThat(graver(diagnosis)).hasSize(1);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void anotherToolsSpecInTheSameDirectory() {
        Diagnosis diagnosis =
                DoctorHost.healthy().spec("/etc/cdi/other.json", GOLDEN).examined();
        Symptom conflict = only(diagnosis, FindingId.DEVICE_CONFLICT);
        assertThat(conflict.severity()).isEqualTo(Severity.ERROR);
        assertThat(conflict.what()).contains("/etc/cdi/nvidia.yaml and /etc/cdi/other.json");
        assertThat(conflict.evidence()).singleElement().asString().contains("nvidia.com/gpu=all");
        assertThat(conflict.command()).isEqualTo("mv /etc/cdi/other.json /etc/cdi/other.json.off");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void threeFilesOfTheSameDevicesAreOneFindingAndOneCommand() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec("/etc/cdi/a.yaml", GOLDEN)
                .spec("/etc/cdi/z.yaml", GOLDEN)
                .examined();
        assertThat(only(diagnosis, FindingId.DEVICE_CONFLICT).command())
                .isEqualTo("mv /etc/cdi/a.yaml /etc/cdi/a.yaml.off && mv /etc/cdi/z.yaml /etc/cdi/z.yaml.off");
    }

    @Test
    void aConflictOverOneDeviceLeavesTheRest() {
        String one = "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\n"
                + "devices: [{name: '0', containerEdits: {deviceNodes: [{path: /dev/nvidia0}]}}]\n";
        Diagnosis diagnosis = DoctorHost.healthy().spec("/etc/cdi/a.yaml", one).examined();
        assertThat(only(diagnosis, FindingId.DEVICE_CONFLICT).severity()).isEqualTo(Severity.WARNING);
        assertThat(only(diagnosis, FindingId.DEVICE_CONFLICT).evidence()).containsExactly("nvidia.com/gpu=0");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void anotherToolsSpecInAHigherDirectory() {
        Diagnosis diagnosis = DoctorHost.healthy().spec(HIGHER, GOLDEN).examined();
        Symptom shadowed = only(diagnosis, FindingId.DEVICE_SHADOWED);
        assertThat(shadowed.subject()).isEqualTo(FILE);
        assertThat(shadowed.what()).contains(HIGHER);
        assertThat(shadowed.command()).isEqualTo("mv /var/run/cdi/nvidia.yaml /var/run/cdi/nvidia.yaml.off");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
        assertThat(verdict(diagnosis).reason()).isEqualTo(HIGHER);
    }

    @Test
    void theToolkitsRefreshUnitWritesTheHigherOne() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec(HIGHER, GOLDEN)
                .environment(HostEnvironment.Selinux.OFF, Optional.empty(), true)
                .examined();
        assertThat(only(diagnosis, FindingId.DEVICE_SHADOWED).command())
                .isEqualTo(
                        "systemctl disable --now nvidia-cdi-refresh.path nvidia-cdi-refresh.service && rm " + HIGHER);
    }

    @Test
    void aClashInTheLowerDirectoryTakesTheHigherAwayToo() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec("/etc/cdi/b.yaml", GOLDEN)
                .spec(HIGHER, GOLDEN)
                .examined();
        assertThat(only(diagnosis, FindingId.DEVICE_CONFLICT).severity()).isEqualTo(Severity.ERROR);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void twoKinds() {
        Diagnosis beside = DoctorHost.healthy().spec("/etc/cdi/acme.yaml", ACME).examined();
        assertThat(ids(beside)).containsExactly(FindingId.SPEC_OTHER_KIND);
        assertThat(only(beside, FindingId.SPEC_OTHER_KIND).what()).contains("acme.com/gpu");
        Diagnosis empty = DoctorHost.healthy()
                .engine("podman", "4.9.3")
                .spec(FILE, DoctorHost.forOldEngines())
                .spec("/etc/cdi/acme.yaml", "cdiVersion: 0.5.0\nkind: acme.com/gpu\ndevices: []\n")
                .examined();
        assertThat(only(empty, FindingId.SPEC_OTHER_KIND).evidence()).isEmpty();
        Diagnosis alone = DoctorHost.bare()
                .engine("docker", "29.2.0")
                .spec("/etc/cdi/acme.yaml", ACME)
                .examined();
        assertThat(ids(alone)).containsExactly(FindingId.SPEC_MISSING, FindingId.SPEC_OTHER_KIND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "kind: [", "\u0000\u0001", "cdiVersion: 9.9.9\nkind: nvidia.com/gpu\ndevices: []\n", "- a"})
    void filesThatNoEngineLoads(String text) {
        Diagnosis diagnosis =
                DoctorHost.bare().engine("docker", "29.2.0").spec(FILE, text).examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.SPEC_REFUSED);
        assertThat(only(diagnosis, FindingId.SPEC_REFUSED).severity()).isEqualTo(Severity.ERROR);
        assertThat(verdict(diagnosis).reason()).startsWith(FILE + " is not loaded: ");
    }

    @Test
    void aRefusedFileBesideAGoodOneIsAWarning() {
        Diagnosis diagnosis =
                DoctorHost.healthy().spec("/etc/cdi/x.yaml", "kind: [").examined();
        assertThat(only(diagnosis, FindingId.SPEC_REFUSED).severity()).isEqualTo(Severity.WARNING);
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void aRefusedFileStopsBuildahAltogether() {
        Diagnosis diagnosis = DoctorHost.bare()
                .engine("buildah", "1.43.0")
                .spec(FILE, GOLDEN)
                .spec("/etc/cdi/acme.yaml", ACME.replace("env: [A=b]", "env: [A]"))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.SPEC_ERRORS_BLOCK_ALL, FindingId.SPEC_REFUSED);
        assertThat(only(diagnosis, FindingId.SPEC_REFUSED).command())
                .isEqualTo("mv /etc/cdi/acme.yaml /etc/cdi/acme.yaml.off");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void aFileThatCrashesTheEngine() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec("/etc/cdi/a.yaml", ACME.replace("acme.com/gpu", "a/widget"))
                .examined();
        assertThat(only(diagnosis, FindingId.SPEC_CRASHES_ENGINE).command())
                .isEqualTo("mv /etc/cdi/a.yaml /etc/cdi/a.yaml.off");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"permission denied", "a link that leads nowhere", "not a regular file"})
    void filesThatCannotBeRead(String problem) {
        Diagnosis diagnosis = DoctorHost.bare()
                .engine("docker", "29.2.0")
                .file(FILE, CdiFile.unread("nvidia.yaml", problem, Optional.empty()))
                .examined();
        Symptom refused = only(diagnosis, FindingId.SPEC_REFUSED);
        assertThat(refused.what()).isEqualTo(FILE + " is not loaded: " + problem);
        assertThat(refused.command()).isEqualTo("ls -l " + FILE);
    }

    @Test
    void aFileThatIsTooLargeForASnapshot() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .file("/etc/cdi/big.yaml", CdiFile.unread("big.yaml", CdiFile.TOO_LARGE, Optional.empty()))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.SPEC_NOT_JUDGED);
    }

    @Test
    void allIsNotDefined() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec(FILE, GOLDEN.replace("- name: all\n", "- name: every\n"))
                .examined();
        Symptom undefined = only(diagnosis, FindingId.DEVICE_ALL_UNDEFINED);
        assertThat(undefined.evidence()).singleElement().asString().contains("nvidia.com/gpu=0");
        assertThat(verdict(diagnosis).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void aDirectoryThatIsALink() {
        CdiDirectory link = new CdiDirectory("/etc/cdi", true, true, Optional.empty(), Optional.empty(), List.of());
        Diagnosis docker = DoctorHost.healthy().directory(link).examined();
        assertThat(only(docker, FindingId.SPEC_DIRECTORY_UNREAD).what()).contains("/etc/cdi", "symbolic link");
        assertThat(verdict(docker).outcome()).isEqualTo(Outcome.FAILS);
        Diagnosis rootless = DoctorHost.healthy().directory(link).rootless();
        assertThat(ids(rootless)).doesNotContain(FindingId.SPEC_DIRECTORY_UNREAD);
        assertThat(verdict(rootless).outcome()).isEqualTo(Outcome.WORKS);
    }

    @Test
    void aDirectoryThatCannotBeListed() {
        Diagnosis diagnosis = DoctorHost.bare()
                .engine("docker", "29.2.0")
                .directory(new CdiDirectory(
                        "/etc/cdi", true, false, Optional.of("permission denied"), Optional.empty(), List.of()))
                .examined();
        assertThat(graver(diagnosis)).containsExactly(FindingId.SPEC_MISSING, FindingId.SPEC_DIRECTORY_UNREAD);
    }

    @Test
    void directoriesOfAUsersEngine() {
        DoctorHost host = DoctorHost.bare().engine("nerdctl", "2.2.2").spec("/home/u/.config/cdi/nvidia.yaml", GOLDEN);
        assertThat(verdict(host.rootless()).outcome()).isEqualTo(Outcome.WORKS);
        assertThat(verdict(host.examined()).outcome()).isEqualTo(Outcome.FAILS);
        assertThat(only(host.without("/home/u/.config/cdi/nvidia.yaml").rootless(), FindingId.SPEC_MISSING)
                        .command())
                .isEqualTo("gpu-cdi generate --engine=auto --output=/home/u/.config/cdi/nvidia.yaml");
    }

    @Test
    void aFileThatUsersMayNotRead() {
        DoctorHost host = DoctorHost.healthy()
                .file(
                        FILE,
                        new CdiFile(
                                "nvidia.yaml",
                                Optional.empty(),
                                Optional.of("/etc/cdi"),
                                OptionalLong.of(DoctorHost.WRITTEN),
                                DoctorHost.healthy()
                                        .snapshot()
                                        .get(SectionKey.CDI)
                                        .data()
                                        .orElseThrow()
                                        .directories()
                                        .get(0)
                                        .files()
                                        .get(0)
                                        .content()));
        Symptom asRoot = only(host.examined(), FindingId.SPEC_CLOSED_TO_USERS);
        assertThat(asRoot.severity()).isEqualTo(Severity.WARNING);
        assertThat(asRoot.command()).isEqualTo("chmod o+rX /etc/cdi");
        assertThat(verdict(host.examined()).outcome()).isEqualTo(Outcome.WORKS);
        assertThat(only(host.rootless(), FindingId.SPEC_CLOSED_TO_USERS).severity())
                .isEqualTo(Severity.ERROR);
        assertThat(verdict(host.rootless()).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void hostileNamesStayOneWordOfTheCommand() {
        Diagnosis diagnosis = DoctorHost.healthy()
                .spec("/etc/cdi/$(reboot); 'x'.yaml", GOLDEN)
                .examined();
        assertThat(only(diagnosis, FindingId.DEVICE_CONFLICT).command())
                .isEqualTo("mv '/etc/cdi/$(reboot); '\\''x'\\''.yaml' '/etc/cdi/$(reboot); '\\''x'\\''.yaml.off'");
    }

    @Test
    void namesThatNoEngineReads() {
        CdiDirectory etc = new CdiDirectory(
                "/etc/cdi", true, false, Optional.empty(), Optional.empty(), List.of(), List.of("a.yml", "notes"));
        Diagnosis diagnosis = DoctorHost.healthy().directory(etc).examined();
        List<Symptom> found = diagnosis.symptoms().stream()
                .filter(symptom -> symptom.id() == FindingId.SPEC_PASSED_OVER)
                .toList();
        assertThat(found).extracting(Symptom::subject).containsExactly("/etc/cdi/a.yml", "/etc/cdi/notes");
        assertThat(found).extracting(Symptom::severity).containsExactly(Severity.WARNING, Severity.INFO);
    }

    /** Two names of one device, each with its three nodes. */
    @Test
    void aDeviceIsCountedOnce() {
        String device = "containerEdits: {deviceNodes: [{path: /dev/nvidia7}, {path: /dev/nvidia-caps/nvidia-cap30},"
                + " {path: /dev/nvidia-caps/nvidia-cap31}]}}";
        String text = "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\ndevices: [{name: '7:0', " + device + ", {name: MIG-7, "
                + device + ", {name: all, " + device + "]\n";
        Symptom more = only(DoctorHost.healthy().spec(FILE, text).examined(), FindingId.DEVICE_NOT_IN_DRIVER);
        assertThat(more.what()).contains(" has 1 device that ");
        assertThat(more.evidence()).hasSize(1);
        assertThat(more.evidence().get(0)).startsWith("7:0, MIG-7: ").contains("nvidia-cap30", "nvidia-cap31");
    }
}
