package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The one place that knows key order and what is left out when empty. */
final class SpecTree {
    private final TreeSink sink;

    private SpecTree(TreeSink sink) {
        this.sink = sink;
    }

    static void walk(CdiSpec spec, TreeSink sink) {
        new SpecTree(sink).spec(spec);
    }

    static void walk(ContainerEdits edits, TreeSink sink) {
        new SpecTree(sink).edits(edits);
    }

    private void spec(CdiSpec spec) {
        sink.startMap(false);
        sink.key("cdiVersion");
        sink.version(spec.cdiVersion());
        sink.key("kind");
        sink.text(spec.kind());
        annotations(spec.annotations());
        sink.key("devices");
        sink.startList(spec.devices().isEmpty());
        for (Device device : spec.devices()) {
            device(device);
        }
        sink.endList();
        if (!spec.containerEdits().isEmpty()) {
            sink.key("containerEdits");
            edits(spec.containerEdits());
        }
        sink.endMap();
    }

    private void device(Device device) {
        sink.startMap(false);
        sink.key("name");
        sink.text(device.name());
        annotations(device.annotations());
        sink.key("containerEdits");
        edits(device.containerEdits());
        sink.endMap();
    }

    private void edits(ContainerEdits edits) {
        sink.startMap(edits.isEmpty());
        texts("env", edits.env());
        if (startList("deviceNodes", edits.deviceNodes())) {
            for (DeviceNode node : edits.deviceNodes()) {
                deviceNode(node);
            }
            sink.endList();
        }
        if (startList("netDevices", edits.netDevices())) {
            for (NetDevice device : edits.netDevices()) {
                sink.startMap(false);
                required("hostInterfaceName", device.hostInterfaceName());
                required("name", device.name());
                sink.endMap();
            }
            sink.endList();
        }
        if (startList("hooks", edits.hooks())) {
            for (Hook hook : edits.hooks()) {
                hook(hook);
            }
            sink.endList();
        }
        if (startList("mounts", edits.mounts())) {
            for (Mount mount : edits.mounts()) {
                mount(mount);
            }
            sink.endList();
        }
        if (edits.intelRdt().isPresent()) {
            sink.key("intelRdt");
            intelRdt(edits.intelRdt().get());
        }
        if (startList("additionalGids", edits.additionalGids())) {
            for (long gid : edits.additionalGids()) {
                sink.number(gid);
            }
            sink.endList();
        }
        sink.endMap();
    }

    private void deviceNode(DeviceNode node) {
        sink.startMap(false);
        required("path", node.path());
        optional("hostPath", node.hostPath());
        optional("type", node.type());
        optional("major", node.major());
        optional("minor", node.minor());
        optional("fileMode", node.fileMode());
        optional("permissions", node.permissions());
        optional("uid", node.uid());
        optional("gid", node.gid());
        sink.endMap();
    }

    private void hook(Hook hook) {
        sink.startMap(false);
        required("hookName", hook.hookName());
        required("path", hook.path());
        texts("args", hook.args());
        texts("env", hook.env());
        optional("timeout", hook.timeout());
        sink.endMap();
    }

    private void mount(Mount mount) {
        sink.startMap(false);
        required("hostPath", mount.hostPath());
        required("containerPath", mount.containerPath());
        texts("options", mount.options());
        optional("type", mount.type());
        sink.endMap();
    }

    private void intelRdt(IntelRdt rdt) {
        sink.startMap(rdt.isEmpty());
        optional("closID", rdt.closId());
        optional("l3CacheSchema", rdt.l3CacheSchema());
        optional("memBwSchema", rdt.memBwSchema());
        optional("enableCMT", rdt.enableCmt());
        optional("enableMBM", rdt.enableMbm());
        texts("schemata", rdt.schemata().orElse(List.of()));
        optional("enableMonitoring", rdt.enableMonitoring());
        sink.endMap();
    }

    private void annotations(Map<String, String> annotations) {
        if (annotations.isEmpty()) {
            return;
        }
        sink.key("annotations");
        sink.startMap(false);
        for (Map.Entry<String, String> entry : new TreeMap<>(annotations).entrySet()) {
            required(entry.getKey(), entry.getValue());
        }
        sink.endMap();
    }

    private void texts(String key, List<String> values) {
        if (startList(key, values)) {
            for (String value : values) {
                sink.text(value);
            }
            sink.endList();
        }
    }

    /** Opens the list under {@code key} unless it is empty; the caller fills and ends it if so. */
    private boolean startList(String key, List<?> values) {
        if (values.isEmpty()) {
            return false;
        }
        sink.key(key);
        sink.startList(false);
        return true;
    }

    private void required(String key, String value) {
        sink.key(key);
        sink.text(value);
    }

    private void optional(String key, String value) {
        if (!value.isEmpty()) {
            required(key, value);
        }
    }

    private void optional(String key, long value) {
        if (value != 0) {
            sink.key(key);
            sink.number(value);
        }
    }

    private void optional(String key, boolean value) {
        if (value) {
            sink.key(key);
            sink.bool(true);
        }
    }

    /** Absent and 0 differ here, so 0 is written. */
    private void optional(String key, OptionalLong value) {
        if (value.isPresent()) {
            sink.key(key);
            sink.number(value.getAsLong());
        }
    }
}
