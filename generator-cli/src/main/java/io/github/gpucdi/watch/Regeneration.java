package io.github.gpucdi.watch;

import io.github.gpucdi.assemble.Assembly;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.doctor.Doctor;
import io.github.gpucdi.doctor.DoctorOptions;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.generate.FactSource;
import io.github.gpucdi.generate.GenerateRequest;
import io.github.gpucdi.generate.GenerateRun;
import io.github.gpucdi.generate.Outcome;
import io.github.gpucdi.generate.SpecRequest;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlReturn;
import io.github.gpucdi.probe.HostProbe;
import io.github.gpucdi.probe.HostState;
import io.github.gpucdi.probe.NvmlLoader;
import io.github.gpucdi.probe.ProbeRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** One run in a worker: as {@code generate}'s, but that it never has the driver loaded into the kernel. */
public final class Regeneration {
    private final GenerateRequest request;
    private final ProbeRequest host;
    private final Optional<ProbeRequest> examined;
    private final Optional<NodeLabelFile> labels;

    /**
     * @param request what is wanted
     * @param host the machine that it is wanted of
     * @param examined what doctor's findings are told of, if they are wanted: a host with doctor's sections
     * @param labels is written after a spec
     */
    public Regeneration(
            GenerateRequest request,
            ProbeRequest host,
            Optional<ProbeRequest> examined,
            Optional<NodeLabelFile> labels) {
        this.labels = labels;
        this.request = request;
        this.host = host;
        this.examined = examined;
    }

    /**
     * Looks at the machine and writes.
     *
     * @param told tells the outcome, and gives the exit status
     */
    public Report run(ToIntFunction<Outcome> told) {
        long begun = System.nanoTime();
        List<Optional<FileMark>> before = files();
        HostSnapshot snapshot = HostProbe.probe(sparing(host));
        Outcome outcome = GenerateRun.run(of(new FactSource.Seen(snapshot)));
        int status = told.applyAsInt(outcome);
        boolean changed = !files().equals(before);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        Optional<NvmlFacts> facts = snapshot.get(SectionKey.NVML).data();
        List<Gpu> gpus = facts.map(NvmlFacts::gpus).orElse(List.of());
        int migDevices = 0;
        for (Gpu gpu : gpus) {
            migDevices += gpu.migDevices().size();
        }
        Report report = new Report(
                status,
                changed,
                specs(outcome),
                millis,
                gpus.size(),
                migDevices,
                facts.flatMap(NvmlFacts::driverVersion),
                findings(snapshot),
                outcome.trouble().map(trouble -> trouble.what() + "; " + trouble.hint()));
        if (report.isWritten()) {
            labels.ifPresent(file -> file.write(facts));
        }
        return report;
    }

    private List<Integer> specs(Outcome outcome) {
        List<String> infixes = request.spec().infixes();
        List<Integer> specs = new ArrayList<>();
        for (Assembly.Part part : outcome.specs()) {
            specs.add(infixes.indexOf(part.infix()));
        }
        return specs;
    }

    private GenerateRequest of(FactSource source) {
        SpecRequest spec = request.spec();
        return new GenerateRequest(
                new SpecRequest(source, spec.modes(), spec.options(), spec.targets(), spec.strict()),
                request.destination(),
                request.directories(),
                request.onDriverLoss(),
                request.force(),
                request.prune(),
                request.check(),
                request.face());
    }

    private List<Optional<FileMark>> files() {
        List<Optional<FileMark>> files = new ArrayList<>();
        for (String infix : request.spec().infixes()) {
            files.add(request.destination().file(infix).flatMap(FileMark::of));
        }
        return files;
    }

    /** What doctor finds, by NVML's answers of this run: it is not asked twice. */
    private Map<String, Integer> findings(HostSnapshot known) {
        Map<String, Integer> findings = new TreeMap<>();
        if (examined.isEmpty()) {
            return findings;
        }
        // The specs that engines read depend on what the engines' own configuration says.
        Set<SectionKey<?>> wanted = new HashSet<>(Doctor.SECTIONS);
        wanted.removeAll(known.sections().keySet());
        wanted.add(SectionKey.ENGINES);
        Map<SectionKey<?>, Section<?>> sections = new HashMap<>(known.sections());
        sections.putAll(HostProbe.probe(examined.get().of(wanted)).sections());
        DoctorOptions options = new DoctorOptions(
                List.of(),
                false,
                List.of(),
                host.hostRoot().toString(),
                request.spec().options());
        try {
            HostSnapshot whole = new HostSnapshot(known.options(), known.platform(), sections);
            for (Symptom symptom : Doctor.examine(whole, options).symptoms()) {
                findings.merge(symptom.id().word(), 1, Integer::sum);
            }
        } catch (AssembleException e) {
            throw new IllegalStateException("doctor's sections are not those that doctor needs", e);
        }
        return findings;
    }

    /** Asked without a driver in the kernel, NVML would have it loaded: against the will of whoever has just taken it out. */
    private static ProbeRequest sparing(ProbeRequest host) {
        return HostState.isDriverLoaded(host) ? host : host.with(new NoDriver());
    }

    /** NVML as it answers without a driver. */
    private static final class NoDriver implements NvmlLoader {
        @Override
        public NvmlLibrary load(Path file) {
            return (function, arguments) -> NvmlReturn.DRIVER_NOT_LOADED.code();
        }

        @Override
        public NvmlLibrary loadBySoname() {
            throw new NvmlException("dlopen", NvmlReturn.LIBRARY_NOT_FOUND.code(), "no driver is loaded");
        }
    }
}
