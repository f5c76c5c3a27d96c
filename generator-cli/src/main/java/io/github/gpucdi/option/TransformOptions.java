package io.github.gpucdi.option;

import io.github.gpucdi.cdi.edit.RootTransform;
import io.github.gpucdi.cdi.edit.RootTransform.RelativeTo;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.report.SpecInput;
import io.github.gpucdi.terminal.CommandFailure;

/** Which paths of a spec go where. */
public final class TransformOptions extends Arguments {
    public final Argument<String> from = option("--from")
            .takes("DIR")
            .told(
                    "The root that paths are below now.",
                    "Default: /. Variable: GPU_CDI_TRANSFORM_ROOT_FROM. Example: --from=/run/nvidia/driver")
            .text("");

    public final Argument<String> to = option("--to")
            .takes("DIR")
            .told(
                    "The root to put in its place; empty takes the old one away.",
                    "Default: none. Variable: GPU_CDI_TRANSFORM_ROOT_TO. Example: --to=/")
            .text("");

    public final Argument<String> relativeTo = option("--relative-to")
            .takes("WHERE")
            .told(
                    "Whose paths move: host or container.",
                    "Default: host. Variable: GPU_CDI_TRANSFORM_ROOT_RELATIVE_TO. Example: --relative-to=container")
            .text("host");

    public final Argument<String> input = option("--input")
            .takes("FILE")
            .told(
                    "The spec to read, YAML or JSON; - is standard input.",
                    "Default: -. Variable: GPU_CDI_TRANSFORM_ROOT_INPUT. Example: --input=/etc/cdi/nvidia.yaml")
            .text(SpecInput.STDIN);

    public final Argument<String> output = option("--output")
            .takes("FILE")
            .told(
                    "Write to FILE, atomically and only if it changes, as YAML or JSON by its name; it may be the input.",
                    "Default: standard output. Variable: GPU_CDI_TRANSFORM_ROOT_OUTPUT. Example: --output=/etc/cdi/nvidia.yaml")
            .text("");

    /** The rule that they mean; a bad value is the user's mistake, though nvidia-ctk takes any root. */
    public RootTransform.Rule rule(Face face) {
        // Told in nvidia-ctk's words, which scripts may look for.
        RelativeTo where = Choices.RELATIVE_TO
                .find(relativeTo.value())
                .orElseThrow(() -> CommandFailure.usage(
                        "invalid --relative-to value: " + relativeTo.value(),
                        Choices.RELATIVE_TO.allowed() + Choices.RELATIVE_TO.suggestion(relativeTo.value())));
        if (face == Face.NVIDIA_CTK) {
            return new RootTransform.Rule(from.value(), to.value(), where, RootTransform.Face.DROP_IN);
        }
        requireAbsolute("--from", from.value());
        requireAbsolute("--to", to.value());
        return new RootTransform.Rule(from.value(), to.value(), where, RootTransform.Face.MENDED);
    }

    private static void requireAbsolute(String option, String root) {
        if (!root.isEmpty() && !root.startsWith("/")) {
            throw CommandFailure.usage("invalid value '" + root + "' for " + option, "give an absolute path");
        }
        GivenPath.requireNoControls(option, root);
    }
}
