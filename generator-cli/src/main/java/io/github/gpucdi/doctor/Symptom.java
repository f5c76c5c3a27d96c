package io.github.gpucdi.doctor;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import java.util.List;

/**
 * Something found on a host.
 *
 * @param id what it is
 * @param severity an error keeps an engine from giving GPUs; a warning does not, or not always
 * @param subject the file, device, program or engine that it is about
 * @param what one line
 * @param evidence what shows it, a line each
 * @param command one command for a shell that mends it, or that tells more where no command can
 * @param mends whether the command mends it
 * @param engines the engines that it concerns, such as {@code podman-4.3.1}; empty if it is about the host
 */
public record Symptom(
        FindingId id,
        Severity severity,
        String subject,
        String what,
        List<String> evidence,
        String command,
        boolean mends,
        List<String> engines) {

    public Symptom {
        evidence = List.copyOf(evidence);
        engines = List.copyOf(engines);
        if (!id.severities().contains(severity)) {
            throw new IllegalArgumentException(id.word() + " is never of severity " + severity);
        }
    }

    /** One that concerns the host. */
    static Symptom of(FindingId id, String subject, String what, List<String> evidence, String command) {
        return new Symptom(id, id.severities().get(0), subject, what, evidence, command, false, List.of());
    }

    /** One that a command mends. */
    static Symptom of(FindingId id, String subject, String what, List<String> evidence, Mending mending) {
        return new Symptom(
                id, id.severities().get(0), subject, what, evidence, mending.command(), mending.reaches(), List.of());
    }

    /** This one, of another severity. */
    Symptom with(Severity other) {
        return new Symptom(id, other, subject, what, evidence, command, mends, engines);
    }

    /** This one, of its mildest severity unless {@code grave}. */
    Symptom graveIf(boolean grave) {
        return grave ? this : with(id.severities().get(id.severities().size() - 1));
    }

    /** This one, about {@code others}. */
    Symptom concerning(List<String> others) {
        return new Symptom(id, severity, subject, what, evidence, command, mends, others);
    }
}
