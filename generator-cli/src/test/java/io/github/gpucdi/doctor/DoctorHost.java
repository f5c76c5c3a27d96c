package io.github.gpucdi.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.host.VersionFailure;
import io.github.gpucdi.testhost.GoldenHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The golden host debian-l4 (two L4) with Docker 29.2 and the spec that generate would write there, to be made sick. */
final class DoctorHost {
    static final String FILE = "/etc/cdi/nvidia.yaml";
    static final String HIGHER = "/var/run/cdi/nvidia.yaml";
    static final String DOCKER = "docker-29.2.0";
    static final String PODMAN = "podman-4.3.1";
    /** When its specs were written: 2026-11-20T10:00:00Z. */
    static final long WRITTEN = 1_795_168_800;

    private static final Path GOLDEN = Path.of("src/test/resources/hosts/debian-l4");

    private final HostSnapshot golden = new GoldenHost(GOLDEN).snapshot();
    private final Map<String, CdiFile> files = new TreeMap<>();
    private final Map<String, CdiDirectory> directories = new LinkedHashMap<>();
    private final Map<String, PathFact> changed = new LinkedHashMap<>();
    private final List<EngineProgram> engines = new ArrayList<>();
    private final List<EngineProgram> runtimes = new ArrayList<>();
    private final List<CharNode> nodes =
            new ArrayList<>(golden.get(SectionKey.NODES).data().orElseThrow().nodes());
    private Section<DriverVersion> driver = golden.get(SectionKey.DRIVER);
    private Section<NvmlFacts> nvml = golden.get(SectionKey.NVML);
    private Section<DriverFiles> driverFiles = golden.get(SectionKey.FILES);
    private Section<SideDevices> gds = golden.get(SectionKey.GDS);
    private Optional<HookFact> hook = Optional.empty();
    private HostEnvironment environment =
            golden.get(SectionKey.ENVIRONMENT).data().orElseThrow();

    private DoctorHost() {
        for (String path : List.of("/etc/cdi", "/var/run/cdi", "/home/u/.config/cdi", "/run/user/7/cdi")) {
            directory(new CdiDirectory(path, true, false, Optional.empty(), Optional.empty(), List.of()));
        }
    }

    /** The host without engines and specs. */
    static DoctorHost bare() {
        return new DoctorHost();
    }

    static DoctorHost healthy() {
        return bare().engine("docker", "29.2.0").spec(FILE, golden("none.yaml"));
    }

