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

    /** Why a library was looked for. */
    public enum Role {
        /** {@code *.so.<version>} in the library directories and their {@code vdpau}. */
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
}
