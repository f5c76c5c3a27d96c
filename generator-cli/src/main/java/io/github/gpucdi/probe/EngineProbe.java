package io.github.gpucdi.probe;

import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.VersionFailure;
import io.github.gpucdi.host.VersionFailure.Reason;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Finds the container engines that are installed, and asks all for their versions at once. Only what root alone can change is
 * run, from the directories that packages install to; Debian has {@code dockerd} and {@code runc} in
 * {@code /usr/sbin}.
 */
final class EngineProbe {
    private static final String[] DIRECTORIES = {"/usr/bin", "/usr/local/bin", "/usr/sbin"};
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** So many programs run at the same time: more would slow each other down until none answers in time. */
    static final int AT_ONCE = 4;

    private static final List<EngineSearch> RUNTIMES =
            List.of(EngineSearch.runtime("crun"), EngineSearch.runtime("runc"));

    /**
     * A program that is there.
     *
     * @param known what it is
     * @param path where it was found
     * @param whyNotRun why it is not asked for its version, if so
     * @param config what its configuration says
     */
    private record Program(EngineSearch known, String path, Optional<VersionFailure> whyNotRun, EngineConfig config) {}

    /** What reading finds; the programs are asked afterwards. */
    private record Found(List<Program> engines, List<Program> runtimes, Optional<String> dockerClient) {}

    /** A version, or why it is not known. */
    private record Answer(Optional<String> version, Optional<VersionFailure> failure) {
        static Answer failed(Reason reason, String text) {
            return new Answer(Optional.empty(), EngineProbe.failed(reason, text));
        }
    }

    private final RootedFs host;
    private final TrustedProgram trust;
    private final boolean machine;
    private final List<EngineSearch> engines;
    private final ProgramRunner runner;
    private final TimeLimit limit;

    /**
     * @param machine whether {@code host} is the running machine, not another root: nothing is run below one
     * @param engines the engines that are looked for
     * @param limit of reading; the programs have one of their own
     */
    EngineProbe(RootedFs host, boolean machine, List<EngineSearch> engines, ProgramRunner runner, TimeLimit limit) {
        this.host = host;
        this.trust = new TrustedProgram(host);
        this.machine = machine;
        this.engines = engines;
        this.runner = runner;
        this.limit = limit;
    }

    /** Where the programs of engines and of their runtimes can be. */
    static List<String> programs(List<EngineSearch> engines) {
        List<EngineSearch> searches = new ArrayList<>(engines);
        searches.addAll(RUNTIMES);
        List<String> programs = new ArrayList<>();
        for (EngineSearch search : searches) {
            programs.addAll(places(search.file()));
        }
        return programs;
    }

    /** Where a program can be. */
    private static List<String> places(String file) {
        List<String> places = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            places.add(PathText.child(directory, file));
        }
        return places;
    }

    Engines probe() {
        Found found = limit.within(
                "looking for the engines", () -> new Found(found(engines), found(RUNTIMES), dockerClient()));
        List<Program> programs = new ArrayList<>(found.engines());
        programs.addAll(found.runtimes());
        List<EngineProgram> described = described(programs);
        int engineCount = found.engines().size();
        return new Engines(
                described.subList(0, engineCount),
                described.subList(engineCount, described.size()),
                found.dockerClient());
    }

    /** The client alone runs no container here; beside Podman, {@code docker} may be a script that calls it. */
    private Optional<String> dockerClient() {
        return installed("dockerd").isPresent() || installed("podman").isPresent()
                ? Optional.empty()
                : installed("docker");
    }

    private Optional<String> installed(String file) {
        return places(file).stream()
                .filter(path -> host.resolve(path).kind() != Resolution.Kind.MISSING)
                .findFirst();
    }

    private List<Program> found(List<EngineSearch> searches) {
        List<Program> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (EngineSearch search : searches) {
            for (String path : places(search.file())) {
                Resolution resolution = host.resolve(path);
                // One program under two names is one: singularity may be a link to apptainer.
                if (resolution.kind() != Resolution.Kind.MISSING && seen.add(resolution.path())) {
                    found.add(new Program(search, path, whyNotRun(resolution), config(search)));
                }
            }
        }
        return found;
    }

    private List<EngineProgram> described(List<Program> programs) {
        List<Answer> answers = answers(programs);
        List<EngineProgram> described = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            Program program = programs.get(i);
            EngineConfig config = program.config();
            described.add(new EngineProgram(
                    program.known().engine(),
                    program.path(),
                    answers.get(i).version(),
                    answers.get(i).failure(),
                    config.cdiEnabled(),
                    config.criDisabled(),
                    config.specDirectories(),
                    config.problem()));
        }
        return described;
    }

    /** In the order of {@code programs}, whichever answers first. */
    private List<Answer> answers(List<Program> programs) {
        if (programs.isEmpty()) {
            return List.of();
        }
        ExecutorService askers = Executors.newFixedThreadPool(Math.min(AT_ONCE, programs.size()), asking -> {
            Thread thread = new Thread(asking, "engine version");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> asked :
                    askers.invokeAll(programs.stream().map(this::question).toList())) {
                answers.add(asked.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Collections.nCopies(programs.size(), Answer.failed(Reason.NO_ANSWER, "the question was broken off"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            askers.shutdownNow();
        }
    }

    private Callable<Answer> question(Program program) {
        return () ->
                program.whyNotRun().isPresent() ? new Answer(Optional.empty(), program.whyNotRun()) : answer(program);
    }

    private Answer answer(Program program) {
        try {
            ProgramRunner.Ending ending = runner.version(program.path(), LIMIT);
            Optional<String> version = ending.inTime() && ending.status() == 0
                    ? VersionText.of(ending.output(), program.known().names())
                    : Optional.empty();
            return new Answer(version, version.isPresent() ? Optional.empty() : Optional.of(whyNoVersion(ending)));
        } catch (IOException e) {
            return Answer.failed(Reason.NOT_STARTED, "it cannot be started");
        }
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
        return unsafe.isPresent() ? failed(Reason.NOT_TRUSTED, PlainText.escaped(unsafe.get())) : Optional.empty();
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

    /** A file, then those of a directory by name, which are of the same syntax. */
    private EngineConfig config(EngineSearch engine) {
        if (engine.configuration().isEmpty()) {
            return EngineConfig.NOTHING;
        }
        String file = engine.configuration().get();
        Function<String, EngineConfig> reader = file.endsWith(".json") ? EngineConfig::ofDocker : EngineConfig::ofToml;
        EngineConfig config = config(file, reader);
        if (engine.dropIns().isPresent()) {
            // containerd imports *.toml, CRI-O reads all that is there.
            String ending = file.endsWith(".toml") ? ".toml" : "";
            for (String name : host.list(engine.dropIns().get())) {
                if (name.endsWith(ending)) {
                    config = config.overriddenBy(
                            config(PathText.child(engine.dropIns().get(), name), reader));
                }
            }
        }
        return config;
    }

    private EngineConfig config(String file, Function<String, EngineConfig> reader) {
        if (host.resolve(file).kind() != Resolution.Kind.REGULAR) {
            return EngineConfig.NOTHING;
        }
        EngineConfig config;
        try {
            byte[] bytes = host.read(file, RootedFs.MAX_TEXT + 1);
            config = bytes.length > RootedFs.MAX_TEXT
                    ? EngineConfig.unread("larger than 1 MiB")
                    : reader.apply(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            config = EngineConfig.unread(PlainText.escaped(IoReason.of(e)));
        }
        return config.of(file);
    }
}