    /** A spec of the host as generate writes it: {@code none.yaml}, {@code nvidia.yaml}. */
    static String golden(String name) {
        try {
            return Files.readString(GOLDEN.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The golden hook-free spec in words that Podman 4.3 reads. */
    static String forOldEngines() {
        return golden("none.yaml")
                .replace("cdiVersion: 0.7.0", "cdiVersion: 0.5.0")
                .replaceAll("(?m)^ +additionalGids:\n(?: +- [0-9]+\n)+", "");
    }

    DoctorHost engine(String name, String version) {
        return engine(program(name, Optional.of(version), Optional.empty(), Optional.empty()));
    }

    DoctorHost engine(EngineProgram program) {
        engines.add(program);
        return this;
    }

    DoctorHost brokenEngine(String name, VersionFailure.Reason reason, String text) {
        return engine(program(name, Optional.empty(), Optional.of(new VersionFailure(reason, text)), Optional.empty()));
    }

    DoctorHost runtime(String name, String version) {
        runtimes.add(program(name, Optional.of(version), Optional.empty(), Optional.empty()));
        return this;
    }

    static EngineProgram program(
            String name, Optional<String> version, Optional<VersionFailure> failure, Optional<Boolean> cdi) {
        return new EngineProgram(
                name, "/usr/bin/" + name, version, failure, cdi, Optional.empty(), List.of(), Optional.empty());
    }

    DoctorHost spec(String path, String text) {
        return file(
                path,
                new CdiFile(
                        HostPath.name(path),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(WRITTEN),
                        Optional.of(FileContent.of(text.getBytes(StandardCharsets.UTF_8)))));
    }

    DoctorHost file(String path, CdiFile file) {
        files.put(path, file);
        return this;
    }

    DoctorHost without(String path) {
        files.remove(path);
        return this;
    }

    DoctorHost directory(CdiDirectory directory) {
        directories.put(directory.path(), directory);
        return this;
    }

    /** What is at a path that a spec names; healthy unless told. */
    DoctorHost at(String path, PathFact.Kind kind) {
        return at(new PathFact(path, kind, kind == PathFact.Kind.DANGLING_LINK, Optional.empty()));
    }

    DoctorHost at(PathFact fact) {
        changed.put(fact.path(), fact);
        return this;
    }

    DoctorHost hook(Optional<String> unusable, Optional<String> unsafe) {
        hook = Optional.of(new HookFact("/usr/bin/nvidia-cdi-hook", unusable, unsafe));
        return this;
    }

    DoctorHost driver(DriverVersion version) {
        driver = Section.of(version);
        return this;
    }

    DriverVersion driver() {
        return driver.data().orElseThrow();
    }

    DoctorHost nvml(Section<NvmlFacts> facts) {
        nvml = facts;
        return this;
    }

    NvmlFacts nvml() {
        return nvml.data().orElseThrow();
    }

    DoctorHost withoutDriverFiles() {
        driverFiles = Section.absent("no directory /run/nvidia/driver");
        return this;
    }

    /** Takes a device node away. */
    DoctorHost withoutNode(String path) {
        nodes.removeIf(node -> node.path().equals(path));
        return this;
    }

    /** Replaces a device node. */
    DoctorHost node(String path, long major, long minor, int mode) {
        withoutNode(path);
        nodes.add(new CharNode(path, major, minor, mode, 0, 44));
        return this;
    }

    /** What mode gds finds. */
    DoctorHost gds(String... paths) {
        List<CharNode> found = new ArrayList<>();
        for (String path : paths) {
            found.add(new CharNode(path, 240, found.size(), 0600, 0, 0));
        }
        gds = Section.of(new SideDevices(found, List.of(), List.of()));
        return this;
    }

    DoctorHost environment(HostEnvironment.Selinux selinux, Optional<Boolean> useDevices, boolean refresh) {
        environment = environment(selinux, useDevices, refresh, environment.driverChanged(), environment.refresh());
        return this;
    }

    /** What there is of units that write specs; the toolkit's are among them. */
    DoctorHost units(RefreshUnits units) {
        environment = environment(
                environment.selinux(),
                environment.containerUseDevices(),
                units.startsToolkit(),
                environment.driverChanged(),
                Optional.of(units));
        return this;
    }

    /** The driver's libraries changed so many seconds after its specs were written. */
    DoctorHost driverChanged(long seconds) {
        environment = environment(
                environment.selinux(),
                environment.containerUseDevices(),
                environment.cdiRefresh(),
                OptionalLong.of(WRITTEN + seconds),
                environment.refresh());
        return this;
    }

    private HostEnvironment environment(
            HostEnvironment.Selinux selinux,
            Optional<Boolean> useDevices,
            boolean toolkit,
            OptionalLong driverChanged,
            Optional<RefreshUnits> refresh) {
        return new HostEnvironment(selinux, useDevices, toolkit, environment.majors(), driverChanged, refresh);
    }

    HostSnapshot snapshot() {
        Map<String, PathFact> paths = new TreeMap<>();
        Map<String, HookFact> hooks = new TreeMap<>();
        files.forEach((path, file) -> file.content().ifPresent(content -> {
            SpecPaths named = SpecPaths.of(file.name(), content.bytes());
            named.paths().forEach(name -> paths.put(name, healthy(name)));
            named.hooks()
                    .forEach(name ->
                            hooks.put(name, hook.orElse(new HookFact(name, Optional.empty(), Optional.empty()))));
        }));
        changed.forEach(paths::replace);
        List<CdiDirectory> all = new ArrayList<>();
        directories.values().forEach(directory -> all.add(filled(directory)));
        return HostSnapshot.of(golden.options(), golden.platform())
                .with(SectionKey.DRIVER, driver)
                .with(SectionKey.NVML, nvml)
                .with(SectionKey.FILES, driverFiles)
                .with(
                        SectionKey.NODES,
                        Section.of(new DeviceNodes(
                                nodes,
                                golden.get(SectionKey.NODES)
                                        .data()
                                        .orElseThrow()
                                        .byPath())))
                .with(SectionKey.GDS, gds)
                .with(SectionKey.HOOK, golden.get(SectionKey.HOOK))
                .with(SectionKey.ENGINES, Section.of(new Engines(engines, runtimes, Optional.empty())))
                .with(
                        SectionKey.CDI,
                        Section.of(new CdiFacts(
                                Optional.of("/home/u/.config"),
                                Optional.of("/run/user/7"),
                                all,
                                List.copyOf(paths.values()),
                                List.copyOf(hooks.values()))))
                .with(SectionKey.ENVIRONMENT, Section.of(environment));
    }

    private CdiDirectory filled(CdiDirectory directory) {
        List<CdiFile> inside = new ArrayList<>();
        files.forEach((path, file) -> {
            if (HostPath.parent(path).equals(directory.path())) {
                inside.add(file);
            }
        });
        return new CdiDirectory(
                directory.path(),
                directory.present(),
                directory.link(),
                directory.problem(),
                directory.closedAt(),
                inside,
                directory.passedOver());
    }

    private PathFact healthy(String path) {
        Optional<CharNode> node =
                nodes.stream().filter(known -> known.path().equals(path)).findFirst();
        return new PathFact(
                path,
                node.isPresent() ? PathFact.Kind.CHARACTER_DEVICE : PathFact.Kind.REGULAR,
                path.contains("by-path"),
                node);
    }

    Diagnosis examined() {
        return examined(DoctorOptions.DEFAULT);
    }

    Diagnosis rootless() {
        return examined(new DoctorOptions(List.of(), true, List.of(), "/", DoctorOptions.DEFAULT.wanted()));
    }

    Diagnosis examined(DoctorOptions options) {
        try {
            return Doctor.examine(snapshot(), options);
        } catch (AssembleException e) {
            throw new AssertionError(e);
        }
    }

    /** The verdict on the only engine. */
    static Diagnosis.EngineVerdict verdict(Diagnosis diagnosis) {
        assertThat(diagnosis.engines()).hasSize(1);
        return diagnosis.engines().get(0);
    }

    /** The only symptom of this kind. */
    static Symptom only(Diagnosis diagnosis, FindingId id) {
        List<Symptom> found = diagnosis.symptoms().stream()
                .filter(symptom -> symptom.id() == id)
                .toList();
        assertThat(found).as("%s in %s", id, ids(diagnosis)).hasSize(1);
        Symptom symptom = found.get(0);
        assertThat(symptom.what()).isNotBlank().doesNotContain("\n");
        assertThat(symptom.command()).isNotBlank().doesNotContain("\n");
        assertThat(symptom.subject()).isNotBlank();
        return symptom;
    }

    static List<FindingId> ids(Diagnosis diagnosis) {
        return diagnosis.symptoms().stream().map(Symptom::id).toList();
    }

    static List<FindingId> graver(Diagnosis diagnosis) {
        return diagnosis.symptoms().stream()
                .filter(symptom -> symptom.severity() != Severity.INFO)
                .map(Symptom::id)
                .toList();
    }
}
