package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.AssembleOptions;
import java.util.List;

/**
 * How a host is examined.
 *
 * @param engines the engines to judge, such as {@code podman-4.3.1}; empty for those installed
 * @param rootless whether a user runs them
 * @param specDirectories the directories that they read; empty for each engine's own
 * @param hostRoot where the host's root directory is, for the commands that mend it
 * @param wanted what a spec made now would hold
 */
public record DoctorOptions(
        List<String> engines, boolean rootless, List<String> specDirectories, String hostRoot, AssembleOptions wanted) {

    /** The installed engines, run by root, with their own directories. */
    public static final DoctorOptions DEFAULT =
            new DoctorOptions(List.of(), false, List.of(), "/", AssembleOptions.DEFAULT);

    public DoctorOptions {
        engines = List.copyOf(engines);
        specDirectories = List.copyOf(specDirectories);
    }
}
