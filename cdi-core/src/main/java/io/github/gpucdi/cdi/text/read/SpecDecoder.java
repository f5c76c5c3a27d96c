package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import io.github.gpucdi.cdi.spec.SpecField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads a tree as loaders decode it. What has the wrong type is an error and left out of the result. */
final class SpecDecoder {
    private static final Map<String, String> SPEC =
            Members.byFold("cdiVersion", "kind", "annotations", "devices", "containerEdits");
    private static final Map<String, String> DEVICE = Members.byFold("name", "annotations", "containerEdits");
    private static final Map<String, String> EDITS =
            Members.byFold("env", "deviceNodes", "netDevices", "hooks", "mounts", "intelRdt", "additionalGids");
    private static final Map<String, String> DEVICE_NODE =
            Members.byFold("path", "hostPath", "type", "major", "minor", "fileMode", "permissions", "uid", "gid");
    private static final Map<String, String> NET_DEVICE = Members.byFold("hostInterfaceName", "name");
    private static final Map<String, String> HOOK = Members.byFold("hookName", "path", "args", "env", "timeout");
    private static final Map<String, String> MOUNT = Members.byFold("hostPath", "containerPath", "options", "type");
    private static final Map<String, String> INTEL_RDT = Members.byFold(
            "closID", "l3CacheSchema", "memBwSchema", "schemata", "enableMonitoring", "enableCMT", "enableMBM");

    private final Problems problems;
    private final Values values;
    private final Set<SpecDocument.FieldUse> newerFields = new LinkedHashSet<>();

