package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.FILE;
import static io.github.gpucdi.doctor.DoctorHost.HIGHER;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static io.github.gpucdi.host.RefreshUnits.PATH;
import static io.github.gpucdi.host.RefreshUnits.SERVICE;
import static io.github.gpucdi.host.RefreshUnits.TOOLKIT_PATH;
import static io.github.gpucdi.host.RefreshUnits.TOOLKIT_SERVICE;
import static io.github.gpucdi.host.RefreshUnits.WATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.UnitRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The systemd units that keep specs up to date. */
class UnitsDoctorTest {
    private static final String ENABLE = "systemctl enable --now gpu-cdi-refresh.service gpu-cdi-refresh.path";
    private static final UnitRun HALF_UPGRADED = new UnitRun("exit-code", "exited", "5");

    private static RefreshUnit enabled(String name) {
        return new RefreshUnit(name, List.of(packaged(name)), false, true, false, Optional.empty());
    }

    private static RefreshUnit installed(String name) {
        return new RefreshUnit(name, List.of(packaged(name)), false, false, false, Optional.empty());
    }

    private static RefreshUnit masked(String name, String by) {
        return new RefreshUnit(name, List.of(by + "/" + name, packaged(name)), true, true, false, Optional.empty());
    }

    private static RefreshUnit ended(String name, boolean active, UnitRun run) {
        return new RefreshUnit(name, List.of(packaged(name)), false, true, active, Optional.of(run));
    }

    private static String packaged(String name) {
        return "/usr/lib/systemd/system/" + name;
    }

    /** The units of a package on a host that systemd runs, some of them in another state than installed. */
    private static RefreshUnits units(RefreshUnit... changed) {
        List<RefreshUnit> units = new ArrayList<>(List.of(changed));
        for (String name : List.of(SERVICE, PATH, WATCH)) {
            if (units.stream().noneMatch(unit -> unit.name().equals(name))) {
                units.add(installed(name));
            }
        }
        return new RefreshUnits(true, true, units);
    }

    private static Diagnosis examined(RefreshUnit... changed) {
        return DoctorHost.healthy().units(units(changed)).examined();
    }

    @Test
    void unitsThatKeepTheSpecUpToDate() {
        UnitRun done = new UnitRun("success", "exited", "3");
        assertThat(examined(enabled(SERVICE), enabled(PATH)).symptoms()).isEmpty();
        assertThat(examined(enabled(SERVICE), enabled(WATCH)).symptoms()).isEmpty();
        assertThat(examined(enabled(WATCH)).symptoms()).isEmpty();
        assertThat(examined(ended(SERVICE, false, done), enabled(PATH)).symptoms())
                .isEmpty();
    }

    @Test
    void aHostWithoutUnitsOfOurs() {
        RefreshUnits theirs = new RefreshUnits(true, false, List.of(enabled(TOOLKIT_SERVICE), enabled(TOOLKIT_PATH)));
        assertThat(DoctorHost.healthy().units(theirs).examined().symptoms()).isEmpty();
        RefreshUnit left = new RefreshUnit(SERVICE, List.of(), false, true, false, Optional.empty());
        RefreshUnits removed = new RefreshUnits(true, false, List.of(left));
        assertThat(DoctorHost.healthy().units(removed).examined().symptoms()).isEmpty();
    }

    @Test
    void aSpecThatNobodyWritesAgainAfterItWasDeletedAtBoot() {
        Symptom off = only(examined(enabled(PATH)), FindingId.REFRESH_OFF);
        assertThat(off.severity()).isEqualTo(Severity.WARNING);
        assertThat(off.what()).isEqualTo(FILE + " is deleted at the next boot, and no unit of gpu-cdi writes it anew");
        assertThat(off.evidence())
                .containsExactly(
                        "gpu-cdi-refresh.service is not enabled",
                        "gpu-cdi-refresh.path is enabled",
                        "gpu-cdi-watch.service is not enabled");
        assertThat(off.command()).isEqualTo(ENABLE);
        assertThat(off.mends()).isTrue();
    }

