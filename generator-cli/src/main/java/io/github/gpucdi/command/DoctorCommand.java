package io.github.gpucdi.command;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Doctor;
import io.github.gpucdi.doctor.DoctorOptions;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.EngineWord;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.report.DoctorDocument;
import io.github.gpucdi.report.DoctorReport;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gpu-cdi doctor}. */
@Command(
        name = "doctor",
        description = {
            "Say of each container engine here whether --device nvidia.com/gpu=all works, and if not, why and what to do.",
            "Looks at the driver, device nodes, spec files as each engine sees them, and all that those name."
        },
        footer = {
            "",
            "Examples:",
            "  gpu-cdi doctor                           the engines that are installed",
            "  gpu-cdi doctor --engine=podman-4.3.1     an engine that is not",
            "  gpu-cdi doctor --snapshot=host.json      another host's",
            "",
            "Exit codes: 0 nothing found but notes, 1 errors or warnings, 2 usage."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final HostOptions host = new HostOptions();

    @Option(
            names = "--engine",
            split = ",",
            paramLabel = "NAME-VERSION",
            description = {
                "Judge this engine instead of those installed, such as podman-4.3.1; repeatable.",
                "Default: those installed. Variable: GPU_CDI_DOCTOR_ENGINE. Example: --engine=docker-29.2"
            })
    private List<String> engines = List.of();

    @Option(
            names = "--spec-dir",
            split = ",",
            paramLabel = "DIR",
            description = {
                "A directory with CDI specs that all engines read instead of their own; repeatable.",
                "Default: each engine's. Variable: GPU_CDI_DOCTOR_SPEC_DIR, NVIDIA_CTK_CDI_SPEC_DIRS. Example: --spec-dir=/etc/cdi"
            })
    private List<String> specDirs = List.of();

    @Option(
            names = "--rootless",
            fallbackValue = "true",
            description = {
                "Judge engines that a user runs.",
                "Default: off. Variable: GPU_CDI_DOCTOR_ROOTLESS. Example: --rootless"
            })
    private boolean rootless;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "table, json or yaml.",
                "Default: table. Variable: GPU_CDI_DOCTOR_FORMAT. Example: --format=json"
            })
    private String format = "table";

    private final GlobalOptions global;
    private final Session session;

    DoctorCommand(GlobalOptions global, Session session) {
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        ListFormat chosen = Choices.LIST_FORMAT.of(format);
        engines.forEach(word -> EngineWord.release("--engine", word));
        List<String> directories = new ArrayList<>();
        for (String directory : specDirs) {
            directories.add(HostSource.path("--spec-dir", directory).toString());
        }
        HostSnapshot snapshot = new HostSource(host, global, session)
                .facts(Doctor.SECTIONS, false, directories)
                .snapshot();
        requireRecorded(directories, snapshot);
        Diagnosis diagnosis =
                examine(snapshot, new DoctorOptions(engines, rootless, directories, AssembleOptions.DEFAULT));
        switch (chosen) {
            case TABLE -> DoctorReport.print(diagnosis, session.out());
            case JSON, YAML -> DoctorDocument.print(diagnosis, rootless, chosen, session.out());
        }
        return (diagnosis.hasFindings() ? ExitCode.DIFFERS : ExitCode.OK).status();
    }

    private static Diagnosis examine(HostSnapshot snapshot, DoctorOptions options) {
        try {
            return Doctor.examine(snapshot, options);
        } catch (AssembleException e) {
            throw OutcomeReport.failure(e);
        }
    }

    /** A replay has the directories that were looked at, and no others. */
    private static void requireRecorded(List<String> directories, HostSnapshot snapshot) {
        Optional<CdiFacts> facts = snapshot.get(SectionKey.CDI).data();
        for (String directory : directories) {
            if (facts.isPresent()
                    && facts.get().directories().stream()
                            .map(CdiDirectory::path)
                            .noneMatch(directory::equals)) {
                throw CommandFailure.usage(
                        "the snapshot has no record of --spec-dir " + directory,
                        "make it with this option: gpu-cdi snapshot --spec-dir=" + directory);
            }
        }
    }
}
