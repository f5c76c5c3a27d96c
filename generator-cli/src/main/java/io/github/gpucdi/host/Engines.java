package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * The container engines and OCI runtimes that are installed.
 *
 * @param engines those that read CDI specs in some release, in the order looked for
 * @param runtimes {@code crun} and {@code runc}
 * @param dockerClient the program {@code docker}, if neither its daemon nor Podman is here: Podman may have its name
 */
public record Engines(List<EngineProgram> engines, List<EngineProgram> runtimes, Optional<String> dockerClient) {

    public Engines {
        engines = List.copyOf(engines);
        runtimes = List.copyOf(runtimes);
    }
}
