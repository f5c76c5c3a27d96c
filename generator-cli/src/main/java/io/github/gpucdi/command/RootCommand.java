package io.github.gpucdi.command;

import io.github.gpucdi.option.GlobalOptions;

/** {@code gpu-cdi} itself. */
final class RootCommand extends Command {

    RootCommand(GlobalOptions global) {
        super("gpu-cdi");
        description(
                "Finds this host's NVIDIA GPUs and writes a Container Device Interface (CDI) spec.",
                "Not affiliated with NVIDIA.");
        footer(
                "",
                "Options can be set by the variables that a command's help names. Where several commands share one,",
                "GPU_CDI_<COMMAND>_<OPTION> is for a command alone, and wins: GPU_CDI_DIFF_DRIVER_ROOT.",
                "",
                "Example: gpu-cdi generate --output=/etc/cdi/nvidia.yaml");
        with(global);
    }
}
