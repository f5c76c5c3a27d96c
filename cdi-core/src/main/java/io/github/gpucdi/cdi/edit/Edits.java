package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Mount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pure functions that tidy a spec. Their results depend on the content only. */
public final class Edits {
    private Edits() {}

    /**
     * A spec that does the same with less, in a fixed order: no edit twice in the common edits or in a device, nothing
     * in a device that the common edits do already, devices sorted by name, device nodes and mounts by depth of their
     * container path and then its bytes. Environment and hooks keep their order; nodes or mounts of the same container
     * path too. A device that would be left without nodes, environment, hooks and mounts keeps its own.
     */
    public static CdiSpec simplify(CdiSpec spec) {
        ContainerEdits common = withoutDuplicates(spec.containerEdits());
        List<Device> devices = new ArrayList<>(spec.devices().size());
        for (Device device : spec.devices()) {
            ContainerEdits own = without(withoutDuplicates(device.containerEdits()), common);
            devices.add(new Device(device.name(), device.annotations(), sorted(own)));
        }
        devices.sort((a, b) -> PathOrder.compareBytes(a.name(), b.name()));
        return new CdiSpec(spec.cdiVersion(), spec.kind(), spec.annotations(), devices, sorted(common));
    }

    /**
     * {@code spec} with one more device that holds the edits of all others, taken in the order of their names. A spec
     * that has a device {@code name} is returned as it is. The result wants {@link #simplify}.
     */
    public static CdiSpec withMergedDevice(CdiSpec spec, String name) {
        List<Device> byName = new ArrayList<>(spec.devices());
        byName.sort((a, b) -> PathOrder.compareBytes(a.name(), b.name()));
        ContainerEdits.Builder merged = ContainerEdits.builder();
        for (Device device : byName) {
            if (device.name().equals(name)) {
                return spec;
            }
            merged.addAll(device.containerEdits());
        }
        List<Device> devices = new ArrayList<>(spec.devices());
        devices.add(new Device(name, Map.of(), withoutDuplicates(merged.build())));
        return spec.withDevices(devices);
    }

    /** First occurrences only, by equality of all fields; group ids ascending. */
    private static ContainerEdits withoutDuplicates(ContainerEdits edits) {
        List<Long> gids = firsts(edits.additionalGids());
        Collections.sort(gids);
        return new ContainerEdits(
                firsts(edits.env()),
                firsts(edits.deviceNodes()),
                firsts(edits.netDevices()),
                firsts(edits.hooks()),
                firsts(edits.mounts()),
                edits.intelRdt(),
                gids);
    }

    private static ContainerEdits without(ContainerEdits edits, ContainerEdits common) {
        ContainerEdits rest = new ContainerEdits(
                minus(edits.env(), common.env()),
                minus(edits.deviceNodes(), common.deviceNodes()),
                edits.netDevices(),
                minus(edits.hooks(), common.hooks()),
                minus(edits.mounts(), common.mounts()),
                edits.intelRdt(),
                edits.additionalGids());
        boolean nothingLeft = rest.env().isEmpty()
                && rest.deviceNodes().isEmpty()
                && rest.hooks().isEmpty()
                && rest.mounts().isEmpty();
        return nothingLeft ? edits : rest;
    }

    private static ContainerEdits sorted(ContainerEdits edits) {
        List<DeviceNode> nodes = new ArrayList<>(edits.deviceNodes());
        nodes.sort((a, b) -> PathOrder.compare(a.path(), b.path()));
        List<Mount> mounts = new ArrayList<>(edits.mounts());
        mounts.sort((a, b) -> PathOrder.compare(a.containerPath(), b.containerPath()));
        return new ContainerEdits(
                edits.env(),
                nodes,
                edits.netDevices(),
                edits.hooks(),
                mounts,
                edits.intelRdt(),
                edits.additionalGids());
    }

    private static <T> List<T> firsts(Collection<T> items) {
        return new ArrayList<>(new LinkedHashSet<>(items));
    }

    private static <T> List<T> minus(List<T> items, List<T> others) {
        Set<T> drop = new HashSet<>(others);
        List<T> rest = new ArrayList<>(items.size());
        for (T item : items) {
            if (!drop.contains(item)) {
                rest.add(item);
            }
        }
        return rest;
    }
}
