package io.github.gpucdi.command;

import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.mode.AutoMode;
import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.PartTimes;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.report.Beside;
import io.github.gpucdi.report.DeviceDocument;
import io.github.gpucdi.report.DeviceFormat;
import io.github.gpucdi.report.DeviceTable;
import io.github.gpucdi.report.GresLines;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.NodeLabels;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.SafeText;
import io.github.gpucdi.terminal.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code gpu-cdi devices}. */
final class DevicesCommand extends Command implements Callable<Integer> {
    /** What is printed where there are no answers. */
    private static final NvmlFacts NO_ANSWERS =
            new NvmlFacts("", Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of());

    private final HostOptions host = with(new HostOptions());

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told(
                    "table, json, yaml; nfd: node labels for Node Feature Discovery; gres: lines of Slurm's gres.conf.",
                    "Default: table. Variable: GPU_CDI_DEVICES_FORMAT. Example: --format=json")
            .text("table");

    private final GlobalOptions global;
    private final Session session;

    DevicesCommand(GlobalOptions global, Session session) {
        super("devices");
        description("List the GPUs and MIG devices that the driver reports, and what modes find beside them.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi devices --format=json              for programs",
                "  gpu-cdi devices --format=gres > gres.conf  for Slurm",
                "",
                "Exit codes: 0 done, 2 usage, 3 no driver or no GPU, 7 with gres: a device that fails has no line.");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        DeviceFormat chosen = Choices.DEVICE_FORMAT.of(format.value());
        FactSource source = new HostSource(host, global, session).facts(sections(), true, List.of());
        PartTimes times = new PartTimes(source);
        HostSnapshot snapshot = source.snapshot();
        times.ended(PartTimes.LOOKING).ifPresent(session.console()::debug);
        List<Beside> besides = Beside.of(snapshot);
        Optional<NvmlFacts> facts = facts(snapshot, besides, chosen);
        boolean whole = print(facts.orElse(NO_ANSWERS), besides, snapshot, chosen);
        if (facts.isPresent() && facts.get().gpus().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOTHING_TO_OFFER, "the driver reports no GPU", "see lspci -d 10de: and dmesg");
        }
        return (whole ? ExitCode.OK : ExitCode.LEFT_OUT).status();
    }

    private static Set<SectionKey<?>> sections() {
        Set<SectionKey<?>> sections = new HashSet<>(Mode.AUTO.sections());
        for (Mode mode : Mode.values()) {
            mode.side().ifPresent(sections::add);
        }
        return sections;
    }

    /** The driver's answers, if GPUs need one; without a driver what is beside them is listed all the same, before that is told. */
    private Optional<NvmlFacts> facts(HostSnapshot snapshot, List<Beside> besides, DeviceFormat chosen) {
        try {
            return Optional.of(DriverHealth.working(snapshot));
        } catch (AssembleException e) {
            boolean listed = chosen != DeviceFormat.NFD && chosen != DeviceFormat.GRES;
            if (listed && isWithoutNvml(snapshot, besides)) {
                return Optional.empty();
            }
            if (listed && !besides.isEmpty()) {
                print(NO_ANSWERS, besides, snapshot, chosen);
            }
            throw OutcomeReport.failure(e);
        }
    }

    /** Whether the host has GPUs that need no NVML, and none. */
    private static boolean isWithoutNvml(HostSnapshot snapshot, List<Beside> besides) {
        return snapshot.get(SectionKey.NVML) instanceof Section.Absent<NvmlFacts>
                && besides.stream().map(Beside::mode).anyMatch(AutoMode.of(snapshot)::equals);
    }

    /** Whether all that the driver reports is told. */
    private boolean print(NvmlFacts facts, List<Beside> besides, HostSnapshot snapshot, DeviceFormat chosen) {
        switch (chosen) {
            case TABLE -> DeviceTable.print(facts, besides, session.out());
            case JSON -> DeviceDocument.print(facts, besides, ListFormat.JSON, session.out());
            case YAML -> DeviceDocument.print(facts, besides, ListFormat.YAML, session.out());
            case NFD -> session.out().print(NodeLabels.of(facts));
            case GRES -> {
                return printGres(facts, snapshot);
            }
        }
        return true;
    }

    private boolean printGres(NvmlFacts facts, HostSnapshot snapshot) {
        Set<String> nodes = new HashSet<>();
        snapshot.get(SectionKey.NODES).data().ifPresent(found -> found.nodes().forEach(node -> nodes.add(node.path())));
        GresLines lines =
                GresLines.of(facts, nodes, WrittenPaths.of(snapshot.options(), AssembleOptions.DEFAULT)::node);
        session.out().print(lines.text());
        for (String reason : lines.leftOut()) {
            session.console().warning("left out: " + SafeText.escape(reason));
        }
        return lines.leftOut().isEmpty();
    }
}
