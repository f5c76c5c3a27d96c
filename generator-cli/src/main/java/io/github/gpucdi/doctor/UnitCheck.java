package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.ShadowAdvice;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.UnitRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether the systemd units that keep specs up to date do, and which of them. */
final class UnitCheck {
    private static final String SPEC = SpecDirectories.INSTALLED;

    /** Those that an administrator enables; the others follow. */
    private static final List<String> ENABLED = List.of(RefreshUnits.SERVICE, RefreshUnits.PATH, RefreshUnits.WATCH);

    private final RefreshUnits units;
    private final boolean hasSpec;
    private final Mend mend;
    private final List<Symptom> symptoms = new ArrayList<>();

    UnitCheck(RefreshUnits units, RecordedSpecs specs, Mend mend) {
        this.units = units;
        this.hasSpec = RecordedSpecs.path(SPEC).flatMap(specs::file).isPresent();
        this.mend = mend;
    }

    /**
     * What is wrong with the units; nothing if none of ours is installed.
     *
     * @param known what was found before
     */
    List<Symptom> symptoms(Collection<Symptom> known) {
        List<RefreshUnit> ours = installed(ENABLED);
        if (ours.isEmpty()) {
            return List.of();
        }
        if (!units.systemdRuns()) {
            return List.of(idle());
        }
        off(ours);
        if (units.starts(RefreshUnits.WATCH) && units.starts(RefreshUnits.PATH)) {
            conflict();
        }
        twice(known);
        for (RefreshUnit unit : ours) {
            shadowed(unit);
            unit.lastRun()
                    .filter(run -> unit.isStarted() && !unit.active() && !run.isSuccess())
                    .ifPresent(run -> failed(unit.name(), run));
        }
        for (RefreshUnit helper : installed(RefreshUnits.HELPERS)) {
            shadowed(helper);
            if (helper.masked() && units.starts(RefreshUnits.PATH)) {
                masked(helper);
            }
        }
        return symptoms;
    }

    private List<RefreshUnit> installed(List<String> names) {
        List<RefreshUnit> installed = new ArrayList<>();
        for (String name : names) {
            units.unit(name).filter(RefreshUnit::isInstalled).ifPresent(installed::add);
        }
        return installed;
    }

    private Symptom idle() {
        return Symptom.of(
                        FindingId.REFRESH_OFF,
                        SPEC,
                        "systemd does not run here: the units of gpu-cdi keep no spec up to date",
                        List.of("there is no directory /run/systemd/system"),
                        mend.watch(SPEC))
                .graveIf(false);
    }

    private void off(List<RefreshUnit> ours) {
        boolean writes = isWriterOn();
        boolean follows = units.starts(RefreshUnits.PATH) || units.starts(RefreshUnits.WATCH);
        if (writes && follows || units.startsToolkit()) {
            return;
        }
        boolean goes = !writes && units.deletedAtBoot() && hasSpec;
        String what = "no unit of gpu-cdi writes " + SPEC + " anew when the driver changes";
        if (goes) {
            what = SPEC + " is deleted at the next boot, and no unit of gpu-cdi writes it anew";
        }
        symptoms.add(Symptom.of(FindingId.REFRESH_OFF, SPEC, what, states(ours), enable())
                .graveIf(goes));
    }

    private boolean isWriterOn() {
        return units.starts(RefreshUnits.SERVICE) || units.starts(RefreshUnits.WATCH);
    }

    private static List<String> states(List<RefreshUnit> ours) {
        List<String> states = new ArrayList<>();
        for (RefreshUnit unit : ours) {
            states.add(
                    unit.masked() ? mask(unit) : unit.name() + " is " + (unit.enabled() ? "enabled" : "not enabled"));
        }
        return states;
    }

    private static String mask(RefreshUnit unit) {
        return unit.name() + " is masked by " + unit.files().get(0);
    }

