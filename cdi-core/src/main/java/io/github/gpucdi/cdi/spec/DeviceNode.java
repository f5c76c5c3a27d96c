package io.github.gpucdi.cdi.spec;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A device node in the container.
 *
 * @param path path in the container
 * @param hostPath path on the host, empty when it is {@code path} (CDI 0.5.0)
 * @param type {@code b}, {@code c}, {@code u}, {@code p}, or empty to read it from the host
 * @param major major number; CDI cannot tell 0 from absent, 0 makes the engine read both numbers from the host
 * @param minor minor number
 * @param fileMode permission bits (0666 is 438)
 * @param permissions cgroup access, letters of {@code rwm}; empty means {@code rwm}
 * @param uid owner in the container
 * @param gid group in the container
 */
public record DeviceNode(
        String path,
        String hostPath,
        String type,
        long major,
        long minor,
        OptionalLong fileMode,
        String permissions,
        OptionalLong uid,
        OptionalLong gid) {
    public DeviceNode {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(hostPath, "hostPath");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(fileMode, "fileMode");
        Objects.requireNonNull(permissions, "permissions");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(gid, "gid");
    }

    /** A node whose type, numbers and mode the engine takes from the host when a container starts. */
    public static DeviceNode resolvedAtStart(String path, String hostPath, String permissions) {
        return new DeviceNode(
                path,
                hostPath,
                "",
                0,
                0,
                OptionalLong.empty(),
                permissions,
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
