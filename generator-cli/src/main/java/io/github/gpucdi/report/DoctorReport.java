package io.github.gpucdi.report;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Diagnosis.EngineVerdict;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The command doctor's output for people: a line an engine, then what was found, each with its command. */
public final class DoctorReport {
    private static final int SHOWN = 6;

    private DoctorReport() {}

    public static void print(Diagnosis diagnosis, PrintStream out) {
        if (!diagnosis.engines().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ENGINE", Diagnosis.ALL_GPUS, "WHY"));
            for (EngineVerdict verdict : diagnosis.engines()) {
                rows.add(List.of(SafeText.escape(verdict.engine()), words(verdict), SafeText.escape(verdict.reason())));
            }
            TextTable.print("", rows, out);
        }
        boolean first = diagnosis.engines().isEmpty();
        for (Symptom symptom : diagnosis.symptoms()) {
            if (!first) {
                out.println();
            }
            first = false;
            print(symptom, diagnosis.engines().size(), out);
        }
        out.println(summary(diagnosis.symptoms()));
    }

    private static void print(Symptom symptom, int engines, PrintStream out) {
        boolean some = !symptom.engines().isEmpty() && symptom.engines().size() < engines;
        out.println(
                SafeText.escape(word(symptom.severity()) + " " + symptom.id().word()
                        + (some ? " (" + String.join(", ", symptom.engines()) + ")" : "") + ": " + symptom.what()));
        List<String> evidence = symptom.evidence();
        for (String line : evidence.subList(0, Math.min(SHOWN, evidence.size()))) {
            out.println("  " + SafeText.escape(line));
        }
        if (evidence.size() > SHOWN) {
            out.println("  (" + (evidence.size() - SHOWN) + " more lines with --format=json)");
        }
        out.println("  $ " + SafeText.escape(symptom.command()));
    }

    private static String summary(List<Symptom> symptoms) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = symptoms.stream()
                    .filter(symptom -> symptom.severity() == severity)
                    .count();
            if (count > 0) {
                counts.add(count + " " + word(severity) + (count == 1 ? "" : "s"));
            }
        }
        return counts.isEmpty() ? "nothing found" : "\n" + String.join(", ", counts);
    }

    static String word(Severity severity) {
        return severity == Severity.INFO ? "note" : EnumWord.of(severity);
    }

    private static String words(EngineVerdict verdict) {
        return switch (verdict.outcome()) {
            case WORKS -> "works";
            case FAILS -> "does not work";
            case UNKNOWN -> "not known";
        };
    }
}
