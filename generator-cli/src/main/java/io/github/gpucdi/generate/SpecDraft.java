package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.EngineTarget;
import io.github.gpucdi.assemble.SpecAssembler;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The specs that a run would write: snapshot, assemble, fit, validate. */
final class SpecDraft {
    private final SpecRequest request;
    private final List<Notice> notices;

    /**
     * A draft not made yet.
     *
     * @param notices where what is to be said is added
     */
    SpecDraft(SpecRequest request, List<Notice> notices) {
        this.request = request;
        this.notices = notices;
    }

    /**
     * The specs, valid.
     *
     * @throws AssembleException if there is none to make
     * @throws RunFailure if what was made must not be used
     */
    Assembly assembly() throws AssembleException, RunFailure {
        PartTimes times = new PartTimes(request.source());
        HostSnapshot snapshot = request.source().snapshot();
        tell(times.ended(PartTimes.LOOKING), notices);
        EngineTarget target = request.targets().resolve(snapshot, request.options(), notices);
        Assembly assembly = request.modes().size() == 1
                ? assembly(request.modes().get(0), snapshot, target)
                : assemblies(snapshot, target);
        notices.addAll(assembly.notices());
        if (request.strict()) {
            requireComplete(assembly.notices());
        }
        requireValid(assembly);
        tell(times.ended("making the spec"), notices);
        return assembly;
    }

    static void tell(Optional<String> time, List<Notice> notices) {
        if (time.isPresent()) {
            notices.add(Notice.debug(time.get()));
        }
    }

    private Assembly assembly(Mode mode, HostSnapshot snapshot, EngineTarget target) throws AssembleException {
        return target.fit(SpecAssembler.assemble(mode, snapshot, target.options(request.options())));
    }

    /** Those of several modes: what one does not find, the others may. */
    private Assembly assemblies(HostSnapshot snapshot, EngineTarget target) throws AssembleException {
        List<Assembly.Part> parts = new ArrayList<>();
        Notices said = new Notices();
        Map<Mode, AssembleException> nothing = new EnumMap<>(Mode.class);
        for (Mode mode : request.modes()) {
            try {
                Assembly made = assembly(mode, snapshot, target);
                for (Assembly.Part part : made.specs()) {
                    parts.add(new Assembly.Part(request.infix(mode) + part.infix(), part.spec()));
                }
                said.addAll(made.notices());
            } catch (AssembleException e) {
                if (!e.reason().isNothing()) {
                    throw e;
                }
                nothing.put(mode, e);
            }
        }
        if (parts.isEmpty()) {
            throw nothing(nothing);
        }
        nothing.forEach((mode, why) -> said.warning("no spec of " + sentence(mode, why), why.hint()));
        return new Assembly(parts, said.toList());
    }

    private static AssembleException nothing(Map<Mode, AssembleException> all) {
        List<String> sentences = new ArrayList<>();
        boolean gone = true;
        for (Map.Entry<Mode, AssembleException> one : all.entrySet()) {
            sentences.add(sentence(one.getKey(), one.getValue()));
            gone &= one.getValue().reason() == AssembleException.Reason.GONE;
        }
        return new AssembleException(
                gone ? AssembleException.Reason.GONE : AssembleException.Reason.NOTHING_TO_OFFER,
                "no mode found anything: " + String.join("; ", sentences),
                "give one --mode alone to be told what to do");
    }

    private static String sentence(Mode mode, AssembleException why) {
        return "mode " + mode.word() + ": " + why.getMessage();
    }

    private static void requireComplete(List<Notice> notices) throws RunFailure {
        long missing = notices.stream().filter(Notice::isIncomplete).count();
        if (missing > 0) {
            throw new RunFailure(
                    Ending.INCOMPLETE,
                    "the spec would be incomplete (" + missing + " of the messages above): nothing was written",
                    "mend what they name, or leave out --strict");
        }
    }

    private void requireValid(Assembly assembly) throws RunFailure {
        boolean given = request.source() instanceof FactSource.Recorded recorded && !recorded.simulated();
        for (Assembly.Part part : assembly.specs()) {
            for (Finding finding : SpecValidator.validate(part.spec())) {
                if (finding.severity() == Finding.Severity.ERROR) {
                    throw new RunFailure(
                            given ? Ending.USAGE : Ending.BUG,
                            "the spec would be invalid at " + finding.where() + ": " + finding.what(),
                            given
                                    ? "the snapshot holds something that no spec can: make it anew"
                                    : "please report this with the output of: gpu-cdi snapshot --redact");
                }
                notices.add(Notice.debug(finding.where() + ": " + finding.what()));
            }
        }
    }
}
