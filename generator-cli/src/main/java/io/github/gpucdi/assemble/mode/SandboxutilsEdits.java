package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.SandboxutilsDevice;
import io.github.gpucdi.host.SandboxutilsFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The edits of devices by the nodes that libnvidia-sandboxutils tells; where it tells none of a device, by NVML's. */
final class SandboxutilsEdits {
    private static final String NVML_HINT =
            "its nodes are those that NVML tells; without --sandboxutils nothing else is asked";

    private final HostSnapshot snapshot;
    private final NodeTable nodes;
    private final Injection injection;
    private final Notices notices;
    private final DeviceEdits own;

    SandboxutilsEdits(HostSnapshot snapshot, NodeTable nodes, Injection injection, Notices notices) {
        this.snapshot = snapshot;
        this.nodes = nodes;
        this.injection = injection;
        this.notices = notices;
        this.own = new DeviceEdits(nodes, injection, notices);
    }

    /** The device's edits; empty, with a notice, if it lacks what it cannot work without. */
    Optional<ContainerEdits> of(Selected device) {
        Section<SandboxutilsFacts> section = snapshot.get(SectionKey.SANDBOXUTILS);
        if (section instanceof Section.Absent<SandboxutilsFacts> absent) {
            notices.advice(
                    "libnvidia-sandboxutils tells nothing: " + absent.reason(),
                    "all nodes are those that NVML tells; without --sandboxutils nothing else is asked");
            return own.of(device);
        }
        SandboxutilsFacts facts = section.data().orElseThrow();
        tell(facts);
        Optional<SandboxutilsDevice> told = told(facts, uuid(device));
        Optional<String> fault = told.isEmpty() ? Optional.of("it was not asked") : fault(device, told.get());
        if (fault.isPresent()) {
            notices.advice(device.label() + ": libnvidia-sandboxutils tells no nodes: " + fault.get(), NVML_HINT);
            return own.of(device);
        }
        Optional<ContainerEdits> edits = edits(device, told.get());
        edits.ifPresent(found -> tellDifference(device, found));
        return edits;
    }

    private void tell(SandboxutilsFacts facts) {
        for (String failure : facts.failures()) {
            notices.debug("libnvidia-sandboxutils: " + failure);
        }
        Optional<String> used = snapshot.get(SectionKey.DRIVER).data().flatMap(DriverVersion::version);
        if (facts.driverVersion().isPresent() && !facts.driverVersion().equals(used)) {
            notices.advice(
                    "libnvidia-sandboxutils reports driver version "
                            + facts.driverVersion().get() + ", in use is " + used.orElse("none"),
                    "install the library of the driver in use; the nodes that it tells are written all the same");
        }
    }

    private static Optional<SandboxutilsDevice> told(SandboxutilsFacts facts, String uuid) {
        for (SandboxutilsDevice device : facts.devices()) {
            if (device.uuid().equals(uuid)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    private static String uuid(Selected device) {
        return device instanceof Selected.Mig mig
                ? mig.mig().uuid()
                : device.gpu().uuid();
    }

    /** Why an answer is none: without such nodes the device would not work. */
    private static Optional<String> fault(Selected device, SandboxutilsDevice told) {
        if (told.failure().isPresent()) {
            return told.failure();
        }
        if (told.gpu().isEmpty()) {
            return Optional.of("it names no /dev/nvidia<N>");
        }
        return device instanceof Selected.Mig && told.capabilities().isEmpty()
                ? Optional.of("it names no capability")
                : Optional.empty();
    }

    private Optional<ContainerEdits> edits(Selected device, SandboxutilsDevice told) {
        List<CharNode> all = new ArrayList<>();
        for (String path : told.gpu()) {
            Optional<CharNode> node = own.gpuNode(device, path);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            all.add(node.get());
        }
        for (String path : told.capabilities()) {
            own.addCapability(device, path, all);
        }
        boolean draws = !(device instanceof Selected.Mig mig) || own.draws(mig);
        List<CharNode> drm = draws ? nodes.drmOf(device.gpu(), told.drm(), notices) : List.of();
        all.addAll(drm);
        return Optional.of(injection.device(all, links(told, drm), device instanceof Selected.Full));
    }

    private static Map<NodeLink, CharNode> links(SandboxutilsDevice told, List<CharNode> drm) {
        Map<NodeLink, CharNode> links = new LinkedHashMap<>();
        for (NodeLink link : told.byPath()) {
            for (CharNode node : drm) {
                if (node.path().equals(NodeTable.targetOf(link))) {
                    links.put(link, node);
                }
            }
        }
        return links;
    }

    /** What NVML tells of the device is not what its user asked for, so nothing is said of what that lacks. */
    private void tellDifference(Selected device, ContainerEdits edits) {
        Optional<ContainerEdits> others = new DeviceEdits(nodes, injection, new Notices()).of(device);
        Set<String> mine = paths(edits);
        Set<String> theirs = others.map(SandboxutilsEdits::paths).orElse(Set.of());
        Set<String> more = new TreeSet<>(mine);
        more.removeAll(theirs);
        Set<String> less = new TreeSet<>(theirs);
        less.removeAll(mine);
        if (!more.isEmpty()) {
            notices.debug(device.label() + " has of libnvidia-sandboxutils, not of NVML: " + String.join(", ", more));
        }
        if (!less.isEmpty()) {
            notices.debug(device.label() + " has not, though NVML tells them: " + String.join(", ", less));
        }
    }

    private static Set<String> paths(ContainerEdits edits) {
        Set<String> paths = new TreeSet<>();
        for (DeviceNode node : edits.deviceNodes()) {
            paths.add(node.path());
        }
        return paths;
    }
}
