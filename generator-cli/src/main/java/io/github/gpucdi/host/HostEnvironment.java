package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What else on a host decides whether a container gets its GPU.
 *
 * @param selinux {@code /sys/fs/selinux/enforce}
 * @param containerUseDevices SELinux's boolean {@code container_use_devices}; empty if its policy has none
 * @param cdiRefresh whether the NVIDIA toolkit's unit {@code nvidia-cdi-refresh} is enabled: it writes
 *     {@code /var/run/cdi/nvidia.yaml}
 * @param majors character device drivers named {@code nvidia*} in {@code /proc/devices}, in its order
 * @param driverChanged when the driver's libraries changed last, in seconds since 1970: the newest {@code ctime}, since
 *     packages set other times; empty if there are none, or nobody looked for them
 * @param refresh the systemd units that keep specs up to date; empty if there are none
 */
public record HostEnvironment(
        Selinux selinux,
        Optional<Boolean> containerUseDevices,
        boolean cdiRefresh,
        List<DeviceMajor> majors,
        OptionalLong driverChanged,
        Optional<RefreshUnits> refresh) {

    /** Whether SELinux keeps containers from devices. */
    public enum Selinux {
        /** It does. */
        ENFORCING,
        /** It only logs. */
        PERMISSIVE,
        /** It is off or not built in. */
        OFF,
        /** It is there and does not say. */
        UNKNOWN
    }

    public HostEnvironment {
        majors = List.copyOf(majors);
    }
}
