package io.github.gpucdi.option;

import io.github.gpucdi.assemble.AssembleOptions;
import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.DriverLoss;
import io.github.gpucdi.generate.EngineDirectories;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.GenerateRequest;
import io.github.gpucdi.generate.SpecRequest;
import io.github.gpucdi.generate.Targets;
import io.github.gpucdi.probe.ProbeRequest.Extra;
import io.github.gpucdi.terminal.Session;
import java.util.Set;

/** Turns the options of a command into the request for a run; a bad value is the user's mistake. */
public final class RunOptions {
    private RunOptions() {}

    /** A run that writes specs, or checks them. */
    public static GenerateRequest generate(
            SpecOptions spec, WriteOptions write, HostOptions host, GlobalOptions global, Face face, Session session) {
        AssembleOptions wanted = AssembleRequest.of(spec, host, session.console());
        Targets targets = TargetOption.of(spec);
        HostSource source = new HostSource(host, global, session);
        DriverLoss onLoss = Choices.DRIVER_LOSS.of(write.onDriverLoss);
        Destination destination = DestinationOption.of(write.output, write.format, face, session.console());
        return new GenerateRequest(
                request(spec, wanted, targets, source),
                destination,
                EngineDirectories.below(source.hostRoot()),
                onLoss,
                write.force,
                write.check,
                face);
    }

    /** The specs that a run would write. */
    public static SpecRequest draft(SpecOptions spec, HostOptions host, GlobalOptions global, Session session) {
        AssembleOptions wanted = AssembleRequest.of(spec, host, session.console());
        return request(spec, wanted, TargetOption.of(spec), new HostSource(host, global, session));
    }

    /** Last, since it reads the snapshot if there is one: other mistakes are told first. */
    private static SpecRequest request(SpecOptions spec, AssembleOptions wanted, Targets targets, HostSource source) {
        Set<Extra> extras = targets.installed() ? Set.of(Extra.ENGINES) : Set.of();
        return new SpecRequest(source.facts(extras), wanted, targets, spec.strict);
    }
}
