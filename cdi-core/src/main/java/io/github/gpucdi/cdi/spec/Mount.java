package io.github.gpucdi.cdi.spec;

import java.util.List;
import java.util.Objects;

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
        Objects.requireNonNull(hostPath, "hostPath");
        Objects.requireNonNull(containerPath, "containerPath");
        Objects.requireNonNull(type, "type");
        options = List.copyOf(Objects.requireNonNull(options, "options"));
    }

    /** A mount without a type. */
    public static Mount bind(String hostPath, String containerPath, List<String> options) {
        return new Mount(hostPath, containerPath, options, "");
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public int hashCode() {
        return 31 * hostPath.hashCode() + containerPath.hashCode();
    }
}
