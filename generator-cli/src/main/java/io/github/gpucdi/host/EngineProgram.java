package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * An installed container engine or OCI runtime.
 *
 * @param engine its name as {@code --engine} takes it, such as {@code podman} or {@code cri-o}
 * @param path its program
 * @param version what {@code --version} says, without a leading {@code v}, such as {@code 4.3.1} or
 *     {@code 1.6.20~ds1}; empty exactly if there is a failure
 * @param failure why the version is not known
 * @param cdiEnabled what its configuration says of CDI; empty if it says nothing
 * @param criDisabled whether containerd's configuration switches off its service for Kubernetes, the only one that
 *     injects CDI devices; empty if it does not say
 * @param specDirectories the spec directories that its configuration names, lowest priority first; empty for its own
 * @param configProblem why its configuration, or a file of it, could not be understood: what that says is not known then
 */
public record EngineProgram(
        String engine,
        String path,
        Optional<String> version,
        Optional<VersionFailure> failure,
        Optional<Boolean> cdiEnabled,
        Optional<Boolean> criDisabled,
        List<String> specDirectories,
        Optional<String> configProblem) {

    public EngineProgram {
        specDirectories = List.copyOf(specDirectories);
    }

    /** Name and version as {@code --engine} takes them, such as {@code podman-4.3.1}; empty if the version is not known. */
    public Optional<String> word() {
        return version.map(known -> engine + "-" + known);
    }
}
