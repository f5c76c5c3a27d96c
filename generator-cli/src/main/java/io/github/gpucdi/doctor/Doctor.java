package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.mode.AutoMode;
import io.github.gpucdi.assemble.mode.DriverHealth;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.spec.ShellWord;
import io.github.gpucdi.doctor.Diagnosis.EngineVerdict;
import io.github.gpucdi.doctor.Diagnosis.Outcome;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says of each engine on a host whether it gives all GPUs to a container that asks, and if not, why. */
public final class Doctor {
    private static final List<SectionKey<?>> OWN = List.of(SectionKey.ENGINES, SectionKey.CDI, SectionKey.ENVIRONMENT);

    /** What a host is judged by. */
    public static final Set<SectionKey<?>> SECTIONS = sections();

    private static final CdiFacts NO_SPECS =
            new CdiFacts(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    private final HostSnapshot snapshot;
    private final Mode mode;
    private final DoctorOptions options;
    private final CdiFacts facts;
    private final RecordedSpecs specs;
    private final Mend mend;
    private final SpecCheck specCheck;
    private final DeviceCheck deviceCheck;
    private final ModeCheck modeCheck;
    private final AgeCheck ageCheck;
    private final Optional<HostEnvironment> environment;
    private final boolean refreshes;
    /** What was found, without the engines it concerns, and those engines. */
    private final Map<Symptom, List<String>> found = new LinkedHashMap<>();

    private Optional<String> spec = Optional.empty();

    private Doctor(HostSnapshot snapshot, DoctorOptions options) {
        this.snapshot = snapshot;
        this.mode = AutoMode.of(snapshot);
        this.options = options;
        this.facts = snapshot.get(SectionKey.CDI).data().orElse(NO_SPECS);
        this.specs = new RecordedSpecs(facts);
        this.mend = new Mend(
                options.engines().isEmpty() ? "auto" : String.join(",", options.engines()),
                options.hostRoot(),
                options.specDirectories(),
                snapshot.options(),
                Mode.AUTO);
        // The names of Windows' files for Linux have no driver's version.
        Optional<DriverVersion> driver = snapshot.get(SectionKey.DRIVER).data().filter(found -> mode != Mode.WSL);
        Optional<String> version =
                driver.flatMap(DriverVersion::module).or(() -> driver.flatMap(DriverVersion::version));
        this.specCheck = new SpecCheck(facts, version, mend);
        this.modeCheck = new ModeCheck(snapshot, facts, version, mend);
        this.deviceCheck = new DeviceCheck(mode, snapshot, mend);
        this.ageCheck = new AgeCheck(snapshot, mend);
        this.environment = snapshot.get(SectionKey.ENVIRONMENT).data();
        this.refreshes = environment.map(HostEnvironment::cdiRefresh).orElse(false);
    }

    private static Set<SectionKey<?>> sections() {
        Set<SectionKey<?>> sections = new LinkedHashSet<>();
        for (Mode mode : Mode.values()) {
            sections.addAll(mode.sections());
        }
        sections.addAll(OWN);
        return sections;
    }

    /**
     * Examines a host.
     *
     * @throws AssembleException of reason {@code USAGE} if the snapshot lacks a section that is needed
     */
    public static Diagnosis examine(HostSnapshot snapshot, DoctorOptions options) throws AssembleException {
        Set<SectionKey<?>> needed = new LinkedHashSet<>(Mode.NVML.sections());
        needed.addAll(OWN);
        for (SectionKey<?> section : needed) {
            DriverHealth.required(snapshot, section);
        }
        return new Doctor(snapshot, options).examine();
    }

    private Diagnosis examine() throws AssembleException {
        List<Symptom> ofHost = new ArrayList<>();
        if (mode == Mode.WSL) {
            ofHost.addAll(DriverCheck.symptoms(mode, snapshot, options.wanted(), List.of(), mend));
        } else {
            NodeCheck nodes = new NodeCheck(mode, snapshot, mend);
            ofHost.addAll(DriverCheck.symptoms(mode, snapshot, options.wanted(), nodes.missing(), mend));
            ofHost.addAll(nodes.symptoms(options.rootless()));
        }
        environment.map(HostCheck::symptoms).ifPresent(ofHost::addAll);
        ofHost.forEach(symptom -> found.put(symptom, new ArrayList<>()));
        List<EngineVerdict> verdicts = new ArrayList<>();
        boolean told = false;
        for (EngineCase engine : engines()) {
            verdicts.add(verdict(engine, ofHost));
            told |= engine.isTold();
        }
        Optional<String> client = snapshot.get(SectionKey.ENGINES).data().flatMap(Engines::dockerClient);
        if (options.engines().isEmpty()) {
            client.map(Doctor::noDaemon).ifPresent(symptom -> found.put(symptom, new ArrayList<>()));
        }
        if (verdicts.isEmpty() && client.isEmpty()) {
            found.put(noEngine(), new ArrayList<>());
        }
        if (!told) {
            // The specs are worth a look all the same.
            verdict(EngineCase.named("library-" + LibraryRelease.NEWEST.text(), mend), ofHost);
        }
        environment
                .flatMap(HostEnvironment::refresh)
                .ifPresent(units -> new UnitCheck(units, specs, mend)
                        .symptoms(found.keySet())
                        .forEach(symptom -> found.put(symptom, new ArrayList<>())));
        return new Diagnosis(verdicts, symptoms(), spec);
    }

    private List<EngineCase> engines() {
        List<EngineCase> cases = new ArrayList<>();
        for (String word : options.engines()) {
            cases.add(EngineCase.named(word, mend));
        }
        if (cases.isEmpty()) {
            for (EngineProgram program : snapshot.get(SectionKey.ENGINES)
                    .data()
                    .map(Engines::engines)
                    .orElse(List.of())) {
                cases.add(EngineCase.installed(program, mend));
            }
        }
        return cases;
    }

    private EngineVerdict verdict(EngineCase engine, List<Symptom> ofHost) {
        List<Symptom> own = new ArrayList<>();
        List<Symptom> ofOthers = new ArrayList<>();
        engine.obstacle().ifPresent(own::add);
        Optional<RegisteredDevice> all = Optional.empty();
        if (engine.release().isPresent() && engine.isTold()) {
            EngineView view = EngineView.of(engine, facts, specs, options);
            all = view.registry().device(Diagnosis.ALL_GPUS);
            own.addAll(new RegistryCheck(view, mend, specCheck, refreshes).symptoms());
            if (spec.isEmpty()) {
                spec = all.map(device -> device.file().toString());
            }
            all.ifPresent(device -> {
                own.addAll(specCheck.symptoms(device, view));
                own.addAll(deviceCheck.symptoms(device));
                own.addAll(ageCheck.symptoms(device, specs));
                own.addAll(RuntimeCheck.symptoms(device, snapshot, mend));
            });
            ofOthers.addAll(modeCheck.symptoms(view));
        }
        Stream.concat(own.stream(), ofOthers.stream())
                .forEach(symptom -> found.computeIfAbsent(symptom, unseen -> new ArrayList<>())
                        .add(engine.label()));
        Optional<String> path = engine.program().map(EngineProgram::path);
        if (!engine.isTold()) {
            return new EngineVerdict(
                    engine.label(), path, Outcome.UNKNOWN, own.get(0).what());
        }
        List<Symptom> every = new ArrayList<>(ofHost);
        every.addAll(own);
        for (Symptom symptom : every) {
            if (symptom.severity() == Severity.ERROR) {
                return new EngineVerdict(engine.label(), path, Outcome.FAILS, symptom.what());
            }
        }
        return new EngineVerdict(
                engine.label(),
                path,
                Outcome.WORKS,
                all.map(device -> device.file().toString()).orElse(""));
    }

    private static Symptom noDaemon(String client) {
        return Symptom.of(
                FindingId.ENGINE_DAEMON_MISSING,
                client,
                client
                        + " is Docker's client alone: its daemon dockerd is not in /usr/bin, /usr/local/bin or /usr/sbin",
                List.of(
                        "the daemon reads the specs; the client may be talking to one on another machine",
                        "a daemon elsewhere is judged with --engine=docker-VERSION"),
                ShellWord.of(client) + " version");
    }

    private static Symptom noEngine() {
        return Symptom.of(
                FindingId.NO_ENGINE,
                "host",
                "no container engine is installed in /usr/bin, /usr/local/bin or /usr/sbin",
                List.of("engines elsewhere are judged with --engine"),
                "apt-get install podman || dnf install podman");
    }

    private List<Symptom> symptoms() {
        List<Symptom> symptoms = new ArrayList<>();
        found.forEach((symptom, engines) ->
                symptoms.add(symptom.concerning(engines.stream().distinct().toList())));
        symptoms.sort(Comparator.comparing(Symptom::severity));
        return symptoms;
    }
}
