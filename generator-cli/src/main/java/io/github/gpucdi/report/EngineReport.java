package io.github.gpucdi.report;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each known engine makes of a file.
 *
 * @param file as the user named it
 * @param unreadable why the file cannot be had by any engine, if so
 * @param rows the engines, in the table's order
 */
public record EngineReport(String file, Optional<Finding> unreadable, List<Row> rows) {
    /**
     * What the releases of one row of the table make of it.
     *
     * @param release the row
     * @param judgement what they do, and why
     */
    public record Row(EngineRelease release, Judgement judgement) {}

    /**
     * What a release does.
     *
     * @param error where it stops, if it does
     * @param warnings if it loads the file, how many things it takes although it should not
     */
    public record Judgement(Verdict verdict, Optional<Finding> error, int warnings) {}

    /** Releases that are alike in what counts here have one judgement. */
    private record Alike(LibraryRelease library, boolean runsHooks) {}

    public static EngineReport of(SpecInput input) {
        Map<Alike, Judgement> judgements = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (EngineRelease release : EngineTable.releases()) {
            Alike alike = new Alike(release.library(), release.runsHooks());
            rows.add(new Row(release, judgements.computeIfAbsent(alike, first -> judgement(input, release))));
        }
        return new EngineReport(
                input.name(),
                input.isUnreadable() ? rows.get(0).judgement().error() : Optional.empty(),
                List.copyOf(rows));
    }

    private static Judgement judgement(SpecInput input, EngineRelease release) {
        Optional<Finding> error = SpecValidator.firstError(input.document(), release.library());
        if (error.isPresent()) {
            return new Judgement(Verdict.of(error.get()), error, 0);
        }
        int warnings = 0;
        for (Finding finding : SpecValidator.validate(input.document(), release)) {
            if (finding.severity() == Finding.Severity.WARNING) {
                warnings++;
            }
        }
        return new Judgement(Verdict.ACCEPTED, error, warnings);
    }

    /** In how many rows the spec is loaded. */
    public int accepted() {
        int accepted = 0;
        for (Row row : rows) {
            if (row.judgement().verdict() == Verdict.ACCEPTED) {
                accepted++;
            }
        }
        return accepted;
    }

    public boolean hasWarnings() {
        for (Row row : rows) {
            if (row.judgement().warnings() > 0) {
                return true;
            }
        }
        return false;
    }
}
