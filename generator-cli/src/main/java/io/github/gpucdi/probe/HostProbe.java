package io.github.gpucdi.probe;

import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SandboxutilsFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlReturn;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a host once, reading only. */
public final class HostProbe {
    private static final String NVML = "libnvidia-ml.so.1";
    private static final String DXCORE = "libdxcore.so";
    private static final String WSL = "/usr/lib/wsl/lib";

    private final ProbeRequest request;
    private final RootedFs host;
    private final Roots roots;
    private final Platform platform;
    private final Failures failures = new Failures();
    private final LibraryLocator libraries;
    private HostSnapshot snapshot;
    private final TimeLimit limit;

    private HostProbe(ProbeRequest request, String javaArchitecture, TimeLimit limit) {
        ProbeOptions options = request.options();
        this.request = request;
        this.limit = limit;
        this.host = RootedFs.host(request.hostRoot());
        this.roots = Roots.of(host, options);
        this.platform = PlatformProbe.probe(host, javaArchitecture);
        this.snapshot = HostSnapshot.of(options, platform);
        this.libraries = new LibraryLocator(roots, options, Loader.of(platform), failures);
    }

    /**
     * Looks at a host. What is not there, cannot be read or does not answer is part of the result.
     *
     * @return what was learned
     */
    public static HostSnapshot probe(ProbeRequest request) {
        return probe(request, System.getProperty("os.arch"));
    }

    /** The same for a host of another architecture, given in Java's words: a simulated one. */
    static HostSnapshot probe(ProbeRequest request, String javaArchitecture) {
        return probe(request, javaArchitecture, new TimeLimit(request.nvmlTimeout()));
    }

    /** The same with another limit for each part that is not NVML's. */
    static HostSnapshot probe(ProbeRequest request, String javaArchitecture, TimeLimit limit) {
        try {
            return limit.within("reading the roots", () -> new HostProbe(request, javaArchitecture, limit))
                    .run();
        } catch (TimeLimit.Exceeded e) {
            return silent(request, javaArchitecture, String.valueOf(e.getMessage()));
        }
    }

    /** A host of which a part cannot be read: half of it is as good as nothing, so the rest is not told. */
    private static HostSnapshot silent(ProbeRequest request, String javaArchitecture, String what) {
        NvmlFailure failure = NvmlProbe.noAnswer(what, request.nvmlTimeout());
        String reason = what + ": " + failure.text();
        HostSnapshot silent =
                HostSnapshot.of(request.options(), new Platform(PlatformProbe.architecture(javaArchitecture), ""));
        for (SectionKey<?> key : request.sections()) {
            silent = silent.with(key, Section.absent(reason));
        }
        return silent.with(SectionKey.NVML, Section.of(NvmlProbe.failed(NVML, failure)));
    }

    private HostSnapshot run() {
        probe(SectionKey.NVML, this::nvml);
        probe(
                SectionKey.DRIVER,
                "reading the driver's version",
                () -> new DriverVersionProbe(host, libraries).probe(reported()));
        probe(SectionKey.FILES, "looking for the driver's files", () -> files().probe(libraries, failures));
        probe(SectionKey.FILES_32, "looking for the driver's 32-bit files", () -> files().probe32());
        probe(
                SectionKey.NODES,
                "reading the device nodes",
                () -> new NodeProbe(host.below(request.options().devRoot())).probe());
        probe(SectionKey.SANDBOXUTILS, this::sandboxutils);
        probe(SectionKey.WSL, this::wsl);
        if (request.sections().contains(SectionKey.CSV)) {
            probe(SectionKey.CSV, "looking for what CSV files name", () -> csv().probe());
        }
        for (Mode mode : Mode.values()) {
            if (mode.side().isPresent()
                    && request.sections().contains(mode.side().get())) {
                probe(mode.side().get());
            }
        }
        probe(
                SectionKey.HOOK,
                "looking for the hook program",
                () -> Section.of(new HookProgramProbe(host).probe(request.options(), request.pathEntries())));
        // The engines' programs have a limit of their own, and so have NVML's calls.
        probe(SectionKey.ENGINES, () -> Section.of(engines()));
        probe(SectionKey.CDI, "reading the specs", () -> Section.of(cdi()));
        probe(
                SectionKey.ENVIRONMENT,
                "reading the environment",
                () -> Section.of(new EnvironmentProbe(host).probe(driverLibraries())));
        return snapshot;
    }

    private void probe(SectionKey<SideDevices> beside) {
        SideProbe probe = new SideProbe(host.below(request.options().devRoot()), roots.driver());
        probe(beside, "looking for devices of mode " + beside.name(), () -> probe.probe(beside));
    }

    /** Adds a section if it is wanted; later ones may build on it. */
    private <T> void probe(SectionKey<T> key, Supplier<Section<T>> probe) {
        if (request.sections().contains(key)) {
            snapshot = snapshot.with(key, probe.get());
        }
    }

