package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * A shared library of the host's ELF class and machine.
 *
 * @param role why it was looked for; one file may be found in several roles
 * @param path host path with every link resolved
 * @param soname DT_SONAME, empty if it has none
 * @param links which of its usual link names (SONAME, SONAME without its version) are symbolic links beside it
 */
public record Library(Role role, String path, Optional<String> soname, List<String> links) {

    /** What is mounted on demand, {@link Role#EXPLICIT}: looked for by names that otherwise only linkers need. */
    public static final List<String> ON_DEMAND = List.of(
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
            "libnvidia-egl-xlib.so");

    /** Why a library was looked for. */
    public enum Role {
        /**
         * {@code *.so.<version>} in the library directories and their {@code vdpau}, and what else is the driver's by
         * its name.
         */
        DRIVER,
        /** {@code libnvidia-nvvm70.so.*}, which carries another version. */
        NVVM,
        /** Vendor-neutral libraries, mounted on demand only. */
        EXPLICIT,
        /** EGL platform libraries. */
        EGL_PLATFORM,
        /** {@code libnvidia-allocator.so.<version>}, behind {@code gbm/nvidia-drm_gbm.so}. */
        ALLOCATOR,
        /** {@code libnvidia-vulkan-producer.so.<version>}. */
        VULKAN_PRODUCER
    }

    public Library {
        links = List.copyOf(links);
    }

    /** Whether programs know it by this name: its own, its SONAME, or that of a link beside it. */
    public boolean isCalled(String name) {
        return HostPath.name(path).equals(name)
                || soname.isPresent() && soname.get().equals(name)
                || links.contains(name);
    }

    /** The name that a linker looks for: {@code libx.so} of {@code libx.so.1}; the name itself if it has no such part. */
    public static String developmentName(String soname) {
        int version = soname.lastIndexOf(".so.");
        return version < 0 ? soname : soname.substring(0, version + ".so".length());
    }
}
