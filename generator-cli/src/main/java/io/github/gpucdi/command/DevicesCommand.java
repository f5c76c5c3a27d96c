package io.github.gpucdi.command;

import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.report.DeviceDocument;
import io.github.gpucdi.report.DeviceTable;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code gpu-cdi devices}. */
final class DevicesCommand extends Command implements Callable<Integer> {
    private final HostOptions host = with(new HostOptions());

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told("table, json or yaml.", "Default: table. Variable: GPU_CDI_DEVICES_FORMAT. Example: --format=json")
            .text("table");

    private final GlobalOptions global;
    private final Session session;

    DevicesCommand(GlobalOptions global, Session session) {
        super("devices");
        description("List the GPUs and MIG devices that the driver reports.");
        footer("", "Example: gpu-cdi devices --format=json");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        ListFormat chosen = Choices.LIST_FORMAT.of(format.value());
        HostSnapshot snapshot = new HostSource(host, global, session)
                .facts(Mode.NVML.sections(), true, List.of())
                .snapshot();
        NvmlFacts facts = facts(snapshot);
        switch (chosen) {
            case TABLE -> DeviceTable.print(facts, session.out());
            case JSON, YAML -> DeviceDocument.print(facts, chosen, session.out());
        }
        if (facts.gpus().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOTHING_TO_OFFER, "the driver reports no GPU", "see lspci -d 10de: and dmesg");
        }
        return ExitCode.OK.status();
    }

    private static NvmlFacts facts(HostSnapshot snapshot) {
        try {
            return DriverHealth.working(snapshot);
        } catch (AssembleException e) {
            throw OutcomeReport.failure(e);
        }
    }
}
