package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.edit.Change.Scope;
import io.github.gpucdi.cdi.edit.Change.Section;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What differs between two specs in what they do to a container, and in who can read them.
 *
 * <p>Compared is what engines make of a spec, not its text:
 *
 * <ul>
 *   <li>Order counts only where engines keep it: among the hooks of one stage, in a hook's arguments, in mount options,
 *       and among mounts or nodes of one container path, where the last one wins. A variable that is set twice has its
 *       last value.
 *   <li>Repeating a variable, node, mount or group changes nothing; a repeated hook runs again.
 *   <li>A node's {@code hostPath} may be left out when it is {@code path}; no {@code permissions} are {@code rwm}, in
 *       any order; {@code minor} means nothing without {@code major}, since the engine then reads both from the host.
 *   <li>The node types {@code c} and {@code u} differ: {@code u} gets no cgroup rule and never takes its numbers from
 *       the host. An absent type differs from {@code c} too, for the host decides it.
 *   <li>An absent {@code uid}, {@code gid}, {@code fileMode} or {@code timeout} is not 0. Group 0 is skipped.
 *   <li>{@code cdiVersion} is compared as text: it decides which engines read the spec.
 * </ul>
 *
 * <p>Common edits and each device are compared by themselves: an edit that moves from a device to the common edits is
 * removed there and added here. Devices are the same if their names are.
 *
 * @param changes the differences: version, kind and annotations, then devices by name, then the common edits; within
 *     these in CDI's order of lists and by key
 */
public record SpecDiff(List<Change> changes) {

    public SpecDiff {
        changes = List.copyOf(Objects.requireNonNull(changes, "changes"));
    }

    /** What has to happen to {@code before} to do the same as {@code after}. Works on invalid specs too. */
    public static SpecDiff between(CdiSpec before, CdiSpec after) {
        List<Change> changes = new ArrayList<>();
        ChangeList spec = new ChangeList(changes, Scope.SPEC, "");
        if (!before.cdiVersion().equals(after.cdiVersion())) {
            spec.changed(Section.CDI_VERSION, "", "", before.cdiVersion(), after.cdiVersion());
        }
        if (!before.kind().equals(after.kind())) {
            spec.changed(Section.KIND, "", "", before.kind(), after.kind());
        }
        spec.facts(
                Section.ANNOTATION,
                EditFacts.annotations(before.annotations()),
                EditFacts.annotations(after.annotations()));
        SortedMap<String, List<Device>> oldDevices = byName(before.devices());
        SortedMap<String, List<Device>> newDevices = byName(after.devices());
        for (String name : ChangeList.union(oldDevices, newDevices)) {
            devices(spec, changes, oldDevices.getOrDefault(name, List.of()), newDevices.getOrDefault(name, List.of()));
        }
        new ChangeList(changes, Scope.COMMON, "").edits(before.containerEdits(), after.containerEdits());
        return new SpecDiff(changes);
    }

    /** The devices of one name: one at most on each side, but in a spec that engines refuse. */
    private static void devices(ChangeList spec, List<Change> changes, List<Device> before, List<Device> after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            if (i >= after.size()) {
                spec.removed(Section.DEVICE, Fact.named(before.get(i).name()));
            } else if (i >= before.size()) {
                spec.added(Section.DEVICE, Fact.named(after.get(i).name()));
            } else {
                Device one = before.get(i);
                Device other = after.get(i);
                ChangeList device = new ChangeList(changes, Scope.DEVICE, one.name());
                device.facts(
                        Section.ANNOTATION,
                        EditFacts.annotations(one.annotations()),
                        EditFacts.annotations(other.annotations()));
                device.edits(one.containerEdits(), other.containerEdits());
            }
        }
    }

    private static SortedMap<String, List<Device>> byName(List<Device> devices) {
        SortedMap<String, List<Device>> byName = EditFacts.sorted();
        for (Device device : devices) {
            byName.computeIfAbsent(device.name(), name -> new ArrayList<>()).add(device);
        }
        return byName;
    }

    /** Whether both specs do the same and declare the same version. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes for people, one line each, see {@link Change#line}. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(changes.size());
        for (Change change : changes) {
            lines.add(change.line());
        }
        return lines;
    }
}
