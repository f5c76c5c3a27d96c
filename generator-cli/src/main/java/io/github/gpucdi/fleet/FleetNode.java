package io.github.gpucdi.fleet;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.host.HostSnapshot;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One host of a fleet. */
public sealed interface FleetNode {
    /** What the host is called here. */
    String name();

    Verdict verdict();

    /** A host that was judged. */
    static FleetNode of(String name, HostSnapshot snapshot, Diagnosis diagnosis) {
        HostAspects aspects = new HostAspects(snapshot, diagnosis);
        return new Judged(name, aspects.values(), aspects.files(), aspects.specWritten(), diagnosis);
    }

    /**
     * One that was judged.
     *
     * @param values what it is in each aspect
     * @param files names of the driver's files, sorted, with {@code *} in place of the driver's version; after more than a
     *     driver has, how many more there are, such as {@code and 8 more}
     * @param specWritten when the spec was written last, in seconds since 1970; empty if there is none
     * @param diagnosis what doctor says of it
     */
    record Judged(
            String name, Map<Aspect, String> values, List<String> files, OptionalLong specWritten, Diagnosis diagnosis)
            implements FleetNode {
        public Judged {
            values = Map.copyOf(values);
            files = List.copyOf(files);
        }

        @Override
        public Verdict verdict() {
            Verdict verdict = Verdict.WORKS;
            for (Symptom symptom : diagnosis.symptoms()) {
                if (symptom.severity() == Severity.ERROR) {
                    return Verdict.FAILS;
                }
                verdict = symptom.severity() == Severity.WARNING ? Verdict.WARNS : verdict;
            }
            return verdict;
        }
    }

    /**
     * One that could not be judged.
     *
     * @param problem why its snapshot cannot be used, one line
     */
    record Unusable(String name, String problem) implements FleetNode {
        @Override
        public Verdict verdict() {
            return Verdict.UNUSABLE;
        }
    }
}
