package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.EngineTarget;
import io.github.gpucdi.assemble.SpecAssembler;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.HostSnapshot;
import java.util.List;

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
        HostSnapshot snapshot = request.source().snapshot();
        EngineTarget target = request.targets().resolve(snapshot, request.options(), notices);
        Assembly assembly =
                target.fit(SpecAssembler.assemble(request.mode(), snapshot, target.options(request.options())));
        notices.addAll(assembly.notices());
        if (request.strict()) {
            requireComplete(assembly.notices());
        }
        requireValid(assembly);
        return assembly;
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
