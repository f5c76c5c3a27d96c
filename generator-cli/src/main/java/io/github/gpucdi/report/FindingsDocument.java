package io.github.gpucdi.report;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Unicode;
import io.github.gpucdi.host.EnumWord;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The command validate's output as JSON or YAML, keys sorted, see {@code schemas/findings-1.schema.json}. */
public final class FindingsDocument {
    private static final String SCHEMA_VERSION = "1.0";

    private final JsonGenerator json;

    private FindingsDocument(JsonGenerator json) {
        this.json = json;
    }

    /** Prints what one engine, or the newest library, makes of files. */
    public static void print(
            List<FileReport> reports, Optional<EngineRelease> engine, ListFormat format, PrintStream out) {
        StructuredOutput.print(format, out, json -> {
            FindingsDocument document = new FindingsDocument(json);
            json.writeStartObject();
            json.writeArrayPropertyStart("files");
            reports.forEach(document::write);
            json.writeEndArray();
            json.writeObjectPropertyStart("judgedAs");
            if (engine.isPresent()) {
                document.engine(engine.get());
            } else {
                json.writeStringProperty("library", LibraryRelease.NEWEST.text());
            }
            json.writeEndObject();
            document.end();
        });
    }

    /** Prints what all engines make of files. */
    public static void print(List<EngineReport> reports, ListFormat format, PrintStream out) {
        StructuredOutput.print(format, out, json -> {
            FindingsDocument document = new FindingsDocument(json);
            json.writeStartObject();
            json.writeArrayPropertyStart("files");
            reports.forEach(document::write);
            json.writeEndArray();
            document.end();
        });
    }

    private void end() {
        json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
        json.writeEndObject();
    }

    private void write(FileReport report) {
        json.writeStartObject();
        json.writeNumberProperty("errors", report.errors());
        json.writeStringProperty("file", Unicode.wellFormed(report.file()));
        json.writeArrayPropertyStart("findings");
        for (Finding finding : report.findings()) {
            json.writeStartObject();
            members(finding);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("infos", report.infos());
        json.writeStringProperty("verdict", EnumWord.of(report.verdict()));
        json.writeNumberProperty("warnings", report.warnings());
        json.writeEndObject();
    }

    private void write(EngineReport report) {
        json.writeStartObject();
        json.writeArrayPropertyStart("engines");
        for (EngineReport.Row row : report.rows()) {
            EngineReport.Judgement judgement = row.judgement();
            json.writeStartObject();
            json.writeStringProperty("engine", row.release().engine().label());
            if (judgement.error().isPresent()) {
                json.writeObjectPropertyStart("error");
                members(judgement.error().get());
                json.writeEndObject();
            }
            json.writeStringProperty("library", row.release().libraryVersion());
            json.writeStringProperty("releases", row.release().range());
            json.writeStringProperty("verdict", EnumWord.of(judgement.verdict()));
            json.writeNumberProperty("warnings", judgement.warnings());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("file", Unicode.wellFormed(report.file()));
        json.writeEndObject();
    }

    private void engine(EngineRelease release) {
        json.writeStringProperty("engine", release.engine().label());
        json.writeStringProperty("library", release.libraryVersion());
        json.writeStringProperty("releases", release.range());
    }

    private void members(Finding finding) {
        json.writeStringProperty("code", EnumWord.of(finding.code()));
        finding.position().ifPresent(at -> json.writeNumberProperty("column", at.column()));
        json.writeStringProperty("howToMend", Unicode.wellFormed(finding.howToMend()));
        finding.position().ifPresent(at -> json.writeNumberProperty("line", at.line()));
        json.writeStringProperty("pointer", Unicode.wellFormed(finding.where()));
        json.writeStringProperty("severity", EnumWord.of(finding.severity()));
        json.writeStringProperty("what", Unicode.wellFormed(finding.what()));
    }
}
