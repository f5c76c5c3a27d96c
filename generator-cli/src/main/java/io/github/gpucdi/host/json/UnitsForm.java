package io.github.gpucdi.host.json;

import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.UnitRun;

/** The systemd units that keep specs up to date, both ways. */
final class UnitsForm {
    private static final int MAX_UNITS = 64;

    private UnitsForm() {}

    static RefreshUnits refresh(JsonObject in) throws SnapshotFormatException {
        return new RefreshUnits(
                in.flag("systemdRuns"), in.flag("deletedAtBoot"), in.objects("units", MAX_UNITS, UnitsForm::unit));
    }

    static void refresh(JsonOut out, RefreshUnits refresh) {
        out.flag("systemdRuns", refresh.systemdRuns());
        out.flag("deletedAtBoot", refresh.deletedAtBoot());
        out.objects("units", refresh.units(), UnitsForm::unit);
    }

    private static RefreshUnit unit(JsonObject in) throws SnapshotFormatException {
        return new RefreshUnit(
                in.text("name", TextRule.FILE_NAME),
                in.texts("files", MAX_UNITS, TextRule.PATH),
                in.flag("masked"),
                in.flag("enabled"),
                in.flag("active"),
                in.optionalObject("lastRun", UnitsForm::run));
    }

    private static void unit(JsonOut out, RefreshUnit unit) {
        out.text("name", unit.name());
        out.texts("files", unit.files());
        out.flag("masked", unit.masked());
        out.flag("enabled", unit.enabled());
        out.flag("active", unit.active());
        out.optionalObject("lastRun", unit.lastRun(), UnitsForm::run);
    }

    private static UnitRun run(JsonObject in) throws SnapshotFormatException {
        return new UnitRun(
                in.text("result", TextRule.TEXT),
                in.textOrEmpty("code", TextRule.TEXT),
                in.textOrEmpty("status", TextRule.TEXT));
    }

    private static void run(JsonOut out, UnitRun run) {
        out.text("result", run.result());
        out.textUnlessEmpty("code", run.code());
        out.textUnlessEmpty("status", run.status());
    }
}
