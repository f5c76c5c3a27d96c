package io.github.gpucdi.command;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.cdi.edit.SpecDiff;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.engine.SpecDirectories;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.generate.GenerateRun;
import io.github.gpucdi.generate.Outcome;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.RunOptions;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.report.DiffDocument;
import io.github.gpucdi.report.DiffTable;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.report.SpecInput;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.SafeText;
import io.github.gpucdi.terminal.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code gpu-cdi diff}. */
final class DiffCommand extends Command implements Callable<Integer> {
    private static final String LIVE = "live";

    private final Argument<Optional<String>> file = parameter("0..1")
            .takes("FILE")
            .told("The spec as it is; - reads standard input. Default: /etc/cdi/nvidia.yaml, below --host-root.")
            .optional();

    private final Argument<String> against = option("--against")
            .takes("FILE")
            .told(
                    "The spec as it would be: a file, - for standard input, or live for what generate would write now"
                            + " with the same options.",
                    "Default: live. Variable: GPU_CDI_DIFF_AGAINST. Example: --against=new.yaml")
            .text(LIVE);

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told(
                    "table (a line a change; of several specs below the kind of each), json or yaml.",
                    "Default: table. Variable: GPU_CDI_DIFF_FORMAT. Example: --format=json")
            .text("table");

    private final SpecOptions spec = with(new SpecOptions());

    private final HostOptions host = with(new HostOptions());

    private final GlobalOptions global;
    private final Session session;

    DiffCommand(GlobalOptions global, Session session) {
        super("diff");
        description(
                "Say what generate would change in a CDI spec, or how two specs differ, in what they do to containers.",
                "+ is what FILE lacks and generate would add, - what it would remove, ~ what it would change.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi diff                                        is the installed spec stale, and in what?",
                "  gpu-cdi diff spec.yaml --simulate=dgx-a100          compare with a simulated host's spec",
                "  gpu-cdi diff old.yaml --against=new.yaml            compare two files",
                "  gpu-cdi diff --snapshot=a.json --snapshot=b.json    compare the specs of two hosts",
                "",
                "Exit codes: 0 the same, 1 differs, 2 usage or a file cannot be read, 3 no driver or GPU,",
                "4 incomplete (--strict), 5 driver half-upgraded.");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        ListFormat chosen = Choices.LIST_FORMAT.of(format.value());
        if (host.snapshots.value().size() == 2) {
            return ofHosts(host.snapshots.value().get(0), host.snapshots.value().get(1), chosen);
        }
        HostSource source = new HostSource(host, global, session);
        String name = file.value().orElseGet(() -> installed(source));
        requireSources(name);
        // First, since what keeps a spec from being made says more than a difference does.
        List<Assembly.Part> live = against.value().equals(LIVE) ? live(source, Optional.of(name)) : List.of();
        Optional<CdiSpec> before = read(name, ", or write it with: gpu-cdi generate --output=" + name);
        Optional<CdiSpec> after = live.isEmpty() ? read(against.value(), "") : Optional.of(counterpart(live, before));
        if (before.isEmpty() || after.isEmpty()) {
            return ExitCode.USAGE.status();
        }
        SpecDiff diff = SpecDiff.between(before.get(), after.get());
        return print(name, against.value(), Map.of(after.get().kind(), diff), chosen);
    }

    /** Compares what generate would write on two hosts, each spec with the other's of its kind. */
    private int ofHosts(String before, String after, ListFormat chosen) {
        if (file.value().isPresent() || !against.value().equals(LIVE)) {
            throw CommandFailure.usage(
                    "two snapshots are compared with each other, not with files", "leave out FILE and --against");
        }
        if (before.equals(SpecInput.STDIN) && after.equals(SpecInput.STDIN)) {
            throw readOnce();
        }
        Map<String, CdiSpec> old = ofHost(before);
        Map<String, CdiSpec> changed = ofHost(after);
        Map<String, SpecDiff> diffs = new LinkedHashMap<>();
        old.forEach((kind, one) -> diffs.put(kind, SpecDiff.between(one, changed.getOrDefault(kind, emptied(one)))));
        changed.forEach((kind, one) -> diffs.putIfAbsent(kind, SpecDiff.between(emptied(one), one)));
        return print(before, after, diffs, chosen);
    }

