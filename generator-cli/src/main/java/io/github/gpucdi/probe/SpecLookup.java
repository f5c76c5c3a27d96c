package io.github.gpucdi.probe;

import java.util.List;
import java.util.Optional;

/**
 * Where CDI specs are looked for.
 *
 * @param directories absolute, normalised paths of the host
 * @param configHome the directory of the caller's configuration, which some directories are below
 * @param runtimeDir the caller's runtime directory, likewise
 * @param reader tells which paths a spec names
 */
public record SpecLookup(
        List<String> directories, Optional<String> configHome, Optional<String> runtimeDir, Reader reader) {
    /** Nowhere. */
    public static final SpecLookup NONE =
            new SpecLookup(List.of(), Optional.empty(), Optional.empty(), (name, content) -> NamedPaths.NONE);

    public SpecLookup {
        directories = List.copyOf(directories);
    }

    /** Tells which paths a spec names. */
    @FunctionalInterface
    public interface Reader {
        /**
         * The paths in a spec file, as far as it can be understood.
         *
         * @param fileName its name, which tells its form
         */
        NamedPaths paths(String fileName, byte[] content);
    }

    /**
     * Paths that a spec names; relative ones are passed over.
     *
     * @param paths host paths of mounts and device nodes
     * @param hooks programs
     */
    public record NamedPaths(List<String> paths, List<String> hooks) {
        /** Of a file that is no spec. */
        public static final NamedPaths NONE = new NamedPaths(List.of(), List.of());

        public NamedPaths {
            paths = List.copyOf(paths);
            hooks = List.copyOf(hooks);
        }
    }
}
