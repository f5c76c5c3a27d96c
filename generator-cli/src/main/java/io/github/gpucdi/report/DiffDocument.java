package io.github.gpucdi.report;

import io.github.gpucdi.cdi.edit.Change;
import io.github.gpucdi.cdi.edit.SpecDiff;
import io.github.gpucdi.cdi.spec.Unicode;
import io.github.gpucdi.host.EnumWord;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The command diff's output as JSON or YAML, keys sorted, see {@code schemas/diff-1.schema.json}. */
public final class DiffDocument {
    private static final String SCHEMA_VERSION = "1.0";

    private final JsonGenerator json;

    private DiffDocument(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Prints the changes.
     *
     * @param diffs by the specs' kinds; if there are several, each change says of which it is
     */
    public static void print(
            Map<String, SpecDiff> diffs, String before, String after, ListFormat format, PrintStream out) {
        StructuredOutput.print(format, out, json -> {
            DiffDocument document = new DiffDocument(json);
            json.writeStartObject();
            document.text("after", after);
            document.text("before", before);
            json.writeArrayPropertyStart("changes");
            diffs.forEach((kind, diff) -> {
                Optional<String> spec = diffs.size() > 1 ? Optional.of(kind) : Optional.empty();
                diff.changes().forEach(change -> document.write(change, spec));
            });
            json.writeEndArray();
            json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
            json.writeEndObject();
        });
    }

    private void write(Change change, Optional<String> spec) {
        json.writeStartObject();
        if (change.kind() != Change.Kind.REMOVED) {
            text("after", change.after());
        }
        if (change.kind() != Change.Kind.ADDED) {
            text("before", change.before());
        }
        if (change.scope() == Change.Scope.DEVICE) {
            text("device", change.device());
        }
        if (!change.field().isEmpty()) {
            text("field", change.field());
        }
        if (!change.key().isEmpty()) {
            text("key", change.key());
        }
        json.writeStringProperty("kind", EnumWord.of(change.kind()));
        json.writeStringProperty("scope", EnumWord.of(change.scope()));
        json.writeStringProperty("section", change.section().word());
        spec.ifPresent(kind -> text("spec", kind));
        json.writeEndObject();
    }

    private void text(String key, String value) {
        json.writeStringProperty(key, Unicode.wellFormed(value));
    }
}
