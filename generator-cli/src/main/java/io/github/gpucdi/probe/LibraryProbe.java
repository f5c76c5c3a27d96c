package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.Library.Role;
import io.github.gpucdi.probe.LibraryLocator.Hit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the driver's libraries of one version, and those that go with them under versions of their own. */
final class LibraryProbe {
    private static final String[] EGL_PLATFORM = {
        "libnvidia-egl-gbm.so.",
        "libnvidia-egl-wayland.so.",
        "libnvidia-egl-wayland2.so.",
        "libnvidia-egl-xcb.so.",
        "libnvidia-egl-xlib.so."
    };

    private final LibraryLocator locator;
    private final Failures failures;
    private final List<Library> libraries = new ArrayList<>();

    LibraryProbe(LibraryLocator locator, Failures failures) {
        this.locator = locator;
        this.failures = failures;
    }

    /**
     * Looks.
     *
     * @param version the driver's version; without one only libraries of other versions are found
     * @return directories that hold {@code lib*.so.<version>}, links resolved
     */
    List<Place> probe(Optional<String> version) {
        Set<Place> found = new LinkedHashSet<>();
        if (version.isPresent()) {
            for (Hit hit : locator.locate("lib*.so." + version.get())) {
                found.add(hit.place());
            }
        }
        List<Place> directories = new ArrayList<>(found);
        for (String prefix : EGL_PLATFORM) {
            List<Hit> hits = locator.locate(prefix + "*.*");
            add(Role.EGL_PLATFORM, prefix + "*.*", linkedFirst(hits.isEmpty() ? locator.locate(prefix + "*") : hits));
        }
        List<Place> withVdpau = new ArrayList<>(directories);
        for (Place directory : directories) {
            withVdpau.add(directory.below("vdpau"));
        }
        if (version.isPresent()) {
            graphics(version.get());
            add(Role.DRIVER, "lib*.so." + version.get(), locator.in(withVdpau, "*.so." + version.get()));
        }
        add(Role.NVVM, "libnvidia-nvvm70.so.*", locator.in(directories, "libnvidia-nvvm70.so.*"));
        for (Hit hit : linkedFirst(locator.withoutVersion(withVdpau))) {
            if (!knows(hit)) {
                add(Role.DRIVER, hit);
            }
        }
        if (version.isPresent()) {
            reportMissing(version.get());
        }
        for (String name : Library.ON_DEMAND) {
            add(Role.EXPLICIT, name, locator.in(directories, name));
        }
        return directories;
    }

    /** All libraries found until now, in the order found. */
    List<Library> libraries() {
        return libraries;
    }

    private void reportMissing(String version) {
        for (String stem : new String[] {"libcuda", "libnvidia-ml"}) {
            String name = stem + ".so." + version;
            if (!knows(name) && !knows(stem + ".so.1")) {
                failures.addNotFound(name);
            }
        }
    }

    private void graphics(String version) {
        String allocator = "libnvidia-allocator.so." + version;
        add(Role.ALLOCATOR, allocator, locator.locate(allocator));
        String producer = "libnvidia-vulkan-producer.so." + version;
        add(Role.VULKAN_PRODUCER, producer, locator.locate(producer));
    }

    /**
     * Adds what manifests name by a name or path under which nothing was found yet. The manifests are not trusted: only
     * what a library of the driver can be called counts, and none that another driver left behind.
     *
     * @param version the driver's version
     * @param driver the tree that absolute paths are looked up in
     */
    void addNamed(List<FoundFile> manifests, Optional<String> version, RootedFs driver) {
        for (FoundFile manifest : manifests) {
            for (String name : manifest.libraries()) {
                String file = HostPath.name(name);
                if (DriverName.isOfDriver(file) && !knows(file)) {
                    List<Hit> hits = name.startsWith("/")
                            ? locator.in(List.of(new Place(driver, HostPath.parent(HostPath.normalised(name)))), file)
                            : locator.locate(file);
                    for (Hit hit : hits) {
                        if (version.isEmpty() || !DriverName.isOfOtherVersion(hit.name(), version.get())) {
                            add(Role.DRIVER, hit);
                        }
                    }
                }
            }
        }
    }

    /** Of several versions of a library the one that its SONAME leads to comes first: programs of the host get it. */
    private static List<Hit> linkedFirst(List<Hit> hits) {
        List<Hit> linked = new ArrayList<>();
        List<Hit> others = new ArrayList<>();
        for (Hit hit : hits) {
            String path = hit.place().child(hit.elf().soname().orElse(hit.name()));
            (hit.fs().resolve(path).path().equals(hit.path()) ? linked : others).add(hit);
        }
        linked.addAll(others);
        return linked;
    }

    /** Whether the file, or another for the same name, was found already. */
    private boolean knows(Hit hit) {
        for (Library library : libraries) {
            if (library.path().equals(hit.hostPath())) {
                return true;
            }
        }
        return knows(hit.elf().soname().orElse(hit.name()));
    }

    private boolean knows(String name) {
        for (Library library : libraries) {
            if (library.role() != Role.EXPLICIT && library.isCalled(name)) {
                return true;
            }
        }
        return false;
    }

    private void add(Role role, String wanted, List<Hit> hits) {
        if (hits.isEmpty()) {
            failures.addNotFound(wanted);
        }
        for (Hit hit : hits) {
            add(role, hit);
        }
    }

    private void add(Role role, Hit hit) {
        libraries.add(library(role, hit));
    }

    /** A library with its links. */
    static Library library(Role role, Hit hit) {
        return new Library(role, hit.hostPath(), hit.elf().soname(), links(hit));
    }

    /** Of the names by which programs and linkers know the library, those that are links beside it. */
    private static List<String> links(Hit hit) {
        String soname = hit.elf().soname().orElse(hit.name());
        String stem = Library.developmentName(soname);
        List<String> links = new ArrayList<>();
        for (String name : stem.equals(soname) ? List.of(soname) : List.of(soname, stem)) {
            if (!name.equals(hit.name())
                    && hit.fs().linkTarget(hit.place().directory(), name).isPresent()) {
                links.add(name);
            }
        }
        return links;
    }
}
