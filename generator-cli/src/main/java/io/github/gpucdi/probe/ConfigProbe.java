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

    private final FileLocator locator;
    private final Roots roots;
    private final List<Place> places = new ArrayList<>();

    /**
     * @param xdgDataDirs the variable of that name, replaces the two directories named {@code share} if not empty
     */
    ConfigProbe(FileLocator locator, Roots roots, ProbeOptions options, Optional<String> xdgDataDirs) {
        this.locator = locator;
        this.roots = roots;
        if (!options.configSearchPaths().isEmpty()) {
            for (String directory : options.configSearchPaths()) {
                places.add(roots.onHost(directory));
            }
            return;
        }
        places.add(new Place(roots.driver(), "/etc"));
        String share = xdgDataDirs.isPresent() && !xdgDataDirs.get().isEmpty()
                ? xdgDataDirs.get()
                : "/usr/local/share:/usr/share";
        for (String directory : SearchPath.absolute(share)) {
            places.add(new Place(roots.driver(), directory));
        }
    }

    List<FoundFile> probe(Platform platform) {
        List<FoundFile> found = new ArrayList<>();
        for (String name : SHARE) {
            locator.first(Role.SHARE_CONFIG, name, places).ifPresent(found::add);
        }
        locator.first(Role.ETC_CONFIG, OPENCL, places).ifPresent(found::add);
        List<Place> vulkanPlaces = new ArrayList<>(places);
        vulkanPlaces.add(new Place(roots.driver(), "/"));
        for (String name : VULKAN) {
            locator.first(Role.ETC_CONFIG, name, vulkanPlaces).ifPresent(found::add);
        }
        String ofArchitecture = "vulkan/icd.d/nvidia_icd." + platform.architecture() + ".json";
        locator.first(Role.ETC_CONFIG, ofArchitecture, vulkanPlaces).ifPresent(found::add);
        return found;
    }
}
