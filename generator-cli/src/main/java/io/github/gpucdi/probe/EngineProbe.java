package io.github.gpucdi.probe;

import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.VersionFailure;
import io.github.gpucdi.host.VersionFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the container engines that are installed, and asks each for its version. Only what root alone can change is
 * run, from the directories that packages install to; Debian has {@code dockerd} and {@code runc} in
 * {@code /usr/sbin}.
 */
final class EngineProbe {
    private static final String[] DIRECTORIES = {"/usr/bin", "/usr/local/bin", "/usr/sbin"};
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String CONTAINERD = "/etc/containerd/config.toml";

    /**
     * A program that is looked for.
     *
     * @param engine the engine it is of
     * @param file its file name
     * @param names what its version text may start with
     */
    private record Known(String engine, String file, List<String> names) {
        static Known of(String engine, String file) {
            return new Known(engine, file, List.of(file));
        }
    }

    /** The client {@code docker} reads no spec, and may be Podman under another name. */
    private static final List<Known> ENGINES = List.of(
            Known.of("podman", "podman"),
            new Known("docker", "dockerd", List.of("Docker")),
            Known.of("containerd", "containerd"),
            Known.of("cri-o", "crio"),
            Known.of("buildah", "buildah"),
            Known.of("buildkit", "buildkitd"),
            Known.of("nerdctl", "nerdctl"),
            Known.of("apptainer", "apptainer"),
            new Known("singularityce", "singularity", List.of("singularity-ce", "singularity")));

    private static final List<Known> RUNTIMES = List.of(Known.of("crun", "crun"), Known.of("runc", "runc"));

    private final RootedFs host;
    private final TrustedProgram trust;
    private final boolean machine;
    private final ProgramRunner runner;

    /**
     * @param machine whether {@code host} is the running machine, not another root: nothing is run below one
     */
    EngineProbe(RootedFs host, boolean machine, ProgramRunner runner) {
        this.host = host;
        this.trust = new TrustedProgram(host);
        this.machine = machine;
        this.runner = runner;
    }

    Engines probe() {
        return new Engines(installed(ENGINES), installed(RUNTIMES));
    }

    private List<EngineProgram> installed(List<Known> programs) {
        List<EngineProgram> installed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Known known : programs) {
            for (String directory : DIRECTORIES) {
                String path = PathText.child(directory, known.file());
                Resolution resolution = host.resolve(path);
                // One program under two names is one: singularity may be a link to apptainer.
                if (resolution.kind() != Resolution.Kind.MISSING && seen.add(resolution.path())) {
                    installed.add(program(known, path, resolution));
                }
            }
        }
        return installed;
    }

    private EngineProgram program(Known known, String path, Resolution resolution) {
        EngineConfig config = config(known.engine());
        Optional<VersionFailure> failure = whyNotRun(resolution);
        Optional<String> version = Optional.empty();
        if (failure.isEmpty()) {
            try {
                ProgramRunner.Ending ending = runner.version(path, LIMIT);
                version = ending.inTime() && ending.status() == 0
                        ? VersionText.of(ending.output(), known.names())
                        : Optional.empty();
                failure = version.isPresent() ? Optional.empty() : Optional.of(whyNoVersion(ending));
            } catch (IOException e) {
                failure = failed(Reason.NOT_STARTED, "it cannot be started");
            }
        }
        return new EngineProgram(
                known.engine(),
                path,
                version,
                failure,
                config.cdiEnabled(),
                config.criDisabled(),
                config.specDirectories());
    }

    private Optional<VersionFailure> whyNotRun(Resolution resolution) {
        Optional<String> unusable = trust.unusable(resolution);
        if (unusable.isPresent()) {
            return failed(Reason.NOT_STARTED, unusable.get());
        }
        if (!machine) {
            return failed(Reason.NOT_RUN, "nothing is run below another root");
        }
        Optional<String> unsafe = trust.unsafe(resolution);
        return unsafe.isPresent() ? failed(Reason.NOT_TRUSTED, PathText.escaped(unsafe.get())) : Optional.empty();
    }

    private static VersionFailure whyNoVersion(ProgramRunner.Ending ending) {
        if (!ending.inTime()) {
            return new VersionFailure(Reason.NO_ANSWER, "no answer in " + LIMIT.toSeconds() + " seconds");
        }
        return ending.status() == 0
                ? new VersionFailure(Reason.NOT_UNDERSTOOD, "it prints no version")
                : new VersionFailure(Reason.EXIT_STATUS, "it ends with exit status " + ending.status());
    }

    private static Optional<VersionFailure> failed(Reason reason, String text) {
        return Optional.of(new VersionFailure(reason, text));
    }

    private EngineConfig config(String engine) {
        return switch (engine) {
            case "docker" ->
                host.text("/etc/docker/daemon.json").map(EngineConfig::ofDocker).orElse(EngineConfig.NOTHING);
            case "containerd" -> toml(CONTAINERD, "/etc/containerd/conf.d");
            case "cri-o" -> toml("/etc/crio/crio.conf", "/etc/crio/crio.conf.d");
            default -> EngineConfig.NOTHING;
        };
    }

    /** A file, then those of a directory by name. */
    private EngineConfig toml(String file, String directory) {
        EngineConfig config = host.text(file).map(EngineConfig::ofToml).orElse(EngineConfig.NOTHING);
        for (String name : host.list(directory)) {
            Optional<String> text = host.text(PathText.child(directory, name));
            config = text.map(EngineConfig::ofToml).map(config::overriddenBy).orElse(config);
        }
        return config;
    }
}
