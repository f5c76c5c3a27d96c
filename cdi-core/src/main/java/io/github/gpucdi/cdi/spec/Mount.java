package io.github.gpucdi.cdi.spec;

import java.util.List;

/**
 * A mount.
 *
 * @param hostPath source on the host
 * @param containerPath destination in the container
 * @param options mount options, in order
 * @param type file system type, empty for a bind mount (CDI 0.4.0)
 */
public record Mount(String hostPath, String containerPath, List<String> options, String type) {

    public Mount {
        options = List.copyOf(options);
    }

    /** A mount without a type. */
    public static Mount bind(String hostPath, String containerPath, List<String> options) {
        return new Mount(hostPath, containerPath, options, "");
    }
}
