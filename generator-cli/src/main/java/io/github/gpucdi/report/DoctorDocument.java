package io.github.gpucdi.report;

import io.github.gpucdi.cdi.spec.Unicode;
import io.github.gpucdi.doctor.Diagnosis;
import io.github.gpucdi.doctor.Diagnosis.EngineVerdict;
import io.github.gpucdi.doctor.Symptom;
import io.github.gpucdi.host.EnumWord;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The command doctor's output as JSON or YAML, keys sorted, see {@code schemas/doctor-1.schema.json}. */
public final class DoctorDocument {
    private static final String SCHEMA_VERSION = "1.0";

    private DoctorDocument() {}

    public static void print(Diagnosis diagnosis, boolean rootless, ListFormat format, PrintStream out) {
        StructuredOutput.print(format, out, json -> {
            json.writeStartObject();
            members(json, diagnosis);
            json.writeBooleanProperty("rootless", rootless);
            json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
            json.writeEndObject();
        });
    }

    /** Writes what was found as members of an object. */
    static void members(JsonGenerator json, Diagnosis diagnosis) {
        json.writeArrayPropertyStart("engines");
        diagnosis.engines().forEach(verdict -> write(json, verdict));
        json.writeEndArray();
        json.writeArrayPropertyStart("findings");
        diagnosis.symptoms().forEach(symptom -> write(json, symptom));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, EngineVerdict verdict) {
        json.writeStartObject();
        json.writeStringProperty("engine", Unicode.wellFormed(verdict.engine()));
        verdict.path().ifPresent(path -> json.writeStringProperty("path", Unicode.wellFormed(path)));
        json.writeStringProperty("reason", Unicode.wellFormed(verdict.reason()));
        json.writeStringProperty("verdict", EnumWord.of(verdict.outcome()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Symptom symptom) {
        json.writeStartObject();
        json.writeStringProperty("command", Unicode.wellFormed(symptom.command()));
        texts(json, "engines", symptom.engines());
        texts(json, "evidence", symptom.evidence());
        json.writeStringProperty("id", symptom.id().word());
        json.writeBooleanProperty("mends", symptom.mends());
        json.writeStringProperty("severity", EnumWord.of(symptom.severity()));
        json.writeStringProperty("subject", Unicode.wellFormed(symptom.subject()));
        json.writeStringProperty("what", Unicode.wellFormed(symptom.what()));
        json.writeEndObject();
    }

    static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        for (String text : texts) {
            json.writeString(Unicode.wellFormed(text));
        }
        json.writeEndArray();
    }
}
