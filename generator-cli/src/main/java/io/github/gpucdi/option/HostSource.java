package io.github.gpucdi.option;

import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.JnaLoader;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotFormatException;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.probe.NvmlLoader;
import io.github.gpucdi.probe.ProbeRequest;
import io.github.gpucdi.probe.SpecLookup;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a command its facts: read from a file, shipped with the program, or those of the machine. */
public final class HostSource {
    private static final int MAX_TIMEOUT_SECONDS = 86_400;
    static final String STDIN = "-";

    private final HostOptions options;
    /** The snapshots to work from: commands that compare hosts make a source of each. */
    private final List<String> snapshots;

    private final Optional<String> config;
    private final Session session;

    public HostSource(HostOptions options, GlobalOptions global, Session session) {
        this(options, options.snapshots.value(), global, session);
    }

    /** One that works from {@code snapshot}, whatever others are given. */
    public HostSource(HostOptions options, String snapshot, GlobalOptions global, Session session) {
        this(options, List.of(snapshot), global, session);
    }

    private HostSource(HostOptions options, List<String> snapshots, GlobalOptions global, Session session) {
        this.options = options;
        this.snapshots = snapshots;
        this.config = global.config.value();
        this.session = session;
    }

    /**
     * The facts.
     *
     * @param sections what is looked at; a replay has what was recorded
     */
    public FactSource facts(Set<SectionKey<?>> sections) {
        return facts(sections, false, List.of());
    }

    /**
     * The facts.
     *
     * @param sections what is looked at; a replay has what was recorded
     * @param gpuDetails whether to ask for what only listings show of a GPU
     * @param specDirs directories to look for specs in besides those of engines, absolute and normalised
     */
    public FactSource facts(Set<SectionKey<?>> sections, boolean gpuDetails, List<String> specDirs) {
        if (snapshots.size() > 1) {
            throw CommandFailure.usage(
                    "--snapshot is given " + snapshots.size() + " times", "give one; doctor takes many, and diff two");
        }
        if (options.areRecorded()) {
            return new FactSource.Recorded(
                    replayed(replayOptions()), options.simulate.value().isPresent());
        }
        return machine(sections, gpuDetails, specDirs, timeout(options.nvmlTimeout.value()));
    }

    /** Refuses options that are a mistake whatever snapshot is read. */
    public void requireReplayable() {
        replayOptions();
    }

    private ReplayOptions replayOptions() {
        if (!snapshots.isEmpty() && options.simulate.value().isPresent()) {
            throw CommandFailure.usage("--snapshot and --simulate exclude each other", "give one of them");
        }
        timeout(options.nvmlTimeout.value());
        return ReplayOptions.of(options);
    }

    /** Whether the facts are those of the machine that the program runs on. */
    boolean isThisMachine() {
        return !options.areRecorded() && hostRoot().equals(Path.of("/"));
    }

    /** Where the host's root directory is. */
    public Path hostRoot() {
        return GivenPath.of("--host-root", given(options.hostRoot.value()).orElse("/"));
    }

    static void requireHostRoot(Path hostRoot) {
        if (!HostFiles.below(hostRoot).isPresent()) {
            throw CommandFailure.usage("--host-root " + hostRoot + " is not a directory", "give an existing directory");
        }
    }

    private HostSnapshot replayed(ReplayOptions given) {
        String what =
                options.simulate.value().map(name -> "simulated host " + name).orElseGet(this::recorded);
        try (InputStream in = open()) {
            HostSnapshot snapshot = SnapshotJson.read(in);
            given.requireOf(snapshot.options(), what);
            if (options.sandboxutils.value() && !snapshot.sections().containsKey(SectionKey.SANDBOXUTILS)) {
                throw CommandFailure.usage(
                        "the " + what + " has no section '" + SectionKey.SANDBOXUTILS.name() + "'",
                        "leave --sandboxutils out, or make it anew with: gpu-cdi snapshot --sandboxutils");
            }
            return snapshot;
        } catch (SnapshotFormatException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    what + " cannot be used: " + e.getMessage(),
                    "make it anew with: gpu-cdi snapshot, or read it with the gpu-cdi that made it",
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot read " + what + ": " + IoReason.of(e), IoReason.hint(e), e);
        }
    }

