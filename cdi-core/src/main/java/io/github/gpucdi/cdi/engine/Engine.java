package io.github.gpucdi.cdi.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A container engine that reads spec files in some release: all that is known of it whatever the release. What differs
 * between releases is in the {@link EngineTable}. From each engine's own documentation.
 *
 * <p>In the order in which they are looked for on a host: {@code singularity} can be another name of Apptainer.
 */
public enum Engine {
    PODMAN("Podman", List.of(), Program.of("podman"), EngineConfiguration.NONE),
    /** The client {@code docker} reads no spec, and may be Podman under another name. */
    DOCKER(
            "Docker",
            List.of(),
            new Program("dockerd", List.of("Docker")),
            EngineConfiguration.file("/etc/docker/daemon.json")
                    .switchedBy("\"features\": {\"cdi\": true}", "docker", "28.2")),
    CONTAINERD(
            "containerd",
            List.of(),
            Program.of("containerd"),
            EngineConfiguration.file("/etc/containerd/config.toml")
                    .with("/etc/containerd/conf.d")
                    .switchedBy("enable_cdi = true", "containerd", "2.0")),
    CRI_O(
            "CRI-O",
            List.of("crio"),
            Program.of("crio"),
            EngineConfiguration.file("/etc/crio/crio.conf").with("/etc/crio/crio.conf.d")),
    BUILDAH("Buildah", List.of(), Program.of("buildah"), EngineConfiguration.NONE, Trait.FAILS_ON_ANY_ERROR),
    BUILDKIT(
            "BuildKit",
            List.of(),
            Program.of("buildkitd"),
            EngineConfiguration.NONE.reading(EngineRelease.BUILDKITS, EngineRelease.BUILDKITS)),
    NERDCTL(
            "nerdctl",
            List.of(),
            Program.of("nerdctl"),
            EngineConfiguration.NONE.reading(EngineRelease.BOTH, EngineRelease.USERS)),
    /** Takes environment, mounts and device nodes of a spec. */
    APPTAINER("Apptainer", List.of(), Program.of("apptainer"), EngineConfiguration.NONE, Trait.RUNS_NO_HOOKS),
    SINGULARITY_CE(
            "SingularityCE",
            List.of("singularity-ce"),
            new Program("singularity", List.of("singularity-ce", "singularity")),
            EngineConfiguration.NONE,
            Trait.FAILS_ON_ANY_ERROR),
    /** No engine but a bare CDI library, as an engine would be built with it. */
    LIBRARY("library", List.of(), Program.NONE, EngineConfiguration.NONE);

    /**
     * The program that reads specs.
     *
     * @param file its file name, empty for none
     * @param names what the first line of its {@code --version} may start with
     */
    public record Program(String file, List<String> names) {
        static final Program NONE = new Program("", List.of());

        public Program {
            Objects.requireNonNull(file, "file");
            names = List.copyOf(Objects.requireNonNull(names, "names"));
        }

        static Program of(String file) {
            return new Program(file, List.of(file));
        }
    }

    private enum Trait {
        RUNS_NO_HOOKS,
        FAILS_ON_ANY_ERROR
    }

    private final String label;
    private final List<String> aliases;
    private final Program program;
    private final EngineConfiguration configuration;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    Engine(String label, List<String> aliases, Program program, EngineConfiguration configuration, Trait... traits) {
        this.label = label;
        this.aliases = aliases;
        this.program = program;
        this.configuration = configuration;
        this.traits.addAll(List.of(traits));
    }

    /** The engine that {@code word} names in any letter case, such as {@code podman}, {@code cri-o} or {@code crio}. */
    public static Optional<Engine> named(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        for (Engine engine : values()) {
            if (engine.word().equals(name) || engine.aliases.contains(name)) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }

    /** Its name for people, such as {@code CRI-O}. */
    public String label() {
        return label;
    }

    /** Its name on the command line and in snapshots, such as {@code cri-o}. */
    public String word() {
        return label.toLowerCase(Locale.ROOT);
    }

    /** What is installed of it; empty for what is no program. */
    public Optional<Program> program() {
        return Optional.of(program).filter(known -> !known.file().isEmpty());
    }

    /** Where its configuration stands, as far as it says something of CDI, and what it does without one. */
    public EngineConfiguration configuration() {
        return configuration;
    }

    /** Whether it runs the hooks of a spec: one that does not ignores them without a word. */
    public boolean runsHooks() {
        return !traits.contains(Trait.RUNS_NO_HOOKS);
    }

    /** Whether an error in any spec file stops all CDI injection, not only that file's. */
    public boolean failsOnAnyError() {
        return traits.contains(Trait.FAILS_ON_ANY_ERROR);
    }
}
