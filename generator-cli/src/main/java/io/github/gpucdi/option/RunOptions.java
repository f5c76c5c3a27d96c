package io.github.gpucdi.option;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.generate.Destination;
import io.github.gpucdi.generate.DriverLoss;
import io.github.gpucdi.generate.EngineDirectories;
import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.GenerateRequest;
import io.github.gpucdi.generate.SpecRequest;
import io.github.gpucdi.generate.Targets;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.probe.HostFiles;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.Session;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the options of a command into the request for a run; a bad value is the user's mistake. */
public final class RunOptions {
    private RunOptions() {}

    /** A run that writes specs, or checks them. */
    public static GenerateRequest generate(
            SpecOptions spec, WriteOptions write, HostOptions host, GlobalOptions global, Face face, Session session) {
        AssembleOptions wanted = AssembleRequest.of(spec, host, face, session.console());
        HostSource source = new HostSource(host, global, session);
        DriverLoss onLoss = Choices.DRIVER_LOSS.of(write.onDriverLoss.value());
        Destination destination = below(
                source.hostRoot(),
                DestinationOption.of(write.output.value(), write.format.value(), face, session.console()));
        Optional<Path> file = face == Face.GPU_CDI ? destination.file() : Optional.empty();
        return new GenerateRequest(
                request(spec, wanted, source, file, face),
                destination,
                EngineDirectories.below(source.hostRoot()),
                onLoss,
                write.force.value(),
                write.prune.value(),
                write.check.value(),
                face);
    }

    /** A file below the host's root goes where the host's links lead: on this machine they lead elsewhere. */
    private static Destination below(Path hostRoot, Destination named) {
        HostFiles host = HostFiles.below(hostRoot);
        Optional<Path> file = named.file()
                .map(path -> host.follow(path.getParent())
                        .map(directory -> directory.resolve(path.getFileName()))
                        .orElseThrow(() -> CommandFailure.usage(
                                "the links to " + path + " lead nowhere", "name another file with --output")));
        return new Destination(file, named.format());
    }

    /**
     * The specs that a run would write.
     *
     * @param source the host that they would be for
     * @param file where it would write them, if to a file
     */
    public static SpecRequest draft(
            SpecOptions spec, HostOptions host, HostSource source, Optional<Path> file, Session session) {
        AssembleOptions wanted = AssembleRequest.of(spec, host, Face.GPU_CDI, session.console());
        return request(spec, wanted, source, file, Face.GPU_CDI);
    }

    /** The facts last, since a snapshot is read for them: other mistakes are told first. */
    private static SpecRequest request(
            SpecOptions spec, AssembleOptions wanted, HostSource source, Optional<Path> file, Face face) {
        Targets targets = TargetOption.of(spec, source.isThisMachine() ? implied(file) : Targets.ANY);
        List<Mode> modes = ModeOption.of(spec.modes.value());
        requireKinds(modes, wanted, face);
        Set<SectionKey<?>> sections = new HashSet<>();
        for (Mode mode : modes) {
            sections.addAll(mode.sections());
        }
        if (wanted.features().contains(Feature.LIBRARIES_32)) {
            sections.add(SectionKey.FILES_32);
        }
        if (targets.readInstalled()) {
            sections.add(SectionKey.ENGINES);
        }
        return new SpecRequest(source.facts(sections), modes, wanted, targets, spec.strict.value());
    }

    /** Two specs of one kind would have devices of the same names, and engines drop both. */
    private static void requireKinds(List<Mode> modes, AssembleOptions wanted, Face face) {
        Map<String, Mode> kinds = new HashMap<>();
        for (Mode mode : modes) {
            Mode other = kinds.put(wanted.kind(mode), mode);
            if (other != null) {
                throw CommandFailure.usage(
                        "the specs of modes " + other.word() + " and " + mode.word() + " would have one kind, "
                                + wanted.kind(mode),
                        face == Face.NVIDIA_CTK
                                ? "give one mode, or use gpu-cdi generate, which has a kind for each"
                                : "leave one of them out, or --class and --vendor");
            }
        }
    }

    /** A spec that goes where this machine's engines look is for them. */
    private static Targets implied(Optional<Path> file) {
        EngineDirectories directories = EngineDirectories.below(Path.of("/"));
        return file.filter(directories::hold).isPresent() ? Targets.IMPLIED : Targets.ANY;
    }
}
