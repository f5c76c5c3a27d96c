package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * A file or directory that is no library of the loader's.
 *
 * @param role what it is
 * @param name the name it was looked for by, such as {@code nvidia-smi} or {@code OpenCL/vendors/nvidia.icd}
 * @param path host path where it was found, links not resolved
 * @param resolved host path with every link resolved below the driver root, where {@code path} followed on the
 *     host would lead elsewhere (a link with an absolute target inside a driver root); empty otherwise
 * @param libraries the libraries that a manifest (of Vulkan, EGL, OpenCL) tells its reader to load, as written there:
 *     a name, or a path that is absolute or relative to the manifest; empty for every other file
 */
public record FoundFile(Role role, String name, String path, Optional<String> resolved, List<String> libraries) {

    /** What a file is. */
    public enum Role {
        /** An executable. */
        BINARY,
        /** A configuration file that containers find below {@code /usr/share}. */
        SHARE_CONFIG,
        /** A configuration file that containers find below {@code /etc}. */
        ETC_CONFIG,
        /** GSP firmware. */
        FIRMWARE,
        /** A socket or other non-directory for talking to a driver daemon. */
        IPC,
        /** An X.Org module. */
        XORG,
        /** A DLL for Wine, beside the libraries. */
        WINE,
        /** What goes with a device of another mode than NVML's: a file or a directory. */
        SIDE
    }

    public FoundFile {
        libraries = List.copyOf(libraries);
    }
}
