package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.cdi.spec.IntelRdt;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.cdi.spec.NetDevice;
import io.github.gpucdi.cdi.spec.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lists of a {@code containerEdits} object as what engines make of them: two lists of one effect give equal facts. */
final class EditFacts {
    private EditFacts() {}

    static SortedMap<String, Fact> annotations(Map<String, String> annotations) {
        SortedMap<String, Fact> facts = sorted();
        annotations.forEach((key, value) -> facts.put(key, Fact.value(key, value)));
        return facts;
    }

    /** By name; of several entries the last one counts. */
    static SortedMap<String, Fact> env(List<String> entries) {
        SortedMap<String, Fact> facts = sorted();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String id = envId(entry);
            if (equals < 1) {
                facts.put(id, Fact.value("", entry));
            } else {
                facts.put(id, Fact.value(id, entry.substring(equals + 1)));
            }
        }
        return facts;
    }

    /** The variable's name, or for an entry without one a text that is no name. */
    private static String envId(String entry) {
        int equals = entry.indexOf('=');
        return equals < 1 ? "=" + entry : entry.substring(0, equals);
    }

    /**
     * By path. The last node of a path is the one that the container gets; the cgroup rules of the earlier ones stay
     * in force.
     */
    static SortedMap<String, Fact> deviceNodes(List<DeviceNode> nodes) {
        SortedMap<String, List<DeviceNode>> byPath = sorted();
        for (DeviceNode node : nodes) {
            byPath.computeIfAbsent(node.path(), path -> new ArrayList<>()).add(node);
        }
        SortedMap<String, Fact> facts = sorted();
        byPath.forEach((path, same) -> facts.put(path, deviceNode(same)));
        return facts;
    }

    private static Fact deviceNode(List<DeviceNode> same) {
        DeviceNode last = same.get(same.size() - 1);
        SortedSet<String> superseded = new TreeSet<>(PathOrder::compareBytes);
        for (DeviceNode node : same) {
            superseded.add(access(node, true).text());
        }
        superseded.remove(access(last, true).text());
        return access(last, false)
                .with("uid", last.uid())
                .with("gid", last.gid())
                .with("superseded", ShellWord.line(List.copyOf(superseded)));
    }

    private static Fact access(DeviceNode node, boolean ruleOnly) {
        String hostPath = node.hostPath().equals(node.path()) ? "" : node.hostPath();
        boolean numbered = node.major() != 0;
        return Fact.named(node.path())
                .with("hostPath", hostPath)
                .with("type", node.type())
                .with("major", numbered ? Long.toString(node.major()) : "")
                .with("minor", numbered ? Long.toString(node.minor()) : "")
                .with("fileMode", ruleOnly ? "" : octal(node.fileMode()))
                .with("permissions", permissions(node.permissions()));
    }

    private static String octal(OptionalLong mode) {
        if (mode.isEmpty()) {
            return "";
        }
        return mode.getAsLong() == 0 ? "0" : "0" + Long.toOctalString(mode.getAsLong());
    }

    /** The letters in the order of {@code rwm}, each once; a text with other letters as it is. */
    private static String permissions(String text) {
        if (text.isEmpty()) {
            return "rwm";
        }
        for (int i = 0; i < text.length(); i++) {
            if ("rwm".indexOf(text.charAt(i)) < 0) {
                return text;
            }
        }
        return (text.indexOf('r') < 0 ? "" : "r")
                + (text.indexOf('w') < 0 ? "" : "w")
                + (text.indexOf('m') < 0 ? "" : "m");
    }

    /** By the host's name; the last one counts. */
    static SortedMap<String, Fact> netDevices(List<NetDevice> devices) {
        SortedMap<String, Fact> facts = sorted();
        for (NetDevice device : devices) {
            facts.put(device.hostInterfaceName(), Fact.value(device.hostInterfaceName(), device.name()));
        }
        return facts;
    }

    /** By container path, compared as text as engines do; the last one counts. */
    static SortedMap<String, Fact> mounts(List<Mount> mounts) {
        SortedMap<String, Fact> facts = sorted();
        for (Mount mount : mounts) {
            facts.put(
                    mount.containerPath(),
                    Fact.named(mount.containerPath())
                            .with("hostPath", mount.hostPath())
                            .with("options", ShellWord.line(mount.options()))
                            .with("type", mount.type()));
        }
        return facts;
    }

    /**
     * The container paths by the place that they name, in the order of the mounts that count: {@code /a} and
     * {@code /a/} are two mounts of equal depth, of which the later one hides the other.
     */
    static SortedMap<String, List<String>> mountOrder(List<Mount> mounts) {
        LinkedHashSet<String> paths = new LinkedHashSet<>();
        for (Mount mount : mounts) {
            paths.remove(mount.containerPath());
            paths.add(mount.containerPath());
        }
        SortedMap<String, List<String>> byPlace = sorted();
        for (String path : paths) {
            byPlace.computeIfAbsent(CleanPath.of(path), place -> new ArrayList<>())
                    .add(path);
        }
        return byPlace;
    }

    static SortedMap<String, Fact> intelRdt(Optional<IntelRdt> present) {
        SortedMap<String, Fact> facts = sorted();
        if (present.isPresent()) {
            IntelRdt rdt = present.get();
            String schemata = rdt.schemata().isEmpty()
                    ? ""
                    : ShellWord.line(rdt.schemata().get());
            boolean emptyList = rdt.schemata().isPresent() && schemata.isEmpty();
            facts.put(
                    "",
                    Fact.named("")
                            .with("closID", rdt.closId())
                            .with("l3CacheSchema", rdt.l3CacheSchema())
                            .with("memBwSchema", rdt.memBwSchema())
                            .with("enableCMT", rdt.enableCmt() ? "true" : "")
                            .with("enableMBM", rdt.enableMbm() ? "true" : "")
                            .with("schemata", emptyList ? "[]" : schemata)
                            .with("enableMonitoring", rdt.enableMonitoring() ? "true" : ""));
        }
        return facts;
    }

    /** Engines skip group 0. */
    static SortedMap<String, Fact> additionalGids(List<Long> gids) {
        SortedMap<String, Fact> facts = sorted();
        for (long gid : gids) {
            if (gid != 0) {
                facts.put(Long.toString(gid), Fact.named(Long.toString(gid)));
            }
        }
        return facts;
    }

    /**
     * A hook's environment by name. Entries of one name keep their order, for engines and programs differ in which one
     * they take.
     */
    static String hookEnv(List<String> entries) {
        SortedMap<String, List<String>> byName = sorted();
        for (String entry : entries) {
            List<String> same = byName.computeIfAbsent(envId(entry), name -> new ArrayList<>());
            if (same.isEmpty() || !same.get(same.size() - 1).equals(entry)) {
                same.add(entry);
            }
        }
        List<String> all = new ArrayList<>();
        byName.values().forEach(all::addAll);
        return ShellWord.line(all);
    }

    static <T> SortedMap<String, T> sorted() {
        return new TreeMap<>(PathOrder::compareBytes);
    }
}