    SpecDecoder(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** The keys met that CDI did not always have. */
    List<SpecDocument.FieldUse> newerFields() {
        return List.copyOf(newerFields);
    }

    CdiSpec spec(SourceNode.Mapping root) {
        return read(Members.known(root, SPEC, NodePath.ROOT, problems), NodePath.ROOT, this::spec);
    }

    private <T> T read(Members.Known members, NodePath place, BiFunction<Map<String, SourceNode>, NodePath, T> as) {
        T counted = as.apply(members.counted(), place);
        for (Map<String, SourceNode> covered : members.covered()) {
            problems.covered(() -> as.apply(covered, place));
        }
        return counted;
    }

    private CdiSpec spec(Map<String, SourceNode> members, NodePath place) {
        return new CdiSpec(
                text(members, "cdiVersion", place),
                text(members, "kind", place),
                annotations(members, place),
                list(members, "devices", place, this::device),
                editsOf(members, place));
    }

    private Device device(SourceNode node, NodePath place) {
        Optional<SourceNode.Mapping> mapping = values.mapping(node, place);
        if (mapping.isEmpty()) {
            return Device.of("", ContainerEdits.EMPTY);
        }
        return read(Members.known(mapping.get(), DEVICE, place, problems), place, this::device);
    }

    private Device device(Map<String, SourceNode> members, NodePath place) {
        return new Device(text(members, "name", place), annotations(members, place), editsOf(members, place));
    }

    private ContainerEdits editsOf(Map<String, SourceNode> owner, NodePath above) {
        SourceNode node = owner.get("containerEdits");
        NodePath place = above.at("containerEdits");
        Optional<SourceNode.Mapping> mapping = node == null ? Optional.empty() : values.mapping(node, place);
        if (mapping.isEmpty()) {
            return ContainerEdits.EMPTY;
        }
        return read(Members.known(mapping.get(), EDITS, place, problems), place, this::edits);
    }

    private ContainerEdits edits(Map<String, SourceNode> members, NodePath place) {
        note(SpecField.INTEL_RDT, members, "intelRdt", place);
        note(SpecField.ADDITIONAL_GIDS, members, "additionalGids", place);
        note(SpecField.NET_DEVICES, members, "netDevices", place);
        return new ContainerEdits(
                texts(members, "env", place),
                list(members, "deviceNodes", place, entries(DEVICE_NODE, this::deviceNode)),
                list(members, "netDevices", place, entries(NET_DEVICE, this::netDevice)),
                list(members, "hooks", place, entries(HOOK, this::hook)),
                list(members, "mounts", place, entries(MOUNT, this::mount)),
                intelRdtOf(members, place),
                list(members, "additionalGids", place, this::gid));
    }

    private DeviceNode deviceNode(Map<String, SourceNode> members, NodePath place) {
        note(SpecField.DEVICE_NODE_HOST_PATH, members, "hostPath", place);
        return new DeviceNode(
                text(members, "path", place),
                text(members, "hostPath", place),
                text(members, "type", place),
                int64(members, "major", place).orElse(0),
                int64(members, "minor", place).orElse(0),
                uint32(members, "fileMode", place),
                text(members, "permissions", place),
                uint32(members, "uid", place),
                uint32(members, "gid", place));
    }

    private NetDevice netDevice(Map<String, SourceNode> members, NodePath place) {
        return new NetDevice(text(members, "hostInterfaceName", place), text(members, "name", place));
    }

    private Hook hook(Map<String, SourceNode> members, NodePath place) {
        return new Hook(
                text(members, "hookName", place),
                text(members, "path", place),
                texts(members, "args", place),
                texts(members, "env", place),
                int64(members, "timeout", place));
    }

    private Mount mount(Map<String, SourceNode> members, NodePath place) {
        note(SpecField.MOUNT_TYPE, members, "type", place);
        return new Mount(
                text(members, "hostPath", place),
                text(members, "containerPath", place),
                texts(members, "options", place),
                text(members, "type", place));
    }

    private Optional<IntelRdt> intelRdtOf(Map<String, SourceNode> owner, NodePath above) {
        SourceNode node = owner.get("intelRdt");
        NodePath place = above.at("intelRdt");
        Optional<SourceNode.Mapping> mapping = node == null ? Optional.empty() : values.mapping(node, place);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(read(Members.known(mapping.get(), INTEL_RDT, place, problems), place, this::intelRdt));
    }

    private IntelRdt intelRdt(Map<String, SourceNode> members, NodePath place) {
        note(SpecField.SCHEMATA, members, "schemata", place);
        note(SpecField.ENABLE_MONITORING, members, "enableMonitoring", place);
        note(SpecField.ENABLE_CMT, members, "enableCMT", place);
        note(SpecField.ENABLE_MBM, members, "enableMBM", place);
        SourceNode schemata = members.get("schemata");
        boolean listed = schemata instanceof SourceNode.Sequence;
        List<String> lines = texts(members, "schemata", place);
        return new IntelRdt(
                text(members, "closID", place),
                text(members, "l3CacheSchema", place),
                text(members, "memBwSchema", place),
                bool(members, "enableCMT", place),
                bool(members, "enableMBM", place),
                listed ? Optional.of(lines) : Optional.empty(),
                bool(members, "enableMonitoring", place));
    }

    private long gid(SourceNode node, NodePath place) {
        return values.uint32(node, place).orElse(0);
    }

    private Map<String, String> annotations(Map<String, SourceNode> members, NodePath place) {
        note(SpecField.ANNOTATIONS, members, "annotations", place);
        SourceNode node = members.get("annotations");
        return node == null ? Map.of() : values.textMap(node, place.at("annotations"));
    }

    private void note(SpecField field, Map<String, SourceNode> members, String key, NodePath place) {
        SourceNode node = members.get(key);
        if (node != null) {
            newerFields.add(new SpecDocument.FieldUse(field, place.at(key).pointer(), node.position()));
        }
    }

    private String text(Map<String, SourceNode> members, String key, NodePath place) {
        SourceNode node = members.get(key);
        return node == null ? "" : values.text(node, place.at(key));
    }

    private List<String> texts(Map<String, SourceNode> members, String key, NodePath place) {
        SourceNode node = members.get(key);
        return node == null ? List.of() : values.texts(node, place.at(key));
    }

    private boolean bool(Map<String, SourceNode> members, String key, NodePath place) {
        SourceNode node = members.get(key);
        return node != null && values.bool(node, place.at(key));
    }

    private OptionalLong uint32(Map<String, SourceNode> members, String key, NodePath place) {
        SourceNode node = members.get(key);
        return node == null ? OptionalLong.empty() : values.uint32(node, place.at(key));
    }

    private OptionalLong int64(Map<String, SourceNode> members, String key, NodePath place) {
        SourceNode node = members.get(key);
        return node == null ? OptionalLong.empty() : values.int64(node, place.at(key));
    }

    private <T> List<T> list(
            Map<String, SourceNode> members, String key, NodePath above, BiFunction<SourceNode, NodePath, T> item) {
        SourceNode node = members.get(key);
        if (node == null) {
            return List.of();
        }
        NodePath place = above.at(key);
        List<SourceNode> items = values.items(node, place);
        List<T> read = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            read.add(item.apply(items.get(i), place.at(i)));
        }
        return read;
    }

    /** Reads an entry of a list that must not be null: loaders do not check, and crash. */
    private <T> BiFunction<SourceNode, NodePath, T> entries(
            Map<String, String> known, BiFunction<Map<String, SourceNode>, NodePath, T> entry) {
        return (node, place) -> {
            if (values.isNull(node, place)) {
                problems.error(Code.NULL_ENTRY, place, node, "a null entry here crashes engines", "remove the entry");
                return entry.apply(Map.of(), place);
            }
            Members.Known members = values.mapping(node, place)
                    .map(mapping -> Members.known(mapping, known, place, problems))
                    .orElse(Members.Known.NONE);
            return read(members, place, entry);
        };
    }
}
