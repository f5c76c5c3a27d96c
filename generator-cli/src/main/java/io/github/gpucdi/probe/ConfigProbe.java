package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the configuration files of EGL, Vulkan, OpenCL, OptiX and X.Org that come with the driver. */
final class ConfigProbe {
    private static final String[] SHARE = {
        "glvnd/egl_vendor.d/10_nvidia.json",
        "egl/egl_external_platform.d/15_nvidia_gbm.json",
        "egl/egl_external_platform.d/10_nvidia_wayland.json",
        "egl/egl_external_platform.d/09_nvidia_wayland2.json",
        "egl/egl_external_platform.d/20_nvidia_xcb.json",
        "egl/egl_external_platform.d/20_nvidia_xlib.json",
        "nvidia/nvoptix.bin",
        "X11/xorg.conf.d/10-nvidia.conf",
        "X11/xorg.conf.d/nvidia-drm-outputclass.conf"
    };

    private static final String OPENCL = "OpenCL/vendors/nvidia.icd";

    private static final String[] VULKAN = {
        "vulkan/icd.d/nvidia_icd.json", "vulkan/icd.d/nvidia_layers.json", "vulkan/implicit_layer.d/nvidia_layers.json"
    };

    /** Where loaders look for manifests; the driver's are known by what they name. */
    private static final String[] SHARE_MANIFESTS = {"glvnd/egl_vendor.d", "egl/egl_external_platform.d"};

    private static final String[] ETC_MANIFESTS = {
        "OpenCL/vendors",
        "vulkan/icd.d",
        "vulkan/implicit_layer.d",
        "vulkan/explicit_layer.d",
        "vulkansc/icd.d",
        "vulkansc/implicit_layer.d",
        "vulkansc/explicit_layer.d"
    };

    private final FileLocator locator;
    private final List<Place> places = new ArrayList<>();
    private final List<Place> vulkanPlaces = new ArrayList<>();

    /**
     * @param xdgDataDirs the variable of that name, replaces the two directories named {@code share} if not empty
     * @param prefixes where the driver is installed, looked at last
     */
    ConfigProbe(
            FileLocator locator,
            Roots roots,
            ProbeOptions options,
            Optional<String> xdgDataDirs,
            List<Place> prefixes) {
        this.locator = locator;
        if (options.configSearchPaths().isEmpty()) {
            places.add(new Place(roots.driver(), "/etc"));
            String share = xdgDataDirs.isPresent() && !xdgDataDirs.get().isEmpty()
                    ? xdgDataDirs.get()
                    : "/usr/local/share:/usr/share";
            for (String directory : SearchPath.absolute(share)) {
                places.add(new Place(roots.driver(), directory));
            }
            Prefixes.addBelow(prefixes, "etc", places);
            Prefixes.addBelow(prefixes, "share", places);
        } else {
            for (String directory : options.configSearchPaths()) {
                places.add(roots.onHost(directory));
            }
        }
        vulkanPlaces.addAll(places);
        vulkanPlaces.add(new Place(roots.driver(), "/"));
    }

    List<FoundFile> probe(Optional<String> version, Platform platform) {
        List<FoundFile> found = new ArrayList<>();
        for (String name : SHARE) {
            first(Role.SHARE_CONFIG, name).ifPresent(found::add);
        }
        first(Role.ETC_CONFIG, OPENCL).ifPresent(found::add);
        for (String name : VULKAN) {
            first(Role.ETC_CONFIG, name).ifPresent(found::add);
        }
        first(Role.ETC_CONFIG, "vulkan/icd.d/nvidia_icd." + platform.architecture() + ".json")
                .ifPresent(found::add);
        if (version.isPresent()) {
            String profiles = "nvidia/nvidia-application-profiles-" + version.get();
            first(Role.SHARE_CONFIG, profiles + "-rc").ifPresent(found::add);
            first(Role.SHARE_CONFIG, profiles + "-key-documentation").ifPresent(found::add);
        }
        addManifests(platform.architecture(), found);
        return found;
    }

    /** Manifests that only 32-bit programs load. */
    List<FoundFile> probe32() {
        List<FoundFile> found = new ArrayList<>();
        addManifests(Manifest.I386, found);
        return found;
    }

    private void addManifests(String architecture, List<FoundFile> found) {
        for (String directory : SHARE_MANIFESTS) {
            locator.addManifests(Role.SHARE_CONFIG, directory, places, architecture, found);
        }
        for (String directory : ETC_MANIFESTS) {
            locator.addManifests(Role.ETC_CONFIG, directory, placesOf(directory), architecture, found);
        }
    }

    private Optional<FoundFile> first(Role role, String name) {
        return isManifest(name) ? locator.firstManifest(role, name, placesOf(name)) : locator.first(role, name, places);
    }

    private List<Place> placesOf(String name) {
        return name.startsWith("vulkan") ? vulkanPlaces : places;
    }

    private static boolean isManifest(String name) {
        return name.endsWith(".json") || name.endsWith(".icd");
    }
}
