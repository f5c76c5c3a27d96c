package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.DeviceNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Device nodes and the cgroup rules that go with them. */
final class OciDevices {
    private OciDevices() {}

    static void apply(OciConfig oci, List<DeviceNode> nodes, HostNodes host, LibraryRelease library)
            throws CdiException {
        for (DeviceNode node : nodes) {
            DeviceNode complete = NodeCompletion.complete(node, host, library);
            putNode(OciConfig.list(oci.linux(), "devices"), complete.path(), device(oci, complete));
            if (complete.type().equals("b") || complete.type().equals("c")) {
                OciConfig.list(OciConfig.object(oci.linux(), "resources"), "devices")
                        .add(rule(complete));
            }
        }
    }

    /**
     * Removes the first device of that path and appends the new one. If the configuration has the path once more, the
     * library replaces that one instead.
     */
    private static void putNode(List<Object> devices, String path, Map<String, Object> device) {
        int first = indexOf(devices, "path", path);
        if (first >= 0) {
            devices.remove(first);
        }
        int second = indexOf(devices, "path", path);
        if (second >= 0) {
            devices.set(second, device);
        } else {
            devices.add(device);
        }
    }

    /** The first of {@code objects} whose {@code key} is {@code text}, or -1. */
    static int indexOf(List<Object> objects, String key, String text) {
        for (int i = 0; i < objects.size(); i++) {
            if (text.equals(((Map<?, ?>) objects.get(i)).get(key))) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Object> device(OciConfig oci, DeviceNode node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", node.path());
        tree.put("type", node.type());
        tree.put("major", node.major());
        tree.put("minor", node.minor());
        node.fileMode().ifPresent(mode -> tree.put("fileMode", mode));
        owner(oci, "uid", node.uid()).ifPresent(uid -> tree.put("uid", uid));
        owner(oci, "gid", node.gid()).ifPresent(gid -> tree.put("gid", gid));
        return tree;
    }

    /** The process's user owns a node that names no owner, unless that is root. */
    private static OptionalLong owner(OciConfig oci, String key, OptionalLong stated) {
        long ofProcess = oci.processId(key);
        return stated.isEmpty() && ofProcess > 0 ? OptionalLong.of(ofProcess) : stated;
    }

    private static Map<String, Object> rule(DeviceNode node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("allow", true);
        tree.put("type", node.type());
        tree.put("major", node.major());
        tree.put("minor", node.minor());
        switch (node.permissions()) {
            case "" -> tree.put("access", "rwm");
            case "none" -> {} // the empty access, which is not written
            default -> tree.put("access", node.permissions());
        }
        return tree;
    }
}
