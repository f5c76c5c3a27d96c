package io.github.gpucdi.command;

import io.github.gpucdi.doctor.ConfigCheck;
import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.exam.FleetExam;
import io.github.gpucdi.exam.HostExam;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.EngineWord;
import io.github.gpucdi.option.GivenPath;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.HostSource;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.option.SnapshotFiles;
import io.github.gpucdi.report.DoctorDocument;
import io.github.gpucdi.report.DoctorReport;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.settings.ConfigDefaults;
import io.github.gpucdi.settings.ConfigFile;
import io.github.gpucdi.settings.ConfigFinding;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Question;
import io.github.gpucdi.terminal.SafeText;
import io.github.gpucdi.terminal.Session;
import io.github.gpucdi.terminal.ShellCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code gpu-cdi doctor}. */
final class DoctorCommand extends Command implements Callable<Integer> {
    private final HostOptions host = with(new HostOptions());

    private final Argument<List<String>> engines = option("--engine")
            .takes("NAME-VERSION")
            .told(
                    "Judge this engine instead of those installed, such as podman-4.3.1; repeatable.",
                    "Default: those installed. Variable: GPU_CDI_DOCTOR_ENGINE. Example: --engine=docker-29.2")
            .list();

    private final Argument<List<String>> specDirs = option("--spec-dir")
            .takes("DIR")
            .told(
                    "A directory with CDI specs that all engines read instead of their own; repeatable.",
                    "Default: each engine's. Variable: GPU_CDI_SPEC_DIR, NVIDIA_CTK_CDI_SPEC_DIRS. Example: --spec-dir=/etc/cdi")
            .list();

    private final Argument<Boolean> rootless = option("--rootless")
            .told("Judge engines that a user runs.", "Default: off. Variable: GPU_CDI_ROOTLESS. Example: --rootless")
            .flag();

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told("table, json or yaml.", "Default: table. Variable: GPU_CDI_DOCTOR_FORMAT. Example: --format=json")
            .text("table");

    private final Argument<Boolean> fix = option("--fix")
            .told(
                    "Run the commands that mend errors and warnings, after showing them and asking; then look again.",
                    "Default: off. Variable: none. Example: --fix")
            .flag();

    private final Argument<Boolean> yes = option("--yes")
            .told("With --fix: do not ask.", "Default: off. Variable: none. Example: --yes")
            .flag();

    private final GlobalOptions global;
    private final Session session;

    DoctorCommand(GlobalOptions global, Session session) {
        super("doctor");
        description(
                "Say of each container engine here whether --device nvidia.com/gpu=all works, and if not, why and what to do.",
                "Looks at the driver, device nodes, spec files as each engine sees them, and all that those name.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi doctor                           the engines that are installed",
                "  gpu-cdi doctor --engine=podman-4.3.1     an engine that is not",
                "  gpu-cdi doctor --snapshot=host.json      another host's",
                "  gpu-cdi doctor --snapshot=hosts/         those of many hosts: what is wrong, and where they differ",
                "  gpu-cdi doctor --simulate=dgx-a100       a made-up one, with Podman and the specs installed",
                "  gpu-cdi doctor --fix                     run what mends it",
                "",
                "Exit codes: 0 nothing found but notes (with --fix: any more), 1 errors or warnings, or a command failed,"
                        + " 2 usage, or a snapshot cannot be used.");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        ListFormat chosen = Choices.LIST_FORMAT.of(format.value());
        engines.value().forEach(word -> EngineWord.release("--engine", word));
        List<String> directories = new ArrayList<>();
        for (String directory : specDirs.value()) {
            directories.add(GivenPath.of("--spec-dir", directory).toString());
        }
        requireFixable(chosen);
        HostExam exam = new HostExam(
                engines.value(),
                rootless.value(),
                directories,
                host.simulate.value().isPresent(),
                session);
        if (host.snapshots.value().size() > 1 || SnapshotFiles.haveDirectory(host.snapshots.value())) {
            return new FleetExam(exam, host, global, session).run(chosen).status();
        }
        Diagnosis diagnosis = examine(exam);
        print(diagnosis, chosen);
        if (!fix.value() || diagnosis.mendings().isEmpty()) {
            return status(diagnosis).status();
        }
        ShellCommand shell = ShellCommand.ofProcess();
        requireOurselves(diagnosis.mendings(), shell);
        if (!mayRun(diagnosis.mendings())) {
            session.console().info("nothing was run");
            return ExitCode.DIFFERS.status();
        }
        boolean allRan = run(diagnosis.mendings(), shell);
        Diagnosis after = examine(exam);
        print(after, chosen);
        return (allRan ? status(after) : ExitCode.DIFFERS).status();
    }