    /** The same within the time limit; {@code what} says what was being done when it ran out. */
    private <T> void probe(SectionKey<T> key, String what, Supplier<Section<T>> probe) {
        probe(key, () -> limit.within(what, probe));
    }

    private Optional<String> reported() {
        return snapshot.get(SectionKey.NVML).data().flatMap(NvmlFacts::driverVersion);
    }

    private Engines engines() {
        return new EngineProbe(host, isMachine(), request.engines(), new ProcessRunner(), limit).probe();
    }

    private CdiFacts cdi() {
        List<String> configured = new ArrayList<>();
        snapshot.get(SectionKey.ENGINES).data().ifPresent(found -> {
            for (EngineProgram engine : found.engines()) {
                configured.addAll(engine.specDirectories());
            }
        });
        return new CdiProbe(host, request.specs()).probe(configured);
    }

    private boolean isMachine() {
        return request.hostRoot().equals(Path.of("/"));
    }

    private Section<NvmlFacts> nvml() {
        List<Hit> hits = limit.within("looking for " + NVML, () -> libraries.locate(NVML));
        NvmlProbe probe = new NvmlProbe(request);
        if (!hits.isEmpty()) {
            return probe.of(real(hits));
        }
        failures.addNotFound(NVML);
        String searched = "no " + NVML + " in " + libraries.description();
        // Below another root the machine's own loader would find another machine's driver.
        return isMachine() ? probe.bySoname(NVML, searched) : Section.absent(searched);
    }

    /** After the driver's files, whose failures are none of this library's. */
    private Section<WslFacts> wsl() {
        List<Hit> hits = limit.within("looking for " + DXCORE, this::dxcore);
        return hits.isEmpty()
                ? Section.absent("no " + DXCORE + " in " + WSL + ", " + libraries.description() + failures.told(DXCORE))
                : Section.of(new WslProbe(request, roots, Loader.of(platform), limit).of(hits.get(0)));
    }

    private List<Hit> dxcore() {
        List<Hit> hits = libraries.in(List.of(new Place(roots.driver(), WSL)), DXCORE);
        return hits.isEmpty() ? libraries.locate(DXCORE) : hits;
    }

    /** Asked about the GPUs that NVML reports, and not where there are none: it would wake a driver that was left alone. */
    private Section<SandboxutilsFacts> sandboxutils() {
        String soname = SandboxutilsProbe.SONAME;
        List<Gpu> gpus =
                snapshot.get(SectionKey.NVML).data().map(NvmlFacts::gpus).orElse(List.of());
        if (gpus.isEmpty()) {
            return Section.absent("NVML reports no GPU that " + soname + " could be asked about");
        }
        List<Hit> hits = limit.within("looking for " + soname, () -> libraries.locate(soname));
        SandboxutilsProbe probe = new SandboxutilsProbe(request, limit, roots.driver());
        if (!hits.isEmpty()) {
            Hit hit = real(hits);
            return probe.of(hit.fs().realPath(hit.path()).toString(), hit.hostPath(), gpus);
        }
        return isMachine()
                ? probe.of(soname, soname, gpus)
                : Section.absent("no " + soname + " below driver root " + roots.driverRoot() + failures.told(soname));
    }

    /**
     * Loads the NVML that {@link #probe} asks.
     *
     * @throws NvmlException of the call {@code dlopen} if there is none, or it cannot be loaded
     */
    public static NvmlLibrary nvml(ProbeRequest request) {
        HostProbe probe = new HostProbe(request, System.getProperty("os.arch"), new TimeLimit(request.nvmlTimeout()));
        List<Hit> hits = probe.libraries.locate(NVML);
        if (!hits.isEmpty()) {
            Hit hit = real(hits);
            return request.loader().load(hit.fs().realPath(hit.path()));
        }
        if (!probe.isMachine()) {
            throw new NvmlException("dlopen", NvmlReturn.LIBRARY_NOT_FOUND.code(), "no " + NVML);
        }
        return request.loader().loadBySoname();
    }

    /** CUDA's toolkit has a library to link with in a directory of stubs, which loads and knows nothing. */
    private static Hit real(List<Hit> hits) {
        for (Hit hit : hits) {
            if (!HostPath.name(HostPath.parent(hit.path())).equals("stubs")) {
                return hit;
            }
        }
        return hits.get(0);
    }

    private CsvProbe csv() {
        RootedFs dev = host.below(request.options().devRoot());
        return new CsvProbe(roots, dev, request.options(), Loader.of(platform));
    }

    private DriverFilesProbe files() {
        Optional<String> version = snapshot.get(SectionKey.DRIVER).data().flatMap(DriverVersion::version);
        return new DriverFilesProbe(request, roots, platform, version);
    }

    private List<Library> driverLibraries() {
        return snapshot.get(SectionKey.FILES).data().map(DriverFiles::libraries).orElse(List.of());
    }
}
