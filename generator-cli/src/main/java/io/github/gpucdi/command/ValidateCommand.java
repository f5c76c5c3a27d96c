package io.github.gpucdi.command;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.option.Argument;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.EngineWord;
import io.github.gpucdi.report.EngineReport;
import io.github.gpucdi.report.FileReport;
import io.github.gpucdi.report.FindingsDocument;
import io.github.gpucdi.report.FindingsFormat;
import io.github.gpucdi.report.FindingsSarif;
import io.github.gpucdi.report.FindingsTable;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.SpecInput;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code gpu-cdi validate}. */
final class ValidateCommand extends Command implements Callable<Integer> {
    private final Argument<List<String>> files = parameter("1..*")
            .takes("FILE")
            .told("Spec files, YAML or JSON; - reads standard input.")
            .list();

    private final Argument<Optional<String>> as = option("--as")
            .takes("ENGINE-VERSION")
            .told(
                    "Judge as this engine does, or as a bare CDI library: library-0.5.2.",
                    "Default: the newest CDI library. Variable: GPU_CDI_AS. Example: --as=podman-4.3.1")
            .optional();

    private final Argument<Boolean> allEngines = option("--all-engines")
            .told(
                    "Say for each known engine whether it takes the file; exit 1 if one does not.",
                    "Default: off. Variable: GPU_CDI_VALIDATE_ALL_ENGINES. Example: --all-engines")
            .flag();

    private final Argument<Boolean> strict = option("--strict")
            .told("Warnings are exit 1 too.", "Default: off. Variable: GPU_CDI_VALIDATE_STRICT. Example: --strict")
            .flag();

    private final Argument<String> format = option("--format")
            .takes("FORMAT")
            .told(
                    "table, json, yaml, or sarif (2.1.0, for code hosts and editors); a table has notes only with --debug.",
                    "Default: table. Variable: GPU_CDI_VALIDATE_FORMAT. Example: --format=sarif")
            .text("table");

    private final Session session;

    ValidateCommand(Session session) {
        super("validate");
        description("Judge CDI spec files as container engines do, and say what is wrong with them and where.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi validate /etc/cdi/*.yaml                          does any engine refuse them?",
                "  gpu-cdi validate --as=podman-4.3.1 /etc/cdi/nvidia.yaml   does this one?",
                "  gpu-cdi validate --all-engines /etc/cdi/nvidia.yaml       which ones do?",
                "",
                "Exit codes: 0 good, 1 an engine refuses a file or it cannot be read (--strict: or a warning), 2 usage.");
        this.session = session;
    }

    @Override
    public Integer call() {
        FindingsFormat chosen = Choices.FINDINGS_FORMAT.of(format.value());
        if (Collections.frequency(files.value(), SpecInput.STDIN) > 1) {
            throw CommandFailure.usage("standard input can be read once", "give - once");
        }
        boolean allEngines = asksAllEngines();
        if (allEngines && chosen == FindingsFormat.SARIF) {
            throw CommandFailure.usage(
                    "--format=sarif has no place for each engine's verdict",
                    "name one with --as, or use --format=json");
        }
        boolean good = allEngines ? allEngines(chosen) : oneEngine(chosen);
        return (good ? ExitCode.OK : ExitCode.DIFFERS).status();
    }

    /** Of the two what is typed counts, and not what a variable says besides. */
    private boolean asksAllEngines() {
        boolean asTyped = model().commandLine().getParseResult().hasMatchedOption("--as");
        boolean allTyped = model().commandLine().getParseResult().hasMatchedOption("--all-engines");
        if (asTyped && allTyped && allEngines.value()) {
            throw CommandFailure.usage("--as and --all-engines exclude each other", "give one of them");
        }
        return allEngines.value() && !asTyped;
    }

    private boolean oneEngine(FindingsFormat chosen) {
        Optional<EngineRelease> engine = as.value().map(word -> EngineWord.release("--as", word));
        engine.ifPresent(release -> session.console().info("judged as " + EngineWord.text(release)));
        List<FileReport> reports = new ArrayList<>();
        boolean good = true;
        for (String file : files.value()) {
            SpecInput input = SpecInput.read(file, session);
            FileReport report = engine.map(release -> FileReport.of(input, release))
                    .orElseGet(() -> FileReport.of(input, LibraryRelease.NEWEST));
            good &= report.errors() == 0 && !(strict.value() && report.warnings() > 0);
            if (chosen == FindingsFormat.TABLE) {
                FindingsTable.print(report, session.console().showsDebug(), session.out());
            } else {
                reports.add(report);
            }
        }
        switch (chosen) {
            case TABLE -> {}
            case JSON -> FindingsDocument.print(reports, engine, ListFormat.JSON, session.out());
            case YAML -> FindingsDocument.print(reports, engine, ListFormat.YAML, session.out());
            case SARIF -> FindingsSarif.print(reports, session.out());
        }
        return good;
    }

    private boolean allEngines(FindingsFormat chosen) {
        List<EngineReport> reports = new ArrayList<>();
        boolean good = true;
        for (String file : files.value()) {
            EngineReport report = EngineReport.of(SpecInput.read(file, session));
            good &= report.accepted() == report.rows().size() && !(strict.value() && report.hasWarnings());
            if (chosen == FindingsFormat.TABLE) {
                FindingsTable.print(report, session.out());
            } else {
                reports.add(report);
            }
        }
        switch (chosen) {
            case TABLE -> {}
            case JSON -> FindingsDocument.print(reports, ListFormat.JSON, session.out());
            case YAML -> FindingsDocument.print(reports, ListFormat.YAML, session.out());
            case SARIF -> throw new IllegalStateException("refused before");
        }
        return good;
    }
}
