package io.github.gpucdi.command;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.cdi.edit.RootTransform;
import io.github.gpucdi.cdi.edit.RootTransform.RelativeTo;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.TransformOptions;
import io.github.gpucdi.report.SpecInput;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.NearestMatch;
import io.github.gpucdi.terminal.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One run of a command transform root: read, move, write. */
final class TransformRun {
    private final TransformOptions options;
    private final Face face;
    private final Session session;
    private final Console console;

    TransformRun(TransformOptions options, Face face, Session session) {
        this.options = options;
        this.face = face;
        this.session = session;
        this.console = session.console();
    }

    ExitCode run() {
        RootTransform.Rule rule = rule();
        OutputTarget target = OutputTarget.of(options.output, Optional.empty(), face, console);
        SpecInput input = SpecInput.read(options.input, session);
        List<Finding> findings = SpecValidator.validate(input.document(), LibraryRelease.NEWEST);
        input.tell(findings, console);
        if (SpecValidator.hasErrors(findings)) {
            return ExitCode.DIFFERS;
        }
        CdiSpec spec = input.document().spec().orElseThrow();
        CdiSpec moved = RootTransform.apply(spec, rule);
        requireValid(moved);
        if (moved.equals(spec)) {
            console.info("no path moves from '" + rule.from() + "' to '" + rule.to() + "'");
        }
        Assembly result = new Assembly(List.of(new Assembly.Part("", moved)), List.of());
        new SpecOutput(target, Path.of("/"), session).write(result, true);
        return ExitCode.OK;
    }

    private RootTransform.Rule rule() {
        RelativeTo relativeTo = switch (options.relativeTo) {
            case "host" -> RelativeTo.HOST;
            case "container" -> RelativeTo.CONTAINER;
            default ->
                throw CommandFailure.usage(
                        "invalid --relative-to value: " + options.relativeTo,
                        "allowed: host, container"
                                + NearestMatch.suggestion(options.relativeTo, List.of("host", "container")));
        };
        if (face == Face.NVIDIA_CTK) {
            return new RootTransform.Rule(options.from, options.to, relativeTo, RootTransform.Face.DROP_IN);
        }
        requireAbsolute("--from", options.from);
        requireAbsolute("--to", options.to);
        return new RootTransform.Rule(options.from, options.to, relativeTo, RootTransform.Face.MENDED);
    }

    private static void requireAbsolute(String option, String root) {
        if (!root.isEmpty() && !root.startsWith("/")) {
            throw CommandFailure.usage("invalid value '" + root + "' for " + option, "give an absolute path");
        }
        if (root.chars().anyMatch(Character::isISOControl)) {
            throw CommandFailure.usage("the path given to " + option + " holds a control character", "rename it");
        }
    }

    private void requireValid(CdiSpec moved) {
        for (Finding finding : SpecValidator.validate(moved)) {
            if (finding.severity() == Finding.Severity.ERROR) {
                throw new CommandFailure(ExitCode.DIFFERS, what(finding, moved), howToMend(finding));
            }
        }
    }

    /** The drop-in face says what scripts may look for. */
    private String what(Finding finding, CdiSpec moved) {
        String where = finding.where();
        if (face == Face.NVIDIA_CTK && finding.code() == Finding.Code.VERSION_TOO_LOW) {
            return "the spec version must be at least v"
                    + CdiVersion.minimumFor(moved).text();
        }
        if (face == Face.NVIDIA_CTK && finding.code() == Finding.Code.PATH_EMPTY && where.endsWith("/hostPath")) {
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
