package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.TransformOptions;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code gpu-cdi cdi transform root}: nvidia-ctk's result, traps included. */
final class CdiTransformRootCommand extends Command implements Callable<Integer> {
    private final TransformOptions options = with(new TransformOptions());

    private final Argument<List<String>> ignored = parameter("0..*")
            .told("Ignored, as nvidia-ctk ignores them.")
            .hidden()
            .list();

    private final Session session;

    CdiTransformRootCommand(Session session) {
        super("root");
        description(
                "As nvidia-ctk cdi transform root: move the paths of a CDI spec from below one root to below another.",
                "The version stays, even if it is too low for the result: gpu-cdi transform root mends that.");
        footer("", "Example: gpu-cdi cdi transform root --from=/host --to=/ --input=spec.yaml --output=nvidia.yaml");
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!ignored.value().isEmpty()) {
            session.console().debug("ignored arguments: " + String.join(" ", ignored.value()));
        }
        return TransformRootCommand.run(options, Face.NVIDIA_CTK, session);
    }
}
