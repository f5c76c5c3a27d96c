package io.github.gpucdi.host;

import java.util.List;

/**
 * The container engines and OCI runtimes that are installed.
 *
 * @param engines those that read CDI specs in some release, in the order looked for
 * @param runtimes {@code crun} and {@code runc}
 */
public record Engines(List<EngineProgram> engines, List<EngineProgram> runtimes) {

    public Engines {
        engines = List.copyOf(engines);
        runtimes = List.copyOf(runtimes);
    }
}
