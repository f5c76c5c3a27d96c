package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees to it that a container can load what the manifests in it name (Vulkan, EGL, OpenCL): exactly under the name or
 * path that is written there.
 */
public final class Manifests {
    private final DriverFiles files;
    private final List<String> directories;
    private final WrittenPaths paths;
    private final Notices notices;
    private final Map<String, String> sonames = new HashMap<>();

    /**
     * @param files the manifests, and the libraries that they can name
     * @param directories that loaders search without a cache
     */
    public Manifests(DriverFiles files, List<String> directories, WrittenPaths paths, Notices notices) {
        this.files = files;
        this.directories = directories;
        this.paths = paths;
        this.notices = notices;
        for (Library library : files.libraries()) {
            library.soname().ifPresent(soname -> sonames.put(paths.host(library.path()), soname));
        }
    }

    /** The edits, and each library that a manifest names by a path mounted at that path; what is missing is said. */
    public ContainerEdits complete(ContainerEdits edits) {
        ContainerEdits completed = edits;
        Set<String> unfound = new LinkedHashSet<>();
        for (FoundFile manifest : files.files()) {
            for (String name : manifest.libraries()) {
                Optional<Library> library = find(HostPath.name(name));
                if (library.isEmpty()) {
                    notices.warning(
                            manifest.path() + " names " + name + ", which is not among the driver's files",
                            "install the driver's package that has it: no program can load what the manifest promises");
                } else if (name.indexOf('/') < 0) {
                    if (!container(completed).finds(name)) {
                        unfound.add(name);
                    }
                } else {
                    completed = withPath(completed, pathOf(manifest, name), library.get());
                }
            }
        }
        if (!unfound.isEmpty()) {
            notices.warning(
                    "manifests name libraries that the loader in a container does not find: "
                            + String.join(", ", unfound),
                    "the hooks create-symlinks and update-ldcache make those names; --hooks=none needs neither");
        }
        return completed;
    }

    private ContainerFiles container(ContainerEdits edits) {
        return new ContainerFiles(edits, sonames, directories);
    }

    /** A relative path starts at the manifest. */
    private String pathOf(FoundFile manifest, String name) {
        return HostPath.normalised(
                name.startsWith("/") ? name : HostPath.parent(paths.container(manifest)) + "/" + name);
    }

    private ContainerEdits withPath(ContainerEdits edits, String path, Library library) {
        return container(edits).has(path)
                ? edits
                : ContainerEdits.builder()
                        .addAll(edits)
                        .mount(DriverMounts.file(paths.host(library.path()), path))
                        .build();
    }

    /** A vendor-neutral library is the image's, even if a manifest names it. */
    private Optional<Library> find(String name) {
        for (Library library : files.libraries()) {
            if (library.role() != Library.Role.EXPLICIT && library.isCalled(name)) {
                return Optional.of(library);
            }
        }
        return Optional.empty();
    }
}
