package io.github.gpucdi.report;

import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.fleet.Aspect;
import io.github.gpucdi.fleet.Fleet;
import io.github.gpucdi.fleet.Fleet.FileDifference;
import io.github.gpucdi.fleet.Fleet.Found;
import io.github.gpucdi.fleet.Fleet.SpecTime;
import io.github.gpucdi.fleet.FleetNode;
import io.github.gpucdi.fleet.Group;
import io.github.gpucdi.fleet.Verdict;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A fleet for people: a line a host, then what hosts have in common and which differ. */
public final class FleetReport {
    private static final int SHOWN = 6;
    private static final String NOTHING = "-";

    private FleetReport() {}

    /** Prints {@code nodes}, and gives what they are in all. */
    public static Fleet print(Iterable<FleetNode> nodes, PrintStream out) {
        Fleet fleet = new Fleet();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NODE", "VERDICT", "DRIVER", "GPUS", "MIG", "SPEC", "FINDINGS"));
        for (FleetNode node : nodes) {
            fleet.add(node);
            rows.add(row(node));
        }
        TextTable.print("", rows, out);
        out.println();
        TextTable.print("", summary(fleet), out);
        return fleet;
    }

    private static List<String> row(FleetNode node) {
        String name = SafeText.escape(node.name());
        String verdict = EnumWord.of(node.verdict());
        if (node instanceof FleetNode.Judged judged) {
            return List.of(
                    name,
                    verdict,
                    value(judged, Aspect.DRIVER),
                    value(judged, Aspect.GPUS),
                    value(judged, Aspect.MIG),
                    spec(judged),
                    findings(judged));
        }
        String problem = SafeText.escape(((FleetNode.Unusable) node).problem());
        return List.of(name, verdict, NOTHING, NOTHING, NOTHING, NOTHING, problem);
    }

    private static String value(FleetNode.Judged node, Aspect aspect) {
        return SafeText.escape(node.values().get(aspect));
    }

    private static String spec(FleetNode.Judged node) {
        OptionalLong written = node.specWritten();
        return (written.isPresent() ? date(written.getAsLong()) + " " : "") + value(node, Aspect.SPEC);
    }

    private static String date(long seconds) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC)
                .toString();
    }

    private static String findings(FleetNode.Judged node) {
        Set<String> words = new LinkedHashSet<>();
        for (Symptom symptom : node.diagnosis().symptoms()) {
            if (symptom.severity() != Severity.INFO) {
                words.add(symptom.id().word());
            }
        }
        return words.isEmpty() ? NOTHING : some(List.copyOf(words));
    }

    private static List<List<String>> summary(Fleet fleet) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "NODES", ""));
        for (Verdict verdict : Verdict.values()) {
            List<String> nodes = fleet.nodes(verdict);
            if (!nodes.isEmpty()) {
                add(rows, "verdict", new Group<>(EnumWord.of(verdict), nodes), fleet);
            }
        }
        for (Aspect aspect : Aspect.values()) {
            fleet.groups(aspect).forEach(group -> add(rows, aspect.word(), group, fleet));
        }
        fleet.oldestSpec().ifPresent(spec -> add(rows, "oldest spec", of(spec), fleet));
        fleet.newestSpec().ifPresent(spec -> add(rows, "newest spec", of(spec), fleet));
        for (Group<FileDifference> group : fleet.files()) {
            add(rows, "files", new Group<>(differs(group.value()), group.nodes()), fleet);
        }
        for (Group<Found> group : fleet.findings()) {
            String severity = DoctorReport.word(group.value().severity());
            add(rows, severity, new Group<>(group.value().id().word(), group.nodes()), fleet);
        }
        return rows;
    }

    private static Group<String> of(SpecTime spec) {
        return new Group<>(date(spec.written()), List.of(spec.node()));
    }

    /** More than half of the hosts are not named: that they are the rule is what there is to say. */
    private static void add(List<List<String>> rows, String what, Group<String> group, Fleet fleet) {
        int count = group.nodes().size();
        boolean named = count * 2 <= fleet.size() || fleet.size() == 1;
        String value = SafeText.escape(group.value());
        rows.add(List.of(what, Integer.toString(count), named ? value + ": " + some(group.nodes()) : value));
    }

    private static String differs(FileDifference difference) {
        List<String> parts = new ArrayList<>();
        if (!difference.lacks().isEmpty()) {
            parts.add("lacks " + some(difference.lacks()));
        }
        if (!difference.more().isEmpty()) {
            parts.add("has " + some(difference.more()));
        }
        return parts.isEmpty() ? "as most" : String.join("; ", parts);
    }

    private static String some(List<String> texts) {
        List<String> shown = new ArrayList<>();
        for (String text : texts.subList(0, Math.min(SHOWN, texts.size()))) {
            shown.add(SafeText.escape(text));
        }
        int more = texts.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " (" + more + " more)" : "");
    }
}
