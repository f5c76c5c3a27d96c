package io.github.gpucdi.report;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.validate.Verdict;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command validate's output for people: a line a file, below it a line a finding or engine. A finding's line
 * begins as compilers' do, {@code file:line:column: severity: }, which editors and CI services make links of.
 */
public final class FindingsTable {
    private static final String INDENT = "  ";
    private static final List<String> HEADER = List.of("ENGINE", "RELEASES", "LIBRARY", "VERDICT");

    private FindingsTable() {}

    /** Prints a file's findings; those that are merely worth knowing if {@code infos}. */
    public static void print(FileReport report, boolean infos, PrintStream out) {
        String verdict = report.unreadable() ? "cannot be read" : words(report.verdict());
        out.println(SafeText.escape(report.file()) + ": " + verdict
                + count(report.errors(), "error")
                + count(report.warnings(), "warning")
                + count(report.infos(), "note"));
        for (Finding finding : report.findings()) {
            if (infos || finding.severity() != Finding.Severity.INFO) {
                out.println(line(report.file(), finding));
            }
        }
    }

    /** Prints what each engine does with a file. */
    public static void print(EngineReport report, PrintStream out) {
        String file = SafeText.escape(report.file());
        if (report.unreadable().isPresent()) {
            out.println(file + ": cannot be read");
            out.println(line(report.file(), report.unreadable().get()));
            return;
        }
        out.println(
                file + ": ok for " + report.accepted() + " of " + report.rows().size() + " engine releases");
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        for (EngineReport.Row row : report.rows()) {
            EngineRelease release = row.release();
            rows.add(List.of(
                    release.engine().label(), release.range(), release.libraryVersion(), judgement(row.judgement())));
        }
        TextTable.print(INDENT, rows, out);
    }

    private static String judgement(EngineReport.Judgement judgement) {
        String words = words(judgement.verdict());
        return judgement
                .error()
                .map(error -> words + ": "
                        + SafeText.escape(position(error).map(at -> at + " ").orElse("") + what(error)))
                .orElseGet(() -> words + count(judgement.warnings(), "warning"));
    }

    private static String line(String file, Finding finding) {
        String place = file + position(finding).map(at -> ":" + at).orElse("");
        String severity = EnumWord.of(finding.severity());
        return SafeText.escape(place + ": " + severity + ": " + what(finding) + "; " + finding.howToMend());
    }

    /** Line and column, but of a file that cannot be had. */
    private static Optional<String> position(Finding finding) {
        return finding.code() == Code.UNREADABLE
                ? Optional.empty()
                : finding.position().map(at -> at.line() + ":" + at.column());
    }

    private static String what(Finding finding) {
        String where = finding.where().isEmpty() ? "" : " " + finding.where();
        return EnumWord.of(finding.code()) + where + ": " + finding.what();
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> "ok";
            case REFUSED -> "refused";
            case CRASHES -> "crashes engines";
            case NOT_JUDGED -> "too large to judge";
        };
    }

    private static String count(int number, String word) {
        return number == 0 ? "" : ", " + number + " " + word + (number == 1 ? "" : "s");
    }
}
