package io.github.gpucdi.system;

import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.probe.SystemProbe;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import java.util.List;
import java.util.OptionalLong;

/**
 * The major numbers of NVIDIA's drivers, and the four nodes that a driver has without any GPU.
 *
 * @param listed what the kernel lists; of several for one name the first counts
 */
record Majors(List<DeviceMajor> listed) {
    /** The nodes' paths; their minors are those of the driver's interface. */
    static final List<String> CONTROL_NODES =
            List.of("/dev/nvidiactl", "/dev/nvidia-modeset", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools");

    /** The kernel takes no greater one. */
    private static final long MAX = (1 << 12) - 1;

    /**
     * Those of a host.
     *
     * @throws CommandFailure if the kernel's list cannot be read
     */
    static Majors of(SystemProbe probe) {
        return new Majors(probe.majors()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_WRITTEN,
                        "cannot read /proc/devices",
                        "is /proc mounted there? check --host-root")));
    }

    /** That of GPUs. */
    long nvidia() {
        OptionalLong now = of("nvidia");
        // The name before driver 550.40.
        return (now.isPresent() ? now : of("nvidia-frontend"))
                .orElseThrow(
                        () -> nothing("no NVIDIA devices found: /proc/devices does not name their driver", "nvidia"));
    }

    OptionalLong capabilities() {
        return of("nvidia-caps");
    }

    /** The four nodes, in the order that they are made in. */
    List<Device> controlNodes() {
        long nvidia = nvidia();
        long memory = of("nvidia-uvm")
                .orElseThrow(() -> nothing("/proc/devices has no number for /dev/nvidia-uvm", "nvidia-uvm"));
        return List.of(
                new Device(CONTROL_NODES.get(0), nvidia, 255),
                new Device(CONTROL_NODES.get(1), nvidia, 254),
                new Device(CONTROL_NODES.get(2), memory, 0),
                new Device(CONTROL_NODES.get(3), memory, 1));
    }

    private OptionalLong of(String name) {
        for (DeviceMajor driver : listed) {
            if (driver.name().equals(name) && driver.major() > 0 && driver.major() <= MAX) {
                return OptionalLong.of(driver.major());
            }
        }
        return OptionalLong.empty();
    }

    private static CommandFailure nothing(String what, String module) {
        return new CommandFailure(
                ExitCode.NOTHING_TO_OFFER,
                what,
                "load the kernel module: modprobe " + module + "; --load-kernel-modules does it, but not in a dry run");
    }
}
