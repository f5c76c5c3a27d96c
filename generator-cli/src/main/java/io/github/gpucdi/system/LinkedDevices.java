package io.github.gpucdi.system;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.probe.SystemProbe;
import io.github.gpucdi.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Which devices get a link. */
final class LinkedDevices {
    private static final String CAPABILITIES = "/dev/nvidia-caps/nvidia-";
    /** Devices that are no GPU's: no container needs a link to find their numbers. */
    private static final List<String> OTHERS = List.of("/dev/nvidia-fs", "/dev/nvidia-nvswitch", "/dev/nvidia-nvlink");

    private static final int CONTROL_MINORS = 254;

    private LinkedDevices() {}

    /** Those that have a node. */
    static List<Device> existing(SystemProbe probe) {
        List<Device> devices = new ArrayList<>();
        for (CharNode node : probe.nodes()) {
            if (isLinked(node.path())) {
                devices.add(new Device(node.path(), node.major(), node.minor()));
            }
        }
        return devices;
    }

    private static boolean isLinked(String path) {
        if (path.startsWith("/dev/nvidia-caps/")) {
            return path.startsWith(CAPABILITIES);
        }
        for (String other : OTHERS) {
            if (path.startsWith(other)) {
                return false;
            }
        }
        return path.startsWith("/dev/nvidia");
    }

    /** All that the driver could give a node: the control devices, its GPUs, and MIG capabilities, used or not. */
    static List<Device> possible(SystemProbe probe, Console console) {
        Majors majors = Majors.of(probe);
        List<Device> devices = new ArrayList<>(majors.controlNodes());
        Map<String, Integer> capabilities = probe.migMinors();
        TreeSet<Integer> minors = new TreeSet<>();
        add(minors, capabilities, "config");
        add(minors, capabilities, "monitor");
        for (int gpu : probe.gpuMinors()) {
            if (gpu < CONTROL_MINORS) {
                devices.add(new Device("/dev/nvidia" + gpu, majors.nvidia(), gpu));
                String start = "gpu" + gpu + "/";
                for (String name : capabilities.keySet()) {
                    if (name.startsWith(start)) {
                        add(minors, capabilities, name);
                    }
                }
            }
        }
        for (String gpu : probe.silentGpus()) {
            console.warning(
                    "the driver does not tell the minor number of GPU " + gpu + ": no link is made for it",
                    "dmesg may say what is wrong with it");
        }
        OptionalLong major = majors.capabilities();
        if (major.isPresent() == capabilities.isEmpty()) {
            console.warning(
                    "no links are made for MIG: "
                            + (major.isPresent()
                                    ? "/proc/driver/nvidia-caps/mig-minors cannot be read, or names nothing"
                                    : "/proc/devices has no number for nvidia-caps"),
                    "without MIG nothing is lost");
        }
        if (major.isPresent()) {
            for (int minor : minors) {
                devices.add(new Device(MigDevice.CAPABILITY_NODE + minor, major.getAsLong(), minor));
            }
        }
        return devices;
    }

    /** Minor numbers have 20 bits. */
    private static void add(TreeSet<Integer> minors, Map<String, Integer> capabilities, String name) {
        Integer minor = capabilities.get(name);
        if (minor != null && minor < 1 << 20) {
            minors.add(minor);
        }
    }
}
