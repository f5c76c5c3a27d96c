package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.assemble.AssembleOptions;
import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.EngineTarget;
import io.github.gpucdi.assemble.Notice;
import io.github.gpucdi.assemble.NvmlAssembler;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.probe.ProbeRequest.Extra;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What generate would write now: snapshot, assemble, validate. */
final class LiveSpec {
    private final boolean strict;
    private final boolean replayed;
    private final AssembleOptions wanted;
    private final SpecReaders readers;
    private final HostSource source;
    private final Console console;

    /** Checks the flags; nothing is probed yet. */
    LiveSpec(SpecOptions options, HostOptions host, GlobalOptions global, Session session) {
        this.strict = options.strict;
        this.replayed = host.snapshot.isPresent();
        this.console = session.console();
        this.wanted = AssembleRequest.of(options, host, console);
        this.readers = new SpecReaders(options);
        this.source = new HostSource(host, global, session);
    }

    AssembleOptions wanted() {
        return wanted;
    }

    /** Where the host's root directory is. */
    Path hostRoot() {
        return source.hostRoot();
    }

    /** The specs, valid, and their notices, which are told. */
    Assembly assembly() throws AssembleException {
        HostSnapshot snapshot = source.snapshot(readers.areAsked() ? Set.of(Extra.ENGINES) : Set.of());
        EngineTarget target = readers.of(snapshot, console);
        Assembly assembly = target.fit(assemble(Mode.NVML, snapshot, target.options(wanted)));
        report(assembly.notices());
        validate(assembly);
        return assembly;
    }

    private static Assembly assemble(Mode mode, HostSnapshot snapshot, AssembleOptions wanted)
            throws AssembleException {
        return switch (mode) {
            case NVML -> NvmlAssembler.assemble(snapshot, wanted);
        };
    }

    private void report(List<Notice> notices) {
        int missing = 0;
        for (Notice notice : notices) {
            switch (notice.level()) {
                case DEBUG -> console.debug(notice.what());
                case INFO -> console.info(notice.what());
                case WARNING -> {
                    if (strict) {
                        error(notice);
                    } else {
                        console.warning(notice.what(), notice.hint());
                    }
                    missing++;
                }
                case LEFT_OUT -> {
                    error(notice);
                    missing++;
                }
            }
        }
        if (strict && missing > 0) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "the spec would be incomplete (" + missing + " of the messages above): nothing was written",
                    "mend what they name, or leave out --strict");
        }
    }

    private void error(Notice notice) {
        console.error(notice.what());
        console.hint(notice.hint());
    }

    private void validate(Assembly assembly) {
        for (Assembly.Part part : assembly.specs()) {
            for (Finding finding : SpecValidator.validate(part.spec())) {
                if (finding.severity() == Finding.Severity.ERROR) {
                    throw new CommandFailure(
                            replayed ? ExitCode.USAGE : ExitCode.BUG,
                            "the spec would be invalid at " + finding.where() + ": " + finding.what(),
                            replayed
                                    ? "the snapshot holds something that no spec can: make it anew"
                                    : "please report this with the output of: gpu-cdi snapshot --redact");
                }
                console.debug(finding.where() + ": " + finding.what());
            }
        }
    }
}
