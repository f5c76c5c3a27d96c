package io.github.gpucdi.option;

import io.github.gpucdi.doctor.Doctor;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.GenerateRequest;
import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.probe.ProbeRequest;
import io.github.gpucdi.report.NodeLabels;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Session;
import io.github.gpucdi.watch.NodeLabelFile;
import io.github.gpucdi.watch.OutputLock;
import io.github.gpucdi.watch.OwnProgram;
import io.github.gpucdi.watch.Regeneration;
import io.github.gpucdi.watch.WatchRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the options of watch into what its two processes do; a bad value is the user's mistake. */
public final class WatchRequests {
    /** Longer than one call may take: a worker without an answer by then will not have one. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final SpecOptions spec;
    private final WatchOptions options;
    private final HostOptions host;
    private final GlobalOptions global;
    private final Session session;

    public WatchRequests(
            SpecOptions spec, WatchOptions options, HostOptions host, GlobalOptions global, Session session) {
        this.spec = spec;
        this.options = options;
        this.host = host;
        this.global = global;
        this.session = session;
    }

    /**
     * What the process does that watches.
     *
     * @param arguments its command line, which its worker is started with
     */
    public WatchRequest watch(List<String> arguments) {
        GenerateRequest request = generate();
        ProbeRequest machine = machine(request);
        if (!options.onChange.value().isEmpty()) {
            requireTrusted(options.onChange.value().get(0));
        }
        requireHost(machine.hostRoot());
        requirePlaces(outputs(request), machine.hostRoot());
        return new WatchRequest(
                machine,
                outputs(request),
                WatchOptions.seconds("--interval", options.interval.value()),
                machine.nvmlTimeout().plus(GRACE),
                own(arguments, "--worker"),
                options.nvmlEvents.value() ? own(arguments, "--listener") : List.of(),
                metricsFile(),
                http(),
                labels(),
                options.onChange.value(),
                WatchOptions.seconds("--on-change-timeout", options.onChangeTimeout.value()));
    }

    /** One would replace another, or delete it; or engines would read what is no spec. */
    private void requirePlaces(List<Path> outputs, Path hostRoot) {
        Path lock = OutputLock.file(outputs.get(0));
        Set<Path> files = new HashSet<>(outputs);
        files.add(lock);
        List<Path> others = new ArrayList<>();
        metricsFile().ifPresent(others::add);
        labels().map(NodeLabelFile::path).ifPresent(others::add);
        for (Path file : others) {
            if (!files.add(file)) {
                throw CommandFailure.usage(
                        "--output, --metrics-file and --nfd-file name one file",
                        "name a file for each, and not " + lock + ", the lock of --output");
            }
            DestinationOption.requireNoSpecDirectory(file, hostRoot, "what is no spec");
        }
    }

    private static List<String> own(List<String> arguments, String more) {
        List<String> all = new ArrayList<>(arguments);
        all.add(more);
        return OwnProgram.command(all);
    }

    /** The host whose NVML its listener listens to. */
    public ProbeRequest listening() {
        return machine(generate());
    }

    /** What its worker does. */
    public Regeneration regeneration() {
        GenerateRequest request = generate();
        HostSource source = new HostSource(host, global, session);
        Optional<ProbeRequest> examined = metricsFile().isPresent() || http().isPresent()
                ? Optional.of(machine(source.facts(Doctor.SECTIONS)))
                : Optional.empty();
        ProbeRequest machine = machine(request);
        Optional<NodeLabelFile> labels = labels();
        return new Regeneration(request, labels.isPresent() ? machine.withCudaVersion() : machine, examined, labels);
    }

    private GenerateRequest generate() {
        if (host.areRecorded()) {
            throw CommandFailure.usage(
                    "watch watches this host, not what a snapshot was made of", "leave out --snapshot and --simulate");
        }
        if (DestinationOption.isStandardOutput(options.output.value())) {
            throw CommandFailure.usage("watch keeps a file up to date", "name one with --output");
        }
        return RunOptions.generate(spec, options.write(), host, global, Face.GPU_CDI, session);
    }

    private static List<Path> outputs(GenerateRequest request) {
        List<Path> outputs = new ArrayList<>();
        for (String infix : request.spec().infixes()) {
            outputs.add(request.destination().file(infix).orElseThrow());
        }
        return outputs;
    }

    private static ProbeRequest machine(GenerateRequest request) {
        return machine(request.spec().source());
    }

    private static ProbeRequest machine(FactSource source) {
        return ((FactSource.Machine) source).request();
    }

    private Optional<Path> metricsFile() {
        return file("--metrics-file", options.metricsFile);
    }

    private Optional<NodeLabelFile> labels() {
        return file("--nfd-file", options.nfdFile)
                .map(file -> new NodeLabelFile(file, NodeLabels::of, session.console()));
    }

    private static Optional<Path> file(String name, Argument<Optional<String>> option) {
        return option.value().filter(file -> !file.isEmpty()).map(file -> {
            Path path = GivenPath.of(name, file);
            DestinationOption.requireNoDevice(path);
            if (new NamedFile(path).isDirectory()) {
                throw CommandFailure.usage(name + " " + file + " names a directory", "give a file in it");
            }
            return path;
        });
    }

    private Optional<InetSocketAddress> http() {
        return options.http.value().filter(text -> !text.isEmpty()).map(ListenAddress::of);
    }

    /** A container whose node is not mounted would wait for its driver for ever; the directory is there if specs are mounted below. */
    private static void requireHost(Path root) {
        if (!HostFiles.below(root.resolve("proc")).isPresent()
                && !HostFiles.below(root.resolve("usr")).isPresent()) {
            throw CommandFailure.usage(
                    "there is no host below --host-root " + root + ": neither proc nor usr",
                    "mount the node's root directory there");
        }
    }

    private static void requireTrusted(String program) {
        Optional<String> fault = program.startsWith("/")
                ? HostFiles.below(Path.of("/")).faultOfProgram(program)
                : Optional.of("not an absolute path");
        if (fault.isPresent()) {
            throw CommandFailure.usage(
                    "--on-change cannot run " + program + ": " + fault.get(),
                    "give the absolute path of a program that, with its directories, only root can write");
        }
    }
}
