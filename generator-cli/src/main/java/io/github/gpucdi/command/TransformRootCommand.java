package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.TransformOptions;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gpu-cdi transform root}. */
@Command(
        name = "root",
        description = {
            "Move the paths of a CDI spec from below one root to below another.",
            "A version too low for the result is raised, and environments and arguments such as --flag=/path move too."
        },
        footer = {
            "",
            "Example: gpu-cdi transform root --from=/host --to=/ --input=spec.yaml --output=/etc/cdi/nvidia.yaml",
            "",
            "Exit codes: 0 done, 1 the input or the result is not a valid spec, 2 usage, 6 cannot write."
        })
final class TransformRootCommand implements Callable<Integer> {
    @Mixin
    private final TransformOptions options = new TransformOptions();

    private final Session session;

    TransformRootCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new TransformRun(options, Face.GPU_CDI, session).run().status();
    }
}
