package io.github.gpucdi.probe;

import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import io.github.gpucdi.probe.ProbeRequest.Extra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a host once, reading only. */
public final class HostProbe {
    private static final String NVML = "libnvidia-ml.so.1";

    private final ProbeRequest request;
    private final RootedFs host;
    private final Roots roots;
    private final Platform platform;
    private final Failures failures = new Failures();
    private final LibraryLocator libraries;
    private final TimeLimit limit;

    private HostProbe(ProbeRequest request, String javaArchitecture, TimeLimit limit) {
        ProbeOptions options = request.options();
        this.request = request;
        this.limit = limit;
        this.host = RootedFs.host(request.hostRoot());
        this.roots = Roots.of(host, options);
        this.platform = PlatformProbe.probe(host, javaArchitecture);
        this.libraries = new LibraryLocator(roots, options, ElfFile.machineOf(platform.architecture()), failures);
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
        return new HostSnapshot(
                request.options(),
                new Platform(PlatformProbe.architecture(javaArchitecture), ""),
                Section.absent(reason),
                Section.of(NvmlProbe.failed(NVML, failure)),
                Section.absent(reason),
                Section.absent(reason),
                Section.absent(reason),
                Section.absent(reason),
                Section.absent(reason),
                Section.absent(reason));
    }

    private HostSnapshot run() {
        ProbeOptions options = request.options();
        Section<NvmlFacts> nvml = nvml();
        Optional<String> reported = nvml.data().flatMap(NvmlFacts::driverVersion);
        Section<DriverVersion> driver = limit.within(
                "reading the driver's version", () -> new DriverVersionProbe(host, libraries).probe(reported));
        Optional<String> version = driver.data().flatMap(DriverVersion::version);
        // The engines' programs have a limit of their own.
        Section<Engines> engines = wanted(Extra.ENGINES) ? Section.of(engines()) : Section.notProbed();
        return new HostSnapshot(
                options,
                platform,
                driver,
                nvml,
                limit.within("looking for the driver's files", () -> files(version)),
                limit.within("reading the device nodes", () -> new NodeProbe(host.below(options.devRoot())).probe()),
                limit.within(
                        "looking for the hook program",
                        () -> Section.of(new HookProgramProbe(host).probe(options, request.pathEntries()))),
                engines,
                wanted(Extra.SPECS)
                        ? limit.within("reading the specs", () -> Section.of(cdi(engines)))
                        : Section.notProbed(),
                wanted(Extra.ENVIRONMENT)
                        ? limit.within("reading the environment", () -> Section.of(new EnvironmentProbe(host).probe()))
                        : Section.notProbed());
    }

    private boolean wanted(Extra extra) {
        return request.extras().contains(extra);
    }

    private Engines engines() {
        return new EngineProbe(host, isMachine(), new ProcessRunner()).probe();
    }

    private CdiFacts cdi(Section<Engines> engines) {
        List<String> configured = new ArrayList<>();
        engines.data().ifPresent(found -> {
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
            return probe.of(hits.get(0));
        }
        failures.addNotFound(NVML);
        String searched = "no " + NVML + " in " + libraries.description();
        // Below another root the machine's own loader would find another machine's driver.
        return isMachine() ? probe.bySoname(NVML, searched) : Section.absent(searched);
    }

    private Section<DriverFiles> files(Optional<String> version) {
        if (!roots.driver().isPresent()) {
            return Section.absent("no directory " + roots.driverRoot());
        }
        FileLocator locator = new FileLocator(failures);
        LibraryProbe.Result found = new LibraryProbe(libraries, failures).probe(version);
        List<FoundFile> files = new ArrayList<>();
        files.addAll(new ConfigProbe(locator, roots, request.options(), request.xdgDataDirs()).probe(platform));
        files.addAll(new XorgProbe(locator, roots).probe(version, found.directories()));
        files.addAll(new IpcProbe(locator, roots).probe());
        files.addAll(new FirmwareProbe(locator, roots).probe(version, platform));
        files.addAll(new BinaryProbe(locator, roots, request.pathEntries()).probe());
        Set<String> directories = new LinkedHashSet<>();
        for (Place directory : found.directories()) {
            directories.add(directory.fs().hostPath(directory.directory()));
        }
        return Section.of(new DriverFiles(new ArrayList<>(directories), found.libraries(), files, failures.list()));
    }
}
