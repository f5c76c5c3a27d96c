package io.github.gpucdi.fleet;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.FindingId;
import io.github.gpucdi.doctor.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the hosts of a fleet have in common and where they differ. Hosts are added one at a time, and of each is kept what
 * groups them, so that memory grows by names alone while hosts are alike. Not safe for use by several threads.
 */
public final class Fleet {
    private final Map<Verdict, List<String>> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Aspect, Map<String, List<String>>> aspects = new EnumMap<>(Aspect.class);
    private final Map<List<String>, List<String>> files = new LinkedHashMap<>();
    private final Map<Found, List<String>> findings = new LinkedHashMap<>();
    private Optional<SpecTime> oldest = Optional.empty();
    private Optional<SpecTime> newest = Optional.empty();

    /** Something that doctor finds on hosts. */
    public record Found(FindingId id, Severity severity) {}

    /**
     * When a host's spec was written.
     *
     * @param node the host
     * @param written in seconds since 1970
     */
    public record SpecTime(String node, long written) {}

    /**
     * Files that hosts lack, or have, other than most.
     *
     * @param lacks names of the driver's files that most hosts have
     * @param more names that no more than half of the hosts have
     */
    public record FileDifference(List<String> lacks, List<String> more) {
        public FileDifference {
            lacks = List.copyOf(lacks);
            more = List.copyOf(more);
        }
    }

    /** Adds a host. */
    public void add(FleetNode node) {
        put(verdicts, node.verdict(), node.name());
        if (node instanceof FleetNode.Judged judged) {
            add(judged);
        }
    }

    private void add(FleetNode.Judged node) {
        node.values()
                .forEach((aspect, value) ->
                        put(aspects.computeIfAbsent(aspect, unseen -> new LinkedHashMap<>()), value, node.name()));
        put(files, node.files(), node.name());
        Set<Found> found = new LinkedHashSet<>();
        for (Symptom symptom : node.diagnosis().symptoms()) {
            found.add(new Found(symptom.id(), symptom.severity()));
        }
        found.forEach(what -> put(findings, what, node.name()));
        node.specWritten().ifPresent(written -> add(new SpecTime(node.name(), written)));
    }

    private void add(SpecTime spec) {
        if (oldest.isEmpty() || spec.written() < oldest.get().written()) {
            oldest = Optional.of(spec);
        }
        if (newest.isEmpty() || spec.written() > newest.get().written()) {
            newest = Optional.of(spec);
        }
    }

    private static <T> void put(Map<T, List<String>> groups, T value, String node) {
        groups.computeIfAbsent(value, unseen -> new ArrayList<>()).add(node);
    }

    /** How many hosts were added. */
    public int size() {
        int size = 0;
        for (List<String> nodes : verdicts.values()) {
            size += nodes.size();
        }
        return size;
    }

    /** The names of hosts with this verdict. */
    public List<String> nodes(Verdict verdict) {
        return List.copyOf(verdicts.getOrDefault(verdict, List.of()));
    }

    /** The hosts by what they are in an aspect, the largest group first. */
    public List<Group<String>> groups(Aspect aspect) {
        return sorted(aspects.getOrDefault(aspect, Map.of()));
    }

    /** What was found, what concerns most hosts first, errors before warnings before notes. */
    public List<Group<Found>> findings() {
        List<Group<Found>> groups = sorted(findings);
        groups.sort(Comparator.comparing(group -> group.value().severity()));
        return groups;
    }

    /** The hosts by how their driver's files differ from those that more than half of the hosts have, the largest group first. */
    public List<Group<FileDifference>> files() {
        List<Group<List<String>>> groups = sorted(files);
        Set<String> usual = usualFiles(groups);
        List<Group<FileDifference>> differences = new ArrayList<>();
        for (Group<List<String>> group : groups) {
            Set<String> lacks = new TreeSet<>(usual);
            group.value().forEach(lacks::remove);
            Set<String> more = new TreeSet<>(group.value());
            more.removeAll(usual);
            differences.add(new Group<>(new FileDifference(List.copyOf(lacks), List.copyOf(more)), group.nodes()));
        }
        return differences;
    }

    private static Set<String> usualFiles(List<Group<List<String>>> groups) {
        Map<String, Integer> counts = new HashMap<>();
        int hosts = 0;
        for (Group<List<String>> group : groups) {
            int size = group.nodes().size();
            hosts += size;
            group.value().forEach(file -> counts.merge(file, size, Integer::sum));
        }
        int half = hosts / 2;
        counts.values().removeIf(count -> count <= half);
        return counts.keySet();
    }

    /** The spec that was written first. */
    public Optional<SpecTime> oldestSpec() {
        return oldest;
    }

    /** The spec that was written last. */
    public Optional<SpecTime> newestSpec() {
        return newest;
    }

    private static <T> List<Group<T>> sorted(Map<T, List<String>> nodes) {
        List<Group<T>> groups = new ArrayList<>();
        nodes.forEach((value, names) -> groups.add(new Group<>(value, names)));
        groups.sort(Comparator.comparing(group -> -group.nodes().size()));
        return groups;
    }
}
