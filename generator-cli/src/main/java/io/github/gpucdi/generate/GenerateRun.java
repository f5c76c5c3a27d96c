package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.spec.CdiVersion;
import io.github.gpucdi.cdi.text.write.SpecFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One run: facts, specs, files. */
public final class GenerateRun {
    private final GenerateRequest request;
    private final SpecFiles files;
    private final List<Notice> notices = new ArrayList<>();

    private GenerateRun(GenerateRequest request) {
        this.request = request;
        this.files = new SpecFiles(request.destination(), request.directories(), notices);
    }

    /** Writes the specs that {@code request} wants, or checks them; without a file they are in the outcome only. */
    public static Outcome run(GenerateRequest request) {
        GenerateRun run = new GenerateRun(request);
        try {
            return run.run();
        } catch (RunFailure e) {
            return Outcome.of(e, run.notices);
        }
    }

    /** Makes the specs that {@code request} wants; nothing is written. */
    public static Outcome draft(SpecRequest request) {
        List<Notice> notices = new ArrayList<>();
        try {
            Assembly assembly = new SpecDraft(request, notices).assembly();
            return Outcome.unwritten(ending(assembly), notices, assembly.specs());
        } catch (AssembleException e) {
            return Outcome.of(RunFailure.of(e), notices);
        } catch (RunFailure e) {
            return Outcome.of(e, notices);
        }
    }

    private Outcome run() throws RunFailure {
        requirePlace();
        Assembly assembly = assembly();
        if (request.spec().targets().isAny()) {
            Set<String> versions = new LinkedHashSet<>();
            for (Assembly.Part part : assembly.specs()) {
                versions.add(part.spec().cdiVersion());
            }
            for (String version : versions) {
                CdiVersion.parse(version)
                        .flatMap(EngineTable::cannotRead)
                        .ifPresent(line -> notices.add(Notice.info(
                                line + ": to write what they read, name one with --engine, or --cdi-version")));
            }
        }
        Earlier earlier =
                request.face() == Face.GPU_CDI && request.destination().file().isPresent()
                        ? Earlier.than(request.spec(), assembly.specs())
                        : Earlier.NONE;
        List<SpecRequest.Place> going = new ArrayList<>(earlier.stale());
        if (request.prune()) {
            going.addAll(earlier.left());
        } else {
            files.tellLeft(earlier.left());
        }
        if (request.check()) {
            boolean differs = files.differ(assembly.specs()) | files.haveStale(going);
            return Outcome.unwritten(differs ? Ending.DIFFERS : Ending.DONE, notices, assembly.specs());
        }
        if (request.destination().file().isPresent()) {
            PartTimes times = new PartTimes(request.spec().source());
            files.write(assembly.specs(), going, request.force());
            files.delete(going, "this run has nothing for it");
            SpecDraft.tell(times.ended("writing it"), notices);
        } else if (assembly.specs().size() > 1 && request.destination().format() == SpecFormat.JSON) {
            throw new RunFailure(
                    Ending.USAGE,
                    "several specs in JSON on standard output are no document that programs can read",
                    "name a file with --output: each spec has one of its own");
        }
        return Outcome.of(ending(assembly), notices, assembly.specs());
    }

    private void requirePlace() throws RunFailure {
        if (request.check() && request.destination().file().isEmpty()) {
            throw new RunFailure(Ending.USAGE, "--check needs --output", "name the file to compare with");
        }
        boolean simulated = request.spec().source() instanceof FactSource.Recorded recorded && recorded.simulated();
        if (simulated
                && request.destination()
                        .file()
                        .filter(request.directories()::hold)
                        .isPresent()) {
            throw new RunFailure(
                    Ending.USAGE,
                    "engines read " + request.destination().file().get().getParent()
                            + ": a simulated host's spec does not belong there",
                    "write it elsewhere");
        }
    }

    private Assembly assembly() throws RunFailure {
        try {
            return new SpecDraft(request.spec(), notices).assembly();
        } catch (AssembleException e) {
            boolean gone = e.reason() == AssembleException.Reason.GONE;
            if (gone && request.onDriverLoss() == DriverLoss.DELETE && !request.check()) {
                files.deleteAll(request.spec().places());
            }
            throw RunFailure.of(e);
        }
    }

    private static Ending ending(Assembly assembly) {
        for (Notice notice : assembly.notices()) {
            if (notice.level() == Notice.Level.LEFT_OUT) {
                return Ending.LEFT_OUT;
            }
        }
        return Ending.DONE;
    }
}
