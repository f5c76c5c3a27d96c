package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.edit.RootTransform;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run that moves the paths of a spec. */
public final class TransformRun {
    private final TransformRequest request;

    private TransformRun(TransformRequest request) {
        this.request = request;
    }

    /** Moves and writes; without a file the result is in the outcome only. */
    public static Outcome run(TransformRequest request) {
        List<Notice> notices = new ArrayList<>();
        try {
            CdiSpec moved = RootTransform.apply(request.spec(), request.rule());
            new TransformRun(request).requireValid(moved);
            if (moved.equals(request.spec())) {
                notices.add(Notice.info("no path moves from '" + request.rule().from() + "' to '"
                        + request.rule().to() + "'"));
            }
            List<Assembly.Part> specs = List.of(new Assembly.Part("", moved));
            if (request.destination().file().isPresent()) {
                new SpecFiles(request.destination(), EngineDirectories.below(Path.of("/")), notices)
                        .write(specs, List.of(), true);
            }
            return Outcome.of(Ending.DONE, notices, specs);
        } catch (RunFailure e) {
            return Outcome.of(e, notices);
        }
    }

    private void requireValid(CdiSpec moved) throws RunFailure {
        for (Finding finding : SpecValidator.validate(moved)) {
            if (finding.severity() == Finding.Severity.ERROR) {
                throw new RunFailure(Ending.DIFFERS, what(finding, moved), howToMend(finding));
            }
        }
    }

    /** The drop-in face says what scripts may look for. */
    private String what(Finding finding, CdiSpec moved) {
        String where = finding.where();
        boolean dropIn = request.face() == Face.NVIDIA_CTK;
        if (dropIn && finding.code() == Finding.Code.VERSION_TOO_LOW) {
            return "the spec version must be at least v"
                    + CdiVersion.minimumFor(moved).text();
        }
        if (dropIn && finding.code() == Finding.Code.PATH_EMPTY && where.endsWith("/hostPath")) {
            return "empty host path at " + where;
        }
        return "the result would be invalid at " + where + ": " + finding.what();
    }

    private static String howToMend(Finding finding) {
        return switch (finding.code()) {
            case PATH_EMPTY -> "a path is --from itself, so --to cannot be empty: give a directory, such as /";
            case VERSION_TOO_LOW -> "gpu-cdi transform root raises the version";
            default -> finding.howToMend();
        };
    }
}
