package io.github.gpucdi.command;

import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Section;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gpu-cdi devices}. */
@Command(
        name = "devices",
        description = "List the GPUs and MIG devices that the driver reports.",
        footer = {"", "Example: gpu-cdi devices --format=json"})
final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private final HostOptions host = new HostOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {"table, json or yaml.", "Default: table. Variable: GPU_CDI_FORMAT. Example: --format=json"})
    private String format = "table";

    private final GlobalOptions global;
    private final Session session;

    DevicesCommand(GlobalOptions global, Session session) {
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (SimulatedHosts.listed(host, session.out())) {
            return ExitCode.OK.status();
        }
        ListFormat chosen = Choices.LIST_FORMAT.of(format);
        HostSnapshot snapshot = new HostSource(host, global, session).snapshot(true);
        NvmlFacts facts = facts(snapshot);
        switch (chosen) {
            case TABLE -> DeviceTable.print(facts, session.out());
            case JSON, YAML -> DeviceDocument.print(facts, chosen, session.out());
        }
        session.out().flush();
        return (facts.gpus().isEmpty() ? ExitCode.NOTHING_TO_OFFER : ExitCode.OK).status();
    }

    private static NvmlFacts facts(HostSnapshot snapshot) {
        if (snapshot.nvml() instanceof Section.Absent<NvmlFacts> absent) {
            throw new CommandFailure(ExitCode.NOTHING_TO_OFFER, absent.reason(), "is the NVIDIA driver installed?");
        }
        NvmlFacts facts = snapshot.nvml()
                .data()
                .orElseThrow(() -> CommandFailure.usage(
                        "the snapshot has no section 'nvml'", "make it anew with: gpu-cdi snapshot"));
        if (facts.failure().isPresent()) {
            NvmlFailure failure = facts.failure().get();
            throw new CommandFailure(
                    failure.code() == NvmlFailure.LIB_RM_VERSION_MISMATCH
                            ? ExitCode.HALF_UPGRADED
                            : ExitCode.NOTHING_TO_OFFER,
                    failure.call() + " answered " + failure.text() + " (" + failure.code() + ")",
                    "nvidia-smi must work first; dmesg tells more");
        }
        return facts;
    }
}
