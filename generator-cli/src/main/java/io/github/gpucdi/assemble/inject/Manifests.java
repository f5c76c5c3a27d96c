package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import java.util.ArrayList;
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
        ContainerEdits.Builder completed = ContainerEdits.builder().addAll(edits);
        ContainerFiles container = new ContainerFiles(edits, sonames, directories);
        Set<String> unfound = new LinkedHashSet<>();
        for (FoundFile manifest : files.files()) {
            List<String> missing = new ArrayList<>();
            for (String name : manifest.libraries()) {
                Optional<Library> library = find(HostPath.name(name));
                if (library.isEmpty()) {
                    missing.add(name);
                } else if (name.indexOf('/') >= 0) {
                    String path = pathOf(manifest, name);
                    if (container.add(path)) {
                        completed.mount(
                                DriverMounts.file(paths.host(library.get().path()), path));
                    }
                } else if (!container.finds(name)) {
                    unfound.add(name);
                }
            }
            if (!missing.isEmpty()) {
                notices.warning(
                        manifest.path() + " names what is not among the driver's files: " + String.join(", ", missing),
                        "install the driver's package that has it: no program can load what the manifest promises");
            }
        }
        if (!unfound.isEmpty()) {
            notices.warning(
                    "manifests name libraries that the loader in a container does not find: "
                            + String.join(", ", unfound),
                    "the hooks create-symlinks and update-ldcache make those names; --hooks=none needs neither");
        }
        return completed.build();
    }

    /** A relative path starts at the manifest. */
    private String pathOf(FoundFile manifest, String name) {
        return HostPath.normalised(
                name.startsWith("/") ? name : HostPath.parent(paths.container(manifest)) + "/" + name);
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