    @Test
    void unitsThatAreOffByChoice() {
        RefreshUnits kept = new RefreshUnits(true, false, units().units());
        Symptom off = only(DoctorHost.healthy().units(kept).examined(), FindingId.REFRESH_OFF);
        assertThat(off.severity()).isEqualTo(Severity.INFO);
        assertThat(off.what()).isEqualTo("no unit of gpu-cdi writes " + FILE + " anew when the driver changes");
        assertThat(only(examined(enabled(SERVICE)), FindingId.REFRESH_OFF).severity())
                .isEqualTo(Severity.INFO);
        Diagnosis noSpec = DoctorHost.healthy().without(FILE).units(units()).examined();
        assertThat(only(noSpec, FindingId.REFRESH_OFF).severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void theToolkitsUnitsInPlaceOfOurs() {
        assertThat(examined(enabled(TOOLKIT_SERVICE)).symptoms()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/etc/systemd/system,", "/run/systemd/system, --runtime"})
    void maskedUnits(String by, String option) {
        Symptom off = only(examined(enabled(SERVICE), masked(PATH, by)), FindingId.REFRESH_OFF);
        assertThat(off.severity()).isEqualTo(Severity.INFO);
        assertThat(off.evidence()).contains("gpu-cdi-refresh.path is masked by " + by + "/gpu-cdi-refresh.path");
        String unmask = "systemctl unmask " + (option == null ? "" : option + " ") + PATH;
        assertThat(off.command()).isEqualTo(unmask + " && " + ENABLE);
    }

    @Test
    void systemdDoesNotRun() {
        RefreshUnits idle = new RefreshUnits(false, true, List.of(enabled(SERVICE), enabled(PATH), enabled(WATCH)));
        Diagnosis diagnosis = DoctorHost.healthy().units(idle).examined();
        assertThat(ids(diagnosis)).containsExactly(FindingId.REFRESH_OFF);
        Symptom off = only(diagnosis, FindingId.REFRESH_OFF);
        assertThat(off.severity()).isEqualTo(Severity.INFO);
        assertThat(off.command()).isEqualTo("gpu-cdi watch --engine=auto --output=" + FILE);
        assertThat(off.mends()).isFalse();
    }

    @Test
    void thePathUnitBesideWatch() {
        Diagnosis diagnosis = examined(enabled(SERVICE), enabled(PATH), enabled(WATCH));
        assertThat(ids(diagnosis)).containsExactly(FindingId.REFRESH_CONFLICT);
        assertThat(only(diagnosis, FindingId.REFRESH_CONFLICT).command())
                .isEqualTo("systemctl disable --now gpu-cdi-refresh.path");
        assertThat(examined(enabled(SERVICE), masked(PATH, "/etc/systemd/system"), enabled(WATCH))
                        .symptoms())
                .isEmpty();
    }

    @Test
    void theToolkitsUnitsBesideOurs() {
        RefreshUnits both = units(enabled(SERVICE), enabled(PATH), enabled(TOOLKIT_SERVICE));
        Diagnosis alone = DoctorHost.healthy().units(both).examined();
        assertThat(ids(alone)).containsExactly(FindingId.REFRESH_TWICE);
        assertThat(only(alone, FindingId.REFRESH_TWICE).evidence())
                .singleElement()
                .asString()
                .contains(HIGHER, FILE);
        assertThat(only(alone, FindingId.REFRESH_TWICE).command())
                .isEqualTo("systemctl disable --now nvidia-cdi-refresh.path nvidia-cdi-refresh.service");
        Diagnosis told = DoctorHost.healthy()
                .spec(HIGHER, DoctorHost.golden("none.yaml"))
                .units(both)
                .examined();
        assertThat(ids(told)).containsExactly(FindingId.DEVICE_SHADOWED);
    }

    @Test
    void aUnitFileInPlaceOfThePackages() {
        String own = "/etc/systemd/system/gpu-cdi-refresh.service";
        RefreshUnit shadowed =
                new RefreshUnit(SERVICE, List.of(own, packaged(SERVICE)), false, true, false, Optional.empty());
        Diagnosis diagnosis = examined(shadowed, enabled(PATH));
        assertThat(ids(diagnosis)).containsExactly(FindingId.REFRESH_SHADOWED);
        Symptom told = only(diagnosis, FindingId.REFRESH_SHADOWED);
        assertThat(told.what()).isEqualTo(own + " counts in place of " + packaged(SERVICE));
        assertThat(told.command()).isEqualTo("diff -u " + packaged(SERVICE) + " " + own);
    }

    @ParameterizedTest
    @CsvSource({
        "gpu-cdi-event.service, no change of the driver is answered",
        "gpu-cdi-event@.path, upgrades of the driver and changes of MIG are not noticed",
        "gpu-cdi-changed.path, no change of the driver is answered",
        "gpu-cdi-retry.timer, a run that fails is not tried again",
    })
    void aMaskedUnitThatThePathUnitNeeds(String name, String lost) {
        RefreshUnit helper = masked(name, "/run/systemd/system");
        Diagnosis diagnosis = examined(enabled(SERVICE), enabled(PATH), helper);
        assertThat(ids(diagnosis)).containsExactly(FindingId.REFRESH_MASKED);
        Symptom told = only(diagnosis, FindingId.REFRESH_MASKED);
        assertThat(told.severity()).isEqualTo(Severity.WARNING);
        assertThat(told.what()).isEqualTo("gpu-cdi-refresh.path lacks a unit that it needs: " + lost);
        assertThat(told.evidence()).containsExactly(name + " is masked by /run/systemd/system/" + name);
        assertThat(told.command()).isEqualTo("systemctl unmask --runtime " + name + " && " + ENABLE);
        assertThat(told.mends()).isTrue();
        assertThat(examined(enabled(SERVICE), enabled(WATCH), helper).symptoms())
                .isEmpty();
        assertThat(only(examined(enabled(SERVICE), helper), FindingId.REFRESH_OFF)
                        .command())
                .isEqualTo(told.command());
    }

    @Test
    void aHelperInPlaceOfThePackages() {
        String own = "/etc/systemd/system/" + RefreshUnits.RETRY;
        RefreshUnit shadowed = new RefreshUnit(
                RefreshUnits.RETRY, List.of(own, packaged(RefreshUnits.RETRY)), false, false, false, Optional.empty());
        assertThat(ids(examined(enabled(SERVICE), enabled(PATH), shadowed)))
                .containsExactly(FindingId.REFRESH_SHADOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "exit-code, exited, 5, exit status 5, the driver was half-upgraded: the old spec was kept",
        "exit-code, exited, 2, exit status 2, its options or its configuration file cannot be used",
        "exit-code, exited, 6, exit status 6, the spec could not be written",
        "exit-code, exited, 70, exit status 70, 'the program failed, or its Java virtual machine did not start'",
        "exit-code, exited, 203, exit status 203, the program could not be started",
        "exit-code, exited, 1, exit status 1,",
        "timeout, killed, TERM, timeout (TERM),",
        "core-dump, dumped, SEGV, core-dump (SEGV),",
        "resources, '', '', resources,",
    })
    void aRunThatFailed(String result, String code, String status, String words, String meaning) {
        Diagnosis diagnosis = examined(ended(SERVICE, false, new UnitRun(result, code, status)), enabled(PATH));
        assertThat(ids(diagnosis)).containsExactly(FindingId.REFRESH_FAILED);
        Symptom failed = only(diagnosis, FindingId.REFRESH_FAILED);
        assertThat(failed.what()).isEqualTo("gpu-cdi-refresh.service failed the last time: " + words);
        assertThat(failed.evidence()).isEqualTo(meaning == null ? List.of() : List.of(meaning));
        assertThat(failed.command()).isEqualTo("journalctl -b -u gpu-cdi-refresh.service");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatFailedOnceAndRuns(boolean active) {
        Diagnosis diagnosis = examined(enabled(SERVICE), ended(WATCH, active, HALF_UPGRADED));
        assertThat(ids(diagnosis)).hasSize(active ? 0 : 1);
    }

    @Test
    void anotherRootsUnits() {
        DoctorOptions below =
                new DoctorOptions(List.of(), false, List.of(), "/mnt/host", DoctorOptions.DEFAULT.wanted());
        RefreshUnits failed = units(ended(SERVICE, false, HALF_UPGRADED));
        Diagnosis diagnosis = DoctorHost.healthy().units(failed).examined(below);
        assertThat(only(diagnosis, FindingId.REFRESH_OFF).command())
                .isEqualTo("systemctl --root=/mnt/host enable gpu-cdi-refresh.service gpu-cdi-refresh.path");
        assertThat(only(diagnosis, FindingId.REFRESH_FAILED).command())
                .isEqualTo("journalctl --root=/mnt/host -b -u gpu-cdi-refresh.service");
    }
}
