package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What became of an examination.
 *
 * @param engines a verdict for each engine
 * @param symptoms the gravest first
 * @param spec the file that the first engine which knows the device for all GPUs has it from; empty if none knows it
 */
public record Diagnosis(List<EngineVerdict> engines, List<Symptom> symptoms, Optional<String> spec) {
    /** What a container asks for that wants all GPUs. */
    public static final String ALL_GPUS = EngineView.KIND + "=" + AssembleOptions.ALL;

    /** Whether a container gets its GPUs. */
    public enum Outcome {
        /** It does. */
        WORKS,
        /** It does not. */
        FAILS,
        /** It cannot be told. */
        UNKNOWN
    }

    /**
     * Whether an engine gives all GPUs to a container that asks for them.
     *
     * @param engine such as {@code podman-4.3.1}; its name alone if its version is not known
     * @param path its program, empty if it is not installed
     * @param outcome whether it does
     * @param reason one line: the spec that is used, or what keeps it from working
     */
    public record EngineVerdict(String engine, Optional<String> path, Outcome outcome, String reason) {}

    public Diagnosis {
        engines = List.copyOf(engines);
        symptoms = List.copyOf(symptoms);
    }

    /** This one with more to say. */
    public Diagnosis and(List<Symptom> more) {
        List<Symptom> all = new ArrayList<>(symptoms);
        all.addAll(more);
        all.sort(Comparator.comparing(Symptom::severity));
        return new Diagnosis(engines, all, spec);
    }

    /** The commands that mend errors and warnings, each once; what a note tells is a choice, and left as it is. */
    public List<String> mendings() {
        return symptoms.stream()
                .filter(symptom -> symptom.mends() && symptom.severity() != Severity.INFO)
                .map(Symptom::command)
                .distinct()
                .toList();
    }

    /** Whether there is more than notes. */
    public boolean hasFindings() {
        for (Symptom symptom : symptoms) {
            if (symptom.severity() != Severity.INFO) {
                return true;
            }
        }
        return false;
    }
}
