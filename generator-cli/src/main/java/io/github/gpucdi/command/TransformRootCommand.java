package io.github.gpucdi.command;

import io.github.gpucdi.cdi.edit.RootTransform;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.Outcome;
import io.github.gpucdi.generate.TransformRequest;
import io.github.gpucdi.generate.TransformRun;
import io.github.gpucdi.option.DestinationOption;
import io.github.gpucdi.option.TransformOptions;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.report.SpecInput;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code gpu-cdi transform root}. */
final class TransformRootCommand extends Command implements Callable<Integer> {
    private final TransformOptions options = with(new TransformOptions());

    private final Session session;

    TransformRootCommand(Session session) {
        super("root");
        description(
                "Move the paths of a CDI spec from below one root to below another.",
                "A version too low for the result is raised, and environments and arguments such as --flag=/path move too.");
        footer(
                "",
                "Example: gpu-cdi transform root --from=/host --to=/ --input=spec.yaml --output=/etc/cdi/nvidia.yaml",
                "",
                "Exit codes: 0 done, 1 engines refuse the input or the result, 2 usage or an input that cannot be read,",
                "6 cannot write.");
        this.session = session;
    }

    @Override
    public Integer call() {
        return run(options, Face.GPU_CDI, session);
    }

    /** One run, with whose manners the face says. */
    static int run(TransformOptions options, Face face, Session session) {
        Console console = session.console();
        RootTransform.Rule rule = options.rule(face);
        Destination destination = DestinationOption.of(options.output.value(), Optional.empty(), face, console);
        SpecInput input = SpecInput.read(options.input.value(), session);
        List<Finding> findings = SpecValidator.validate(input.document(), LibraryRelease.NEWEST);
        input.tell(findings, console);
        if (SpecValidator.hasErrors(findings)) {
            boolean judged = input.document().understood().isPresent();
            return (judged ? ExitCode.DIFFERS : ExitCode.USAGE).status();
        }
        Outcome outcome =
                TransformRun.run(new TransformRequest(input.document().spec().orElseThrow(), rule, face, destination));
        ExitCode code = OutcomeReport.tell(outcome, false, console);
        OutcomeReport.print(outcome, destination, session.out());
        return code.status();
    }
}
