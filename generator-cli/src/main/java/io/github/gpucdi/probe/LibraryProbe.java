package io.github.gpucdi.probe;

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
        "libnvidia-egl-gbm.so.*.*",
        "libnvidia-egl-wayland.so.*.*",
        "libnvidia-egl-wayland2.so.*.*",
        "libnvidia-egl-xcb.so.*.*",
        "libnvidia-egl-xlib.so.*.*"
    };

    private static final String[] EXPLICIT = {
        "libEGL.so",
        "libGL.so",
        "libGLESv1_CM.so",
        "libGLESv2.so",
        "libGLX.so",
        "libGLdispatch.so",
        "libOpenCL.so",
        "libOpenGL.so",
        "libnvidia-api.so",
        "libnvidia-egl-xcb.so",
        "libnvidia-egl-xlib.so"
    };

    private final LibraryLocator locator;
    private final Failures failures;
    private final List<Library> libraries = new ArrayList<>();

    LibraryProbe(LibraryLocator locator, Failures failures) {
        this.locator = locator;
        this.failures = failures;
    }

    /**
     * What was found.
     *
     * @param directories directories that hold {@code lib*.so.<version>}, links resolved
     * @param libraries in the order found
     */
    record Result(List<Place> directories, List<Library> libraries) {}

    /**
     * Looks.
     *
     * @param version the driver's version; without one only libraries of other versions are found
     */
    Result probe(Optional<String> version) {
        Set<Place> directories = new LinkedHashSet<>();
        if (version.isPresent()) {
            for (Hit hit : locator.locate("lib*.so." + version.get())) {
                directories.add(hit.place());
            }
        }
        for (String pattern : EGL_PLATFORM) {
            add(Role.EGL_PLATFORM, pattern, locator.locate(pattern));
        }
        if (version.isPresent()) {
            graphics(version.get());
            driver(directories, version.get());
        }
        add(Role.NVVM, "libnvidia-nvvm70.so.*", locator.in(directories, "libnvidia-nvvm70.so.*"));
        for (String name : EXPLICIT) {
            add(Role.EXPLICIT, name, locator.in(directories, name));
        }
        return new Result(new ArrayList<>(directories), libraries);
    }

    private void graphics(String version) {
        String allocator = "libnvidia-allocator.so." + version;
        add(Role.ALLOCATOR, allocator, locator.locate(allocator));
        String producer = "libnvidia-vulkan-producer.so." + version;
        add(Role.VULKAN_PRODUCER, producer, locator.locate(producer));
    }

    private void driver(Set<Place> directories, String version) {
        List<Place> places = new ArrayList<>(directories);
        for (Place directory : directories) {
            places.add(directory.below("vdpau"));
        }
        List<Hit> hits = locator.in(places, "*.so." + version);
        add(Role.DRIVER, "lib*.so." + version, hits);
        for (String name : new String[] {"libcuda.so." + version, "libnvidia-ml.so." + version}) {
            if (!has(hits, name)) {
                failures.addNotFound(name);
            }
        }
    }

    private static boolean has(List<Hit> hits, String name) {
        for (Hit hit : hits) {
            if (hit.name().equals(name)) {
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
            libraries.add(new Library(role, hit.hostPath(), hit.elf().soname(), links(hit)));
        }
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
