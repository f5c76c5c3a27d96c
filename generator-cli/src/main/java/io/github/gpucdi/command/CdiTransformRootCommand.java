package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.TransformOptions;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gpu-cdi cdi transform root}: nvidia-ctk's result, traps included. */
@Command(
        name = "root",
        description = {
            "As nvidia-ctk cdi transform root: move the paths of a CDI spec from below one root to below another.",
            "The version stays, even if it is too low for the result: gpu-cdi transform root mends that."
        },
        footer = {"", "Example: gpu-cdi cdi transform root --from=/host --to=/ --input=spec.yaml --output=nvidia.yaml"})
final class CdiTransformRootCommand implements Callable<Integer> {
    @Mixin
    private final TransformOptions options = new TransformOptions();

    @Parameters(hidden = true, description = "Ignored, as nvidia-ctk ignores them.")
    private List<String> ignored = List.of();

    private final Session session;

    CdiTransformRootCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!ignored.isEmpty()) {
            session.console().debug("ignored arguments: " + String.join(" ", ignored));
        }
        return TransformRootCommand.run(options, Face.NVIDIA_CTK, session);
    }
}
