package io.github.gpucdi.probe;

import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for the driver's files, each kind by a probe of its own: libraries, and what belongs to them. */
final class DriverFilesProbe {
    private static final NamePattern DLL = new NamePattern("*.dll");

    private final ProbeRequest request;
    private final Roots roots;
    private final Platform platform;
    private final Optional<String> version;

    /**
     * @param version the driver's, if it is known
     */
    DriverFilesProbe(ProbeRequest request, Roots roots, Platform platform, Optional<String> version) {
        this.request = request;
        this.roots = roots;
        this.platform = platform;
        this.version = version;
    }

    /**
     * The files.
     *
     * @param libraries finds those of the host's own kind of processor
     * @param failures what was looked for in vain so far, to which more is added
     */
    Section<DriverFiles> probe(LibraryLocator libraries, Failures failures) {
        if (!roots.driver().isPresent()) {
            return Section.absent("no directory " + roots.driverRoot());
        }
        FileLocator locator = new FileLocator(failures);
        LibraryProbe probe = new LibraryProbe(libraries, failures);
        List<Place> directories = probe.probe(version);
        List<Place> prefixes = Prefixes.of(directories);
        List<FoundFile> files = new ArrayList<>(config(locator, prefixes).probe(version, platform));
        probe.addNamed(files, version, roots.driver());
        files.addAll(new XorgProbe(locator, roots).probe(version, directories));
        files.addAll(locator.all(Role.WINE, "nvidia/wine", DLL, directories));
        files.addAll(new IpcProbe(locator, roots).probe());
        files.addAll(new FirmwareProbe(locator, roots).probe(version, platform, prefixes));
        files.addAll(new BinaryProbe(locator, roots, request.pathEntries(), prefixes).probe());
        return Section.of(files(directories, probe, files, failures));
    }

    /** Those of 32-bit programs. */
    Section<DriverFiles> probe32() {
        if (!platform.architecture().equals("x86_64")) {
            return Section.absent("the driver has libraries for 32-bit programs on x86_64 only");
        }
        Failures failures = new Failures();
        LibraryLocator locator = new LibraryLocator(roots, request.options(), Loader.I386, failures);
        LibraryProbe probe = new LibraryProbe(locator, failures);
        List<Place> directories = probe.probe(version);
        List<FoundFile> files =
                config(new FileLocator(failures), Prefixes.of(directories)).probe32();
        probe.addNamed(files, version, roots.driver());
        return directories.isEmpty()
                ? Section.absent("no 32-bit library of the driver's version is in " + locator.description())
                : Section.of(files(directories, probe, files, failures));
    }

    private ConfigProbe config(FileLocator locator, List<Place> prefixes) {
        return new ConfigProbe(locator, roots, request.options(), request.xdgDataDirs(), prefixes);
    }

    private static DriverFiles files(
            List<Place> directories, LibraryProbe probe, List<FoundFile> files, Failures failures) {
        Set<String> paths = new LinkedHashSet<>();
        for (Place directory : directories) {
            paths.add(directory.fs().hostPath(directory.directory()));
        }
        return new DriverFiles(new ArrayList<>(paths), probe.libraries(), files, failures.list());
    }
}
