package io.github.gpucdi.doctor;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the driver's device nodes are there, with the driver's numbers, open to users. */
final class NodeCheck {
    private static final String CONTROL = "/dev/nvidiactl";
    private static final String MEMORY = "/dev/nvidia-uvm";
    private static final String CAPS = "/dev/nvidia-caps/";
    /** As the kernel names the driver of {@code /dev/nvidia<N>} and {@code /dev/nvidiactl}, now and in older drivers. */
    private static final Set<String> GPU_DRIVERS = Set.of("nvidia", "nvidia-frontend", "nvidiactl");

    private static final int CONTROL_MINOR = 255;
    private static final int READ_WRITE = 06;

    private final String devRoot;
    private final Mend mend;
    private final Map<String, CharNode> nodes = new LinkedHashMap<>();
    private final List<DeviceMajor> majors;
    private final List<Gpu> gpus;
    private final Mode mode;

    /**
     * @param mode the one for the host's GPUs
     */
    NodeCheck(Mode mode, HostSnapshot snapshot, Mend mend) {
        this.mend = mend;
        String root = snapshot.options().devRoot();
        devRoot = root.equals("/") ? "" : root;
        for (CharNode node :
                snapshot.get(SectionKey.NODES).data().map(DeviceNodes::nodes).orElse(List.of())) {
            nodes.put(node.path(), node);
        }
        majors = snapshot.get(SectionKey.ENVIRONMENT)
                .data()
                .map(HostEnvironment::majors)
                .orElse(List.of());
        Optional<NvmlFacts> nvml = snapshot.get(SectionKey.NVML)
                .data()
                .filter(facts -> facts.failure().isEmpty());
        gpus = nvml.map(NvmlFacts::gpus).orElse(List.of());
        this.mode = mode;
    }

    /**
     * The nodes that are missing, as paths below the dev root; none if there is no GPU that they would be for, or if it is for
     * CSV files to say which there should be.
     */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (mode == Mode.CSV) {
            return missing;
        }
        for (String path : needed()) {
            if (!nodes.containsKey(path)) {
                missing.add(path);
            }
        }
        return missing;
    }

    List<Symptom> symptoms(boolean rootless) {
        List<Symptom> symptoms = new ArrayList<>();
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            boolean shared = missing.contains(CONTROL) || missing.contains(MEMORY);
            List<String> evidence = new ArrayList<>();
            missing.forEach(path -> evidence.add(devRoot + path + " does not exist as a device node"));
            evidence.add(shared ? "CUDA programs need them" : "GPUs without their node are not offered");
            symptoms.add(Symptom.of(
                            FindingId.NODE_MISSING,
                            "device nodes",
                            missing.size() + " of the driver's device nodes " + (missing.size() == 1 ? "is" : "are")
                                    + " missing",
                            evidence,
                            mend.onMachine("nvidia-modprobe -u -c 0 && nvidia-smi -L"))
                    .graveIf(shared));
        }
        for (CharNode node : nodes.values()) {
            wrongNumbers(node).ifPresent(symptoms::add);
        }
        List<String> closed = closed();
        if (!closed.isEmpty()) {
            symptoms.add(Symptom.of(
                            FindingId.NODE_CLOSED_TO_USERS,
                            "device nodes",
                            "an ordinary user may not read and write the GPU's device nodes",
                            closed,
                            "podman run --group-add=keep-groups --device=" + Diagnosis.ALL_GPUS + " IMAGE")
                    .graveIf(rootless));
        }
        return symptoms;
    }

    private List<String> needed() {
        if (gpus.isEmpty()) {
            return List.of();
        }
        List<String> needed = new ArrayList<>(List.of(CONTROL, MEMORY));
        for (Gpu gpu : gpus) {
            if (gpu.failure().isEmpty()) {
                gpu.node().ifPresent(needed::add);
            }
        }
        return needed;
    }

    private static String minorToMake(String path) {
        String number = path.substring("/dev/nvidia".length());
        return number.matches("[0-9]+") ? number : "0";
    }

    private Optional<Symptom> wrongNumbers(CharNode node) {
        Set<Long> allowed = majorsOf(node.path());
        boolean wrongMajor = !allowed.isEmpty() && !allowed.contains(node.major());
        Optional<Long> minor = minorOf(node.path());
        boolean wrongMinor = minor.isPresent() && minor.get() != node.minor();
        if (!wrongMajor && !wrongMinor) {
            return Optional.empty();
        }
        String path = devRoot + node.path();
        String should = wrongMajor ? "major " + allowed.iterator().next() : "minor " + minor.get();
        return Optional.of(Symptom.of(
                FindingId.NODE_NUMBER,
                path,
                path + " is " + node.major() + ":" + node.minor() + ", the driver has " + should,
                List.of(
                        wrongMajor
                                ? "/proc/devices names the driver's majors of this boot"
                                : "the name says the minor"),
                mend.onMachine("rm " + mend.path(path) + " && nvidia-modprobe -u -c " + minorToMake(node.path()))));
    }

    /** The majors that the kernel gave to the driver of a node; none if it does not tell. */
    private Set<Long> majorsOf(String path) {
        Set<Long> allowed = new HashSet<>();
        for (DeviceMajor major : majors) {
            boolean its;
            if (path.startsWith(CAPS)) {
                its = major.name().equals("nvidia-caps");
            } else if (path.startsWith(MEMORY)) {
                its = major.name().equals("nvidia-uvm");
            } else {
                its = (path.equals(CONTROL) || isGpu(path)) && GPU_DRIVERS.contains(major.name());
            }
            if (its) {
                allowed.add(major.major());
            }
        }
        return allowed;
    }

    private static Optional<Long> minorOf(String path) {
        if (path.equals(CONTROL)) {
            return Optional.of((long) CONTROL_MINOR);
        }
        if (path.equals(MEMORY)) {
            return Optional.of(0L);
        }
        return isGpu(path) ? Optional.of(Long.parseLong(path.substring("/dev/nvidia".length()))) : Optional.empty();
    }

    private static boolean isGpu(String path) {
        return path.matches("/dev/nvidia[0-9]{1,7}");
    }

    private List<String> closed() {
        List<String> closed = new ArrayList<>();
        for (String path : needed()) {
            CharNode node = nodes.get(path);
            if (node != null && (node.mode() & READ_WRITE) != READ_WRITE) {
                closed.add(devRoot + path + " has mode 0" + Integer.toOctalString(node.mode()) + ", owner " + node.uid()
                        + ", group " + node.gid());
            }
        }
        return closed;
    }
}
