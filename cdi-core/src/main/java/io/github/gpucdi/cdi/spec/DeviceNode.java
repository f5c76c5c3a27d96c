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
        return builder(path).hostPath(hostPath).permissions(permissions).build();
    }

    /** Begins a node of which all but the container's path is left to the host. */
    public static Builder builder(String path) {
        return new Builder(path);
    }

    /** Begins a node that is this one but for what is set. */
    public Builder toBuilder() {
        Builder builder = new Builder(path);
        builder.hostPath = hostPath;
        builder.type = type;
        builder.major = major;
        builder.minor = minor;
        builder.fileMode = fileMode;
        builder.permissions = permissions;
        builder.uid = uid;
        builder.gid = gid;
        return builder;
    }

    /** Collects what a node states; the last call counts. Not safe for use by several threads. */
    public static final class Builder {
        private String path;
        private String hostPath = "";
        private String type = "";
        private long major;
        private long minor;
        private OptionalLong fileMode = OptionalLong.empty();
        private String permissions = "";
        private OptionalLong uid = OptionalLong.empty();
        private OptionalLong gid = OptionalLong.empty();

        private Builder(String path) {
            this.path = path;
        }

        /** Path in the container. */
        public Builder path(String inContainer) {
            path = inContainer;
            return this;
        }

        /** Path on the host, empty if it is that in the container. */
        public Builder hostPath(String onHost) {
            hostPath = onHost;
            return this;
        }

        /** {@code b}, {@code c}, {@code u} or {@code p}. */
        public Builder type(String letter) {
            type = letter;
            return this;
        }

        /** The device's numbers. */
        public Builder numbers(long majorNumber, long minorNumber) {
            major = majorNumber;
            minor = minorNumber;
            return this;
        }

        /** Permission bits (0666 is 438). */
        public Builder fileMode(long bits) {
            fileMode = OptionalLong.of(bits);
            return this;
        }

        /** Cgroup access, letters of {@code rwm}. */
        public Builder permissions(String letters) {
            permissions = letters;
            return this;
        }

        /** Owner in the container. */
        public Builder uid(long owner) {
            uid = OptionalLong.of(owner);
            return this;
        }

        /** Group in the container. */
        public Builder gid(long group) {
            gid = OptionalLong.of(group);
            return this;
        }

        /** The node as collected so far. */
        public DeviceNode build() {
            return new DeviceNode(path, hostPath, type, major, minor, fileMode, permissions, uid, gid);
        }
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceNode node
                && path.equals(node.path)
                && hostPath.equals(node.hostPath)
                && type.equals(node.type)
                && major == node.major
                && minor == node.minor
                && fileMode.equals(node.fileMode)
                && permissions.equals(node.permissions)
                && uid.equals(node.uid)
                && gid.equals(node.gid);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + hostPath.hashCode();
    }
}