    private String recorded() {
        String file = snapshots.get(0);
        return file.equals(STDIN) ? "snapshot on standard input" : "snapshot " + file;
    }

    private InputStream open() throws IOException {
        if (options.simulate.value().isPresent()) {
            return SimulatedHosts.open(options.simulate.value().get());
        }
        String file = snapshots.get(0);
        if (file.equals(STDIN)) {
            return session.in();
        }
        NamedFile named = new NamedFile(GivenPath.of("--snapshot", file));
        if (named.exists() && !named.isRegular()) {
            throw CommandFailure.usage(
                    "the snapshot '" + file + "' is not a regular file", "name one, or read a pipe with --snapshot=-");
        }
        return named.open();
    }

    /** The value of an option that an empty text leaves at its default. */
    static Optional<String> given(Optional<String> option) {
        return option.filter(value -> !value.isEmpty());
    }

    private FactSource machine(
            Set<SectionKey<?>> sections, boolean gpuDetails, List<String> specDirs, Duration timeout) {
        Path hostRoot = hostRoot();
        requireHostRoot(hostRoot);
        String driverRoot = GivenPath.absolute(
                "--driver-root",
                options.driverRoot
                        .value()
                        .or(() -> NvidiaConfig.driverRoot(config, hostRoot, session))
                        .orElse("/"));
        ProbeOptions probeOptions = new ProbeOptions(
                driverRoot,
                given(options.devRoot.value())
                        .map(root -> GivenPath.absolute("--dev-root", root))
                        .orElse(driverRoot),
                GivenPath.parts("--library-search-path", options.librarySearchPaths.value()),
                GivenPath.parts("--config-search-path", options.configSearchPaths.value()),
                hookPath(options.hookPath.value()),
                csvFiles(options.csvFiles.value()));
        JnaLoader loader = new JnaLoader();
        ProbeRequest request = new ProbeRequest(
                hostRoot,
                probeOptions,
                List.of(session.environment().getOrDefault("PATH", "").split(":")),
                Optional.ofNullable(session.environment().get("XDG_DATA_DIRS")),
                options.sandboxutils.value() ? withSandboxutils(sections) : sections,
                sections.contains(SectionKey.ENGINES) ? EngineSearches.all() : List.of(),
                sections.contains(SectionKey.CDI) ? SpecPlaces.of(session.environment(), specDirs) : SpecLookup.NONE,
                gpuDetails,
                false,
                timeout,
                nvml(loader),
                loader);
        return new FactSource.Machine(request);
    }

    private NvmlLoader nvml(NvmlLoader plain) {
        NvmlLoader loader = session.console().showsDebug() ? new TimedLoader(plain, session.console()) : plain;
        return session.console().showsWaiting() ? new ToldLoader(loader, session.console()) : loader;
    }

    /** Where GPUs are looked at; nothing else is asked of the library. */
    private static Set<SectionKey<?>> withSandboxutils(Set<SectionKey<?>> sections) {
        Set<SectionKey<?>> more = new HashSet<>(sections);
        if (sections.contains(SectionKey.NVML)) {
            more.add(SectionKey.SANDBOXUTILS);
        }
        return more;
    }

    static List<String> csvFiles(List<String> given) {
        List<String> files = new ArrayList<>();
        for (String file : given) {
            if (!file.isEmpty()) {
                files.add(GivenPath.absolute("--csv.file", file));
            }
        }
        return files;
    }

    /** Taken as given, so it must be what an engine can run from anywhere: an absolute path. */
    static Optional<String> hookPath(Optional<String> option) {
        return given(option).map(path -> {
            if (path.startsWith("/")) {
                return GivenPath.of("--nvidia-cdi-hook-path", path).toString();
            }
            throw CommandFailure.usage(
                    "invalid value '" + path + "' for --nvidia-cdi-hook-path", "give an absolute path");
        });
    }

    /** What a text given to {@code --nvml-timeout} means. */
    static Duration timeout(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= MAX_TIMEOUT_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        throw CommandFailure.usage(
                "invalid value '" + text + "' for --nvml-timeout",
                "allowed: whole seconds from 1 to " + MAX_TIMEOUT_SECONDS);
    }
}