    private void requireFixable(ListFormat chosen) {
        if (yes.value() && !fix.value()) {
            throw CommandFailure.usage("--yes goes with --fix", "give both, or none");
        }
        if (!fix.value()) {
            return;
        }
        if (host.areRecorded()) {
            throw CommandFailure.usage(
                    "--fix mends this machine, not what a snapshot was made of", "leave out --snapshot and --simulate");
        }
        if (chosen != ListFormat.TABLE) {
            throw CommandFailure.usage("--fix shows commands before it runs them", "leave out --format");
        }
        if (!yes.value() && !Question.canBeAsked(session)) {
            throw CommandFailure.usage(
                    "--fix asks first, and standard input is no terminal", "give --yes to run the commands unasked");
        }
    }

    private boolean mayRun(List<String> commands) throws IOException {
        if (yes.value()) {
            return true;
        }
        session.out().flush();
        commands.forEach(command -> session.console().info("$ " + SafeText.escape(command)));
        session.console().info("run " + (commands.size() == 1 ? "this" : "these " + commands.size()) + "? [y/N]");
        return Question.isYes(session.in());
    }

    private static void requireOurselves(List<String> commands, ShellCommand shell) {
        boolean needed = commands.stream()
                .flatMap(command -> Stream.of(command.split(" && ")))
                .anyMatch(command -> command.startsWith("gpu-cdi "));
        if (needed && !shell.finds("gpu-cdi")) {
            throw CommandFailure.usage(
                    "--fix finds no gpu-cdi in " + shell.path() + ": nothing was run",
                    "link it into one of them, or run the commands by hand");
        }
    }

    private boolean run(List<String> commands, ShellCommand shell) {
        boolean allRan = true;
        for (String command : commands) {
            session.console().info("$ " + SafeText.escape(command));
            try {
                int status = shell.run(command, line -> session.console().info("  " + SafeText.escape(line)));
                if (status != 0) {
                    session.console().warning("exit status " + status + ": " + SafeText.escape(command));
                }
                allRan &= status == 0;
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.BUG, "cannot run /bin/sh: " + IoReason.of(e), "run the commands by hand", e);
            }
        }
        return allRan;
    }

    private Diagnosis examine(HostExam exam) {
        return exam.of(new HostSource(host, global, session)).diagnosis().and(ofConfiguration());
    }

    /** What is wrong with our own files, which say nothing of a host that was recorded elsewhere. */
    private List<Symptom> ofConfiguration() {
        List<Symptom> symptoms = new ArrayList<>();
        if (host.areRecorded()) {
            return symptoms;
        }
        for (ConfigFile file : ((ConfigDefaults) model().defaultValueProvider())
                .configuration()
                .files()) {
            if (!file.findings().isEmpty()) {
                List<String> lines =
                        file.findings().stream().map(ConfigFinding::line).toList();
                symptoms.add(ConfigCheck.unusable(file.name(), lines));
            }
        }
        return symptoms;
    }

    private void print(Diagnosis diagnosis, ListFormat chosen) {
        switch (chosen) {
            case TABLE -> DoctorReport.print(diagnosis, session.out());
            case JSON, YAML -> DoctorDocument.print(diagnosis, rootless.value(), chosen, session.out());
        }
    }

    private static ExitCode status(Diagnosis diagnosis) {
        return diagnosis.hasFindings() ? ExitCode.DIFFERS : ExitCode.OK;
    }
}
