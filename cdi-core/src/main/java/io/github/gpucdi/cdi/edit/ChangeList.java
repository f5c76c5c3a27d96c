package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.edit.Change.Kind;
import io.github.gpucdi.cdi.edit.Change.Scope;
import io.github.gpucdi.cdi.edit.Change.Section;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Collects the changes of one scope. */
final class ChangeList {
    private final List<Change> changes;
    private final Scope scope;
    private final String device;

    ChangeList(List<Change> changes, Scope scope, String device) {
        this.changes = changes;
        this.scope = scope;
        this.device = device;
    }

    void edits(ContainerEdits before, ContainerEdits after) {
        facts(Section.ENV, EditFacts.env(before.env()), EditFacts.env(after.env()));
        facts(
                Section.DEVICE_NODE,
                EditFacts.deviceNodes(before.deviceNodes()),
                EditFacts.deviceNodes(after.deviceNodes()));
        facts(Section.NET_DEVICE, EditFacts.netDevices(before.netDevices()), EditFacts.netDevices(after.netDevices()));
        hooks(HookPairs.byStage(before.hooks()), HookPairs.byStage(after.hooks()));
        facts(Section.MOUNT, EditFacts.mounts(before.mounts()), EditFacts.mounts(after.mounts()));
        mountOrder(EditFacts.mountOrder(before.mounts()), EditFacts.mountOrder(after.mounts()));
        facts(Section.INTEL_RDT, EditFacts.intelRdt(before.intelRdt()), EditFacts.intelRdt(after.intelRdt()));
        facts(
                Section.ADDITIONAL_GID,
                EditFacts.additionalGids(before.additionalGids()),
                EditFacts.additionalGids(after.additionalGids()));
    }

    void facts(Section section, SortedMap<String, Fact> before, SortedMap<String, Fact> after) {
        for (String id : union(before, after)) {
            if (!after.containsKey(id)) {
                removed(section, before.get(id));
            } else if (!before.containsKey(id)) {
                added(section, after.get(id));
            } else {
                fields(section, before.get(id), after.get(id));
            }
        }
    }

    private void hooks(SortedMap<String, List<Fact>> before, SortedMap<String, List<Fact>> after) {
        for (String stage : union(before, after)) {
            new HookPairs(before.getOrDefault(stage, List.of()), after.getOrDefault(stage, List.of()))
                    .report(this, stage);
        }
    }

    private void mountOrder(SortedMap<String, List<String>> before, SortedMap<String, List<String>> after) {
        before.forEach((place, paths) -> {
            List<String> kept = new ArrayList<>(paths);
            List<String> now = new ArrayList<>(after.getOrDefault(place, List.of()));
            kept.retainAll(now);
            now.retainAll(kept);
            if (!kept.equals(now)) {
                changed(Section.MOUNT, place, "order", ShellWord.line(kept), ShellWord.line(now));
            }
        });
    }

    void added(Section section, Fact fact) {
        changes.add(new Change(Kind.ADDED, scope, device, section, fact.key(), "", "", fact.text()));
    }

    void removed(Section section, Fact fact) {
        changes.add(new Change(Kind.REMOVED, scope, device, section, fact.key(), "", fact.text(), ""));
    }

    /** One change for each member that differs. */
    void fields(Section section, Fact before, Fact after) {
        Set<String> names = new LinkedHashSet<>(before.fields().keySet());
        names.addAll(after.fields().keySet());
        for (String name : names) {
            if (!before.field(name).equals(after.field(name))) {
                changed(section, after.key(), name, before.field(name), after.field(name));
            }
        }
    }

    void changed(Section section, String key, String field, String before, String after) {
        changes.add(new Change(Kind.CHANGED, scope, device, section, key, field, before, after));
    }

    static <T> Set<String> union(SortedMap<String, T> before, SortedMap<String, T> after) {
        SortedMap<String, T> all = EditFacts.sorted();
        all.putAll(before);
        all.putAll(after);
        return all.keySet();
    }
}
