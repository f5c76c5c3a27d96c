package io.github.gpucdi.command;

import io.github.gpucdi.assemble.AssembleException;
import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.Feature;
import io.github.gpucdi.assemble.Notice;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.generate.DriverLoss;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.option.Choices;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.option.WriteOptions;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;

/** One run of a generate command: snapshot, assemble, publish. */
final class GenerateRun {
    private final SpecOptions spec;
    private final WriteOptions write;
    private final HostOptions host;
    private final GlobalOptions global;
    private final Face face;
    private final Session session;
    private final Console console;

    GenerateRun(
            SpecOptions spec, WriteOptions write, HostOptions host, GlobalOptions global, Face face, Session session) {
        this.spec = spec;
        this.write = write;
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
        LiveSpec live = new LiveSpec(spec, host, global, session);
        DriverLoss onLoss = Choices.DRIVER_LOSS.of(write.onDriverLoss);
        SpecOutput output =
                new SpecOutput(OutputTarget.of(write.output, write.format, face, console), live.hostRoot(), session);
        if (write.check) {
            output.requireFile("--check");
        }
        if (host.simulate.isPresent()) {
            output.refuseEngineDirectories();
        }
        Assembly assembly;
        try {
            assembly = live.assembly();
        } catch (AssembleException e) {
            if (e.reason() == AssembleException.Reason.GONE && onLoss == DriverLoss.DELETE && !write.check) {
                output.delete(live.wanted().features().contains(Feature.COHERENT_ANNOTATIONS));
            }
            throw AssembleFailure.of(e);
        }
        if (spec.engines.isEmpty()) {
            for (Assembly.Part part : assembly.specs()) {
                CdiVersion.parse(part.spec().cdiVersion())
                        .flatMap(EngineTable::cannotRead)
                        .ifPresent(console::info);
            }
        }
        if (write.check) {
            return output.differs(assembly) ? ExitCode.DIFFERS : ExitCode.OK;
        }
        output.write(assembly, write.force);
        return leavesOut(assembly) ? ExitCode.LEFT_OUT : ExitCode.OK;
    }

    private static boolean leavesOut(Assembly assembly) {
        for (Notice notice : assembly.notices()) {
            if (notice.level() == Notice.Level.LEFT_OUT) {
                return true;
            }
        }
        return false;
    }
}