    /** What generate would write on a host, by kind. */
    private Map<String, CdiSpec> ofHost(String snapshot) {
        session.console().info("the spec of " + SafeText.escape(snapshot));
        Map<String, CdiSpec> specs = new LinkedHashMap<>();
        live(new HostSource(host, snapshot, global, session), Optional.empty())
                .forEach(part -> specs.put(part.spec().kind(), part.spec()));
        return specs;
    }

    /** A spec that does nothing, for a host that has none of the kind. */
    private static CdiSpec emptied(CdiSpec spec) {
        return CdiSpec.builder(spec.kind()).cdiVersion(spec.cdiVersion()).build();
    }

    private int print(String before, String after, Map<String, SpecDiff> diffs, ListFormat chosen) {
        switch (chosen) {
            case TABLE -> DiffTable.print(diffs, session.out());
            case JSON, YAML -> DiffDocument.print(diffs, before, after, chosen, session.out());
        }
        boolean same = diffs.values().stream().allMatch(SpecDiff::isEmpty);
        return (same ? ExitCode.OK : ExitCode.DIFFERS).status();
    }

    private static CommandFailure readOnce() {
        return CommandFailure.usage("standard input can be read once", "give - once");
    }

    private static String installed(HostSource source) {
        return HostFiles.below(source.hostRoot())
                .locate(SpecDirectories.INSTALLED)
                .orElseThrow(() -> CommandFailure.usage(
                        "the links to " + SpecDirectories.INSTALLED + " lead nowhere", "name a file"))
                .toString();
    }

    private void requireSources(String name) {
        List<String> inputs = new ArrayList<>(host.snapshots.value());
        inputs.addAll(List.of(name, against.value()));
        if (Collections.frequency(inputs, SpecInput.STDIN) > 1) {
            throw readOnce();
        }
        if (!against.value().equals(LIVE) && host.areRecorded()) {
            throw CommandFailure.usage(
                    "--against=" + against.value() + " excludes --snapshot and --simulate",
                    "leave out --against to compare with what generate would write");
        }
    }

    /** What generate would write now, to the file compared with if there is one. */
    private List<Assembly.Part> live(HostSource source, Optional<String> name) {
        Optional<Path> installed =
                name.filter(given -> !given.equals(SpecInput.STDIN)).map(given -> GivenPath.of("FILE", given));
        Outcome outcome = GenerateRun.draft(RunOptions.draft(spec, host, source, installed, session));
        OutcomeReport.tell(outcome, spec.strict.value(), session.console());
        return outcome.specs();
    }

    /** Of several specs that generate would write, the one of the same kind, else the main one. */
    private static CdiSpec counterpart(List<Assembly.Part> live, Optional<CdiSpec> before) {
        for (Assembly.Part part : live) {
            if (before.isPresent() && before.get().kind().equals(part.spec().kind())) {
                return part.spec();
            }
        }
        return live.get(0).spec();
    }

    /** The spec in a file; why there is none is told, and what else can be done about a missing one. */
    private Optional<CdiSpec> read(String name, String orElse) {
        SpecInput input = SpecInput.read(name, session);
        Optional<Finding> error = SpecValidator.firstError(input.document(), LibraryRelease.NEWEST);
        Optional<CdiSpec> spec = input.document().spec();
        error.ifPresent(finding -> {
            if (spec.isPresent()) {
                session.console().warning("engines refuse " + input.line(finding), finding.howToMend());
            } else {
                session.console().error(input.line(finding));
                boolean writable = input.isUnreadable() && !name.equals(SpecInput.STDIN);
                session.console().hint(finding.howToMend() + (writable ? orElse : ""));
            }
        });
        return spec;
    }
}