    private Mending enable() {
        Mending enable = mend.systemd("systemctl enable --now " + RefreshUnits.SERVICE + " " + RefreshUnits.PATH);
        List<RefreshUnit> needed = installed(List.of(RefreshUnits.PATH, RefreshUnits.SERVICE));
        needed.addAll(installed(RefreshUnits.HELPERS));
        for (RefreshUnit unit : needed) {
            if (unit.masked()) {
                boolean untilBoot = unit.files().get(0).startsWith("/run/");
                enable = mend.systemd("systemctl unmask " + (untilBoot ? "--runtime " : "") + unit.name())
                        .then(enable);
            }
        }
        return enable;
    }

    private void masked(RefreshUnit helper) {
        String lost = switch (helper.name()) {
            case RefreshUnits.EVENT, RefreshUnits.CHANGED -> "no change of the driver is answered";
            case RefreshUnits.EVENT_PATHS -> "upgrades of the driver and changes of MIG are not noticed";
            default -> "a run that fails is not tried again";
        };
        symptoms.add(Symptom.of(
                FindingId.REFRESH_MASKED,
                helper.name(),
                RefreshUnits.PATH + " lacks a unit that it needs: " + lost,
                List.of(mask(helper)),
                enable()));
    }

    private void conflict() {
        symptoms.add(Symptom.of(
                FindingId.REFRESH_CONFLICT,
                RefreshUnits.WATCH,
                RefreshUnits.WATCH + " and " + RefreshUnits.PATH + " are both enabled: each change is answered twice",
                List.of("the first sees all that the second does, and what has no event besides"),
                mend.systemd("systemctl disable --now " + RefreshUnits.PATH)));
    }

    /** Not where one spec is known to take the other's devices: that is told already. */
    private void twice(Collection<Symptom> known) {
        boolean told = known.stream()
                .anyMatch(symptom -> symptom.id() == FindingId.DEVICE_SHADOWED
                        && symptom.subject().equals(SPEC));
        if (told || !units.startsToolkit() || !isWriterOn()) {
            return;
        }
        symptoms.add(Symptom.of(
                FindingId.REFRESH_TWICE,
                RefreshUnits.TOOLKIT_SERVICE,
                "the NVIDIA toolkit's nvidia-cdi-refresh is enabled beside the units of gpu-cdi",
                List.of("it writes " + SpecDirectories.DYNAMIC + "/" + SpecDirectories.NVIDIA_FILE
                        + ", whose devices engines prefer to those of " + SPEC),
                mend.systemd(ShadowAdvice.REFRESH_OFF)));
    }

    private void shadowed(RefreshUnit unit) {
        if (unit.masked() || unit.files().size() < 2) {
            return;
        }
        symptoms.add(Symptom.of(
                FindingId.REFRESH_SHADOWED,
                unit.name(),
                unit.files().get(0) + " counts in place of " + unit.files().get(1),
                List.of("upgrades of gpu-cdi do not reach it; a drop-in (systemctl edit) changes single settings"),
                "diff -u " + mend.path(unit.files().get(1)) + " "
                        + mend.path(unit.files().get(0))));
    }

    private void failed(String name, UnitRun run) {
        symptoms.add(Symptom.of(
                FindingId.REFRESH_FAILED,
                name,
                name + " failed the last time: " + words(run),
                meaning(run),
                mend.systemd("journalctl -b -u " + name).command()));
    }

    private static String words(UnitRun run) {
        if (run.result().equals("exit-code")) {
            return "exit status " + run.status();
        }
        String signal = run.code().equals("killed") || run.code().equals("dumped") ? " (" + run.status() + ")" : "";
        return run.result() + signal;
    }

    /** What the exit status says, by docs/options.md; 203 is systemd's own: systemd.exec(5). */
    private static List<String> meaning(UnitRun run) {
        if (!run.result().equals("exit-code")) {
            return List.of();
        }
        return switch (run.status()) {
            case "2" -> List.of("its options or its configuration file cannot be used");
            case "5" -> List.of("the driver was half-upgraded: the old spec was kept");
            case "6" -> List.of("the spec could not be written");
            case "70" -> List.of("the program failed, or its Java virtual machine did not start");
            case "203" -> List.of("the program could not be started");
            default -> List.of();
        };
    }
}
