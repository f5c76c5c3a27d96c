package io.github.gpucdi.option;

import io.github.gpucdi.report.SpecInput;
import picocli.CommandLine.Option;

/** Which paths of a spec go where. */
public final class TransformOptions {
    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = {
                "The root that paths are below now.",
                "Default: /. Variable: GPU_CDI_FROM. Example: --from=/run/nvidia/driver"
            })
    public String from = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = {
                "The root to put in its place; empty takes the old one away.",
                "Default: none. Variable: GPU_CDI_TO. Example: --to=/"
            })
    public String to = "";

    @Option(
            names = "--relative-to",
            paramLabel = "WHERE",
            description = {
                "Whose paths move: host or container.",
                "Default: host. Variable: GPU_CDI_RELATIVE_TO. Example: --relative-to=container"
            })
    public String relativeTo = "host";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = {
                "The spec to read, YAML or JSON; - is standard input.",
                "Default: -. Variable: GPU_CDI_INPUT. Example: --input=/etc/cdi/nvidia.yaml"
            })
    public String input = SpecInput.STDIN;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = {
                "Write to FILE, atomically and only if it changes, as YAML or JSON by its name; it may be the input.",
                "Default: standard output. Variable: GPU_CDI_OUTPUT. Example: --output=/etc/cdi/nvidia.yaml"
            })
    public String output = "";
}
