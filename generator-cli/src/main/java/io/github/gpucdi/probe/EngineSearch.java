package io.github.gpucdi.probe;

import java.util.List;
import java.util.Optional;

/**
 * What is looked for of an engine or OCI runtime. It comes from who asks for the probe: what engines there are is known
 * where their releases are, and a probe knows the host only.
 *
 * @param engine its name in the snapshot, such as {@code cri-o}
 * @param file its program's file name
 * @param names what the program's version text may start with
 * @param configuration the file of its configuration that may say something of CDI, JSON by its name or else TOML
 * @param dropIns the directory with files that are read after that
 */
public record EngineSearch(
        String engine, String file, List<String> names, Optional<String> configuration, Optional<String> dropIns) {

    public EngineSearch {
        names = List.copyOf(names);
    }

    /** A runtime: a program under its own name, whose configuration does not matter. */
    static EngineSearch runtime(String name) {
        return new EngineSearch(name, name, List.of(name), Optional.empty(), Optional.empty());
    }
}
