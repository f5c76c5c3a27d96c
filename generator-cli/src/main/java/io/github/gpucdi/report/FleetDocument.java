package io.github.gpucdi.report;

import io.github.gpucdi.cdi.spec.Unicode;
import io.github.gpucdi.fleet.Aspect;
import io.github.gpucdi.fleet.Fleet;
import io.github.gpucdi.fleet.Fleet.FileDifference;
import io.github.gpucdi.fleet.Fleet.Found;
import io.github.gpucdi.fleet.Fleet.SpecTime;
import io.github.gpucdi.fleet.FleetNode;
import io.github.gpucdi.fleet.Group;
import io.github.gpucdi.fleet.Verdict;
import io.github.gpucdi.host.EnumWord;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A fleet as JSON or YAML, keys sorted, see {@code schemas/fleet-1.schema.json}. Each host is written when it is judged,
 * so that none has to be kept.
 */
public final class FleetDocument {
    private static final String SCHEMA_VERSION = "1.0";

    private final JsonGenerator json;

    private FleetDocument(JsonGenerator json) {
        this.json = json;
    }

    /** Prints {@code nodes}, and gives what they are in all. */
    public static Fleet print(Iterable<FleetNode> nodes, boolean rootless, ListFormat format, PrintStream out) {
        Fleet fleet = new Fleet();
        StructuredOutput.print(format, out, json -> new FleetDocument(json).write(nodes, rootless, fleet));
        return fleet;
    }

    private void write(Iterable<FleetNode> nodes, boolean rootless, Fleet fleet) {
        json.writeStartObject();
        json.writeArrayPropertyStart("nodes");
        for (FleetNode node : nodes) {
            fleet.add(node);
            write(node);
        }
        json.writeEndArray();
        json.writeBooleanProperty("rootless", rootless);
        json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
        write(fleet);
        json.writeEndObject();
    }

    private void write(FleetNode node) {
        json.writeStartObject();
        if (node instanceof FleetNode.Judged judged) {
            text("driver", judged.values().get(Aspect.DRIVER));
            DoctorDocument.members(json, judged.diagnosis());
            text("gpus", judged.values().get(Aspect.GPUS));
            text("mig", judged.values().get(Aspect.MIG));
            text("node", node.name());
            text("spec", judged.values().get(Aspect.SPEC));
            judged.diagnosis().spec().ifPresent(file -> text("specFile", file));
            judged.specWritten().ifPresent(written -> text("specWritten", time(written)));
        } else {
            text("node", node.name());
            text("problem", ((FleetNode.Unusable) node).problem());
        }
        text("verdict", EnumWord.of(node.verdict()));
        json.writeEndObject();
    }

    private void write(Fleet fleet) {
        json.writeObjectPropertyStart("summary");
        groups(fleet, Aspect.DRIVER);
        groups(fleet, Aspect.ENGINES);
        json.writeArrayPropertyStart("files");
        for (Group<FileDifference> group : fleet.files()) {
            json.writeStartObject();
            texts("lacks", group.value().lacks());
            texts("more", group.value().more());
            texts("nodes", group.nodes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("findings");
        for (Group<Found> group : fleet.findings()) {
            json.writeStartObject();
            text("id", group.value().id().word());
            texts("nodes", group.nodes());
            text("severity", EnumWord.of(group.value().severity()));
            json.writeEndObject();
        }
        json.writeEndArray();
        groups(fleet, Aspect.GPUS);
        groups(fleet, Aspect.MIG);
        spec("newestSpec", fleet.newestSpec());
        spec("oldestSpec", fleet.oldestSpec());
        groups(fleet, Aspect.SPEC);
        json.writeObjectPropertyStart("verdicts");
        for (Verdict verdict : List.of(Verdict.FAILS, Verdict.UNUSABLE, Verdict.WARNS, Verdict.WORKS)) {
            texts(EnumWord.of(verdict), fleet.nodes(verdict));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void groups(Fleet fleet, Aspect aspect) {
        json.writeArrayPropertyStart(aspect.word());
        for (Group<String> group : fleet.groups(aspect)) {
            json.writeStartObject();
            texts("nodes", group.nodes());
            text("value", group.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void spec(String name, Optional<SpecTime> spec) {
        spec.ifPresent(time -> {
            json.writeObjectPropertyStart(name);
            text("node", time.node());
            text("written", time(time.written()));
            json.writeEndObject();
        });
    }

    private static String time(long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }

    private void text(String name, String text) {
        json.writeStringProperty(name, Unicode.wellFormed(text));
    }

    private void texts(String name, List<String> texts) {
        DoctorDocument.texts(json, name, texts);
    }
}
