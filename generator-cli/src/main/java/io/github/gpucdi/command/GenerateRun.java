package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.assemble.AssembleOptions;
import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.Feature;
import io.github.gpucdi.assemble.Notice;
import io.github.gpucdi.assemble.NvmlAssembler;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import java.util.List;

/** One run of a generate command: snapshot, assemble, publish. */
final class GenerateRun {
    private final SpecOptions options;
    private final HostOptions host;
    private final GlobalOptions global;
    private final Face face;
    private final Session session;
    private final Console console;

    GenerateRun(SpecOptions options, HostOptions host, GlobalOptions global, Face face, Session session) {
        this.options = options;
        this.host = host;
        this.global = global;
        this.face = face;
        this.session = session;
        this.console = session.console();
    }

    ExitCode run() {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK;
        }
        AssembleOptions wanted = AssembleRequest.of(options, host, console);
        HostSource source = new HostSource(host, global, session);
        DriverLoss onLoss = Choices.DRIVER_LOSS.of(options.onDriverLoss);
        SpecOutput output = new SpecOutput(
                OutputTarget.of(options.output, options.format, face, console), source.hostRoot(), session);
        if (options.check) {
            output.requireFile("--check");
        }
        if (host.simulate.isPresent()) {
            output.refuseEngineDirectories();
        }
        HostSnapshot snapshot = source.snapshot(false);
        Assembly assembly;
        try {
            assembly = assemble(Mode.NVML, snapshot, wanted);
        } catch (AssembleException e) {
            if (e.reason() == AssembleException.Reason.GONE && onLoss == DriverLoss.DELETE && !options.check) {
                output.delete(wanted.features().contains(Feature.COHERENT_ANNOTATIONS));
            }
            throw CommandFailure.of(e);
        }
        boolean leftOut = report(assembly.notices());
        validate(assembly);
        if (options.check) {
            return output.differs(assembly) ? ExitCode.DIFFERS : ExitCode.OK;
        }
        output.write(assembly, options.force);
        return leftOut ? ExitCode.LEFT_OUT : ExitCode.OK;
    }

    private static Assembly assemble(Mode mode, HostSnapshot snapshot, AssembleOptions wanted)
            throws AssembleException {
        return switch (mode) {
            case NVML -> NvmlAssembler.assemble(snapshot, wanted);
        };
    }

    /** Tells the notices; whether a device is left out. */
    private boolean report(List<Notice> notices) {
        boolean leftOut = false;
        int missing = 0;
        for (Notice notice : notices) {
            switch (notice.level()) {
                case DEBUG -> console.debug(notice.what());
                case INFO -> console.info(notice.what());
                case WARNING -> {
                    if (options.strict) {
                        error(notice);
                    } else {
                        console.warning(notice.what(), notice.hint());
                    }
                    missing++;
                }
                case LEFT_OUT -> {
                    error(notice);
                    leftOut = true;
                    missing++;
                }
            }
        }
        if (options.strict && missing > 0) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "the spec would be incomplete (" + missing + " of the messages above): nothing was written",
                    "mend what they name, or leave out --strict");
        }
        return leftOut;
    }

    private void error(Notice notice) {
        console.error(notice.what());
        console.hint(notice.hint());
    }

    private void validate(Assembly assembly) {
        for (Assembly.Part part : assembly.specs()) {
            CdiSpec spec = part.spec();
            for (Finding finding : SpecValidator.validate(spec)) {
                if (finding.severity() == Finding.Severity.ERROR) {
                    boolean replayed = host.snapshot.isPresent();
                    throw new CommandFailure(
                            replayed ? ExitCode.USAGE : ExitCode.BUG,
                            "the spec would be invalid at " + finding.where() + ": " + finding.what(),
                            replayed
                                    ? "the snapshot holds something that no spec can: make it anew"
                                    : "please report this with the output of: gpu-cdi snapshot --redact");
                }
                console.debug(finding.where() + ": " + finding.what());
            }
            CdiVersion.parse(spec.cdiVersion()).flatMap(EngineTable::cannotRead).ifPresent(console::info);
        }
    }
}
