package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FailedLookup.Reason;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What 32-bit programs need besides: the driver's libraries for them, mounted under every name where their loaders look
 * without a cache, and the manifests that only they read. No hook has a part in it.
 */
public final class Libraries32 {
    /** Of Debian-like images, and of the others. */
    private static final List<String> LOADER_DIRECTORIES = List.of("/usr/lib/i386-linux-gnu", "/usr/lib");

    private final DriverFiles files;
    private final AssembleOptions options;
    private final WrittenPaths paths;
    private final Notices notices;

    /**
     * @param files what the host has for 32-bit programs
     */
    public Libraries32(DriverFiles files, AssembleOptions options, WrittenPaths paths, Notices notices) {
        this.files = files;
        this.options = options;
        this.paths = paths;
        this.notices = notices;
    }

    /** The edits, and these libraries where none of theirs is. */
    public ContainerEdits addTo(ContainerEdits edits) {
        reportFailed();
        Set<String> taken = new HashSet<>();
        List<String> directories = new ArrayList<>(LOADER_DIRECTORIES);
        for (Mount mount : edits.mounts()) {
            taken.add(mount.containerPath());
            directories.remove(HostPath.parent(mount.containerPath()));
        }
        ContainerEdits.Builder both = ContainerEdits.builder().addAll(edits);
        for (Mount mount : new Manifests(files, directories, paths, notices)
                .complete(own(directories))
                .mounts()) {
            if (taken.add(mount.containerPath())) {
                both.mount(mount);
            }
        }
        return both.build();
    }

    /** Not what is missing: few drivers have all their libraries for 32 bits, and those for 64 lie beside them. */
    private void reportFailed() {
        List<FailedLookup> failed = new ArrayList<>(files.failed());
        failed.removeIf(lookup -> lookup.reason() == Reason.NOT_FOUND || lookup.reason() == Reason.FOREIGN_ELF);
        FailedLookups.report(failed, options.features(), notices);
    }

    private ContainerEdits own(List<String> directories) {
        ContainerEdits.Builder own = ContainerEdits.builder();
        LibraryPlaces places = new LibraryPlaces(files.libraryDirectories());
        for (Library library : files.libraries()) {
            if (options.wants(library)) {
                String place = places.placeOf(HostPath.parent(library.path()));
                for (String name : LibraryNames.of(library)) {
                    for (String directory : directories) {
                        own.mount(DriverMounts.file(paths.host(library.path()), directory + place + "/" + name));
                    }
                }
            }
        }
        for (FoundFile manifest : files.files()) {
            own.mount(DriverMounts.file(paths.host(manifest), paths.container(manifest)));
        }
        return own.build();
    }
}
