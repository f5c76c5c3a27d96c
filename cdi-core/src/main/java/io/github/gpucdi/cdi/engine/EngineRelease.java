package io.github.gpucdi.cdi.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Releases of one engine that read spec files alike: one row of the {@link EngineTable}.
 *
 * <p>The library is that of the row's first patch release. Later ones can be newer: Docker 25.0 began with 0.6.2 and
 * ended with 0.8.1.
 *
 * @param engine whose releases
 * @param first the first release of the row
 * @param last the last release that the row was checked for; releases up to the next row count to it too
 * @param libraryVersion the CDI library as the engine's dependencies name it, such as {@code 0.6.2} or {@code 0.8.x}
 * @param library what that library accepts
 * @param rootDirectories default spec directories of root's engine, lowest priority first
 * @param rootlessDirectories those of a user's engine; some start with {@code $XDG_CONFIG_HOME} or
 *     {@code $XDG_RUNTIME_DIR}, see {@link #directories}
 * @param resolvesRootlessDirectories whether a user's engine resolves spec directories that are symbolic links, whatever
 *     its library does
 */
public record EngineRelease(
        Engine engine,
        String first,
        String last,
        String libraryVersion,
        LibraryRelease library,
        List<String> rootDirectories,
        List<String> rootlessDirectories,
        boolean resolvesRootlessDirectories) {
    private static final String CONFIG_HOME = "$XDG_CONFIG_HOME";
    private static final String RUNTIME_DIR = "$XDG_RUNTIME_DIR";

    static final List<String> STATIC_ONLY = List.of(SpecDirectories.STATIC);
    static final List<String> BOTH = List.of(SpecDirectories.STATIC, SpecDirectories.DYNAMIC);
    static final List<String> BUILDKITS = List.of(SpecDirectories.STATIC, SpecDirectories.DYNAMIC, "/etc/buildkit/cdi");
    static final List<String> USERS = List.of(CONFIG_HOME + "/cdi", RUNTIME_DIR + "/cdi");

    public EngineRelease {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(libraryVersion, "libraryVersion");
        Objects.requireNonNull(library, "library");
        rootDirectories = List.copyOf(Objects.requireNonNull(rootDirectories, "rootDirectories"));
        rootlessDirectories = List.copyOf(Objects.requireNonNull(rootlessDirectories, "rootlessDirectories"));
    }

    /** A row with the engine's default directories. */
    static EngineRelease of(Engine engine, String first, String last, String libraryVersion) {
        LibraryRelease library = LibraryRelease.of(libraryVersion.replace('x', '0'))
                .orElseThrow(() -> new IllegalArgumentException("no CDI library: " + libraryVersion));
        return of(engine, first, last, libraryVersion, library);
    }

    static EngineRelease of(Engine engine, String first, String last, String libraryVersion, LibraryRelease library) {
        EngineConfiguration defaults = engine.configuration();
        return new EngineRelease(
                engine,
                first,
                last,
                libraryVersion,
                library,
                defaults.rootDirectories(),
                defaults.rootlessDirectories(),
                false);
    }

    EngineRelease reading(List<String> root, List<String> rootless) {
        return new EngineRelease(
                engine, first, last, libraryVersion, library, root, rootless, resolvesRootlessDirectories);
    }

    EngineRelease resolvingRootless() {
        return new EngineRelease(
                engine, first, last, libraryVersion, library, rootDirectories, rootlessDirectories, true);
    }

    /** See {@link Engine#runsHooks}. */
    public boolean runsHooks() {
        return engine.runsHooks();
    }

    /** See {@link Engine#failsOnAnyError}. */
    public boolean failsOnAnyError() {
        return engine.failsOnAnyError();
    }

    /** The row for people, such as {@code Podman 4.8-5.0}. */
    public String name() {
        return (engine == Engine.LIBRARY ? "CDI library" : engine.label()) + " " + range();
    }

    /** The releases of the row for display, such as {@code 4.7} or {@code 4.8-5.0}. */
    public String range() {
        return first.equals(last) ? first : first + "-" + last;
    }

    /**
     * The directories that the engine reads by default, lowest priority first.
     *
     * @param rootless whether a user runs the engine
     * @param environment the engine's environment: {@code XDG_CONFIG_HOME}, instead of it {@code HOME}, and
     *     {@code XDG_RUNTIME_DIR} count, empty ones as unset; a directory below an unset one is left out
     */
    public List<String> directories(boolean rootless, Map<String, String> environment) {
        List<String> directories = new ArrayList<>();
        for (String directory : rootless ? rootlessDirectories : rootDirectories) {
            expanded(directory, environment).ifPresent(directories::add);
        }
        return List.copyOf(directories);
    }

    /** Whether a spec directory that is itself a symbolic link is read; its parents may always be links. */
    public boolean followsLinkedDirectories(boolean rootless) {
        return library.isAtLeast(LibraryRelease.AFTER_V1_1) || rootless && resolvesRootlessDirectories;
    }

    private static Optional<String> expanded(String directory, Map<String, String> environment) {
        if (directory.startsWith(CONFIG_HOME)) {
            return variable(environment, "XDG_CONFIG_HOME")
                    .or(() -> variable(environment, "HOME").map(home -> home + "/.config"))
                    .map(home -> home + directory.substring(CONFIG_HOME.length()));
        }
        if (directory.startsWith(RUNTIME_DIR)) {
            return variable(environment, "XDG_RUNTIME_DIR")
                    .map(runtime -> runtime + directory.substring(RUNTIME_DIR.length()));
        }
        return Optional.of(directory);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
