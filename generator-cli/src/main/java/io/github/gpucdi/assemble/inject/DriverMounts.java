package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.cdi.spec.Mount;
import java.util.List;

/** The two kinds of mounts that a spec has. */
public final class DriverMounts {
    private static final List<String> READ_ONLY = List.of("ro", "nosuid", "nodev", "rbind", "rprivate");
    private static final List<String> SOCKET = List.of("nosuid", "nodev", "rbind", "rprivate", "noexec");

    private DriverMounts() {}

    /** A driver file. */
    public static Mount file(String hostPath, String containerPath) {
        return Mount.bind(hostPath, containerPath, READ_ONLY);
    }

    /** A socket of a driver daemon, which has to be writable. */
    public static Mount socket(String hostPath, String containerPath) {
        return Mount.bind(hostPath, containerPath, SOCKET);
    }
}
