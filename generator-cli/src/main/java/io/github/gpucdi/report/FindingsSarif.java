package io.github.gpucdi.report;

import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Unicode;
import io.github.gpucdi.host.EnumWord;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/**
 * The command validate's output as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format): one run, a rule a
 * code, a result a finding. Columns count code points, as everywhere here.
 */
public final class FindingsSarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final JsonGenerator json;

    private FindingsSarif(JsonGenerator json) {
        this.json = json;
    }

    /** Prints what one engine or library makes of files. */
    public static void print(List<FileReport> reports, PrintStream out) {
        StructuredOutput.print(ListFormat.JSON, out, json -> new FindingsSarif(json).write(reports));
    }

    private void write(List<FileReport> reports) {
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "gpu-cdi");
        json.writeArrayPropertyStart("rules");
        for (Code code : codes(reports)) {
            json.writeStartObject();
            json.writeStringProperty("id", EnumWord.of(code));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringProperty("columnKind", "unicodeCodePoints");
        json.writeArrayPropertyStart("results");
        for (FileReport report : reports) {
            for (Finding finding : report.findings()) {
                write(report, finding);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static Set<Code> codes(List<FileReport> reports) {
        Set<Code> codes = new TreeSet<>();
        for (FileReport report : reports) {
            for (Finding finding : report.findings()) {
                codes.add(finding.code());
            }
        }
        return codes;
    }

    private void write(FileReport report, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", EnumWord.of(finding.code()));
        json.writeStringProperty("level", level(finding.severity()));
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", Unicode.wellFormed(finding.what() + "; " + finding.howToMend()));
        json.writeEndObject();
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(Unicode.wellFormed(report.file())));
        json.writeEndObject();
        if (!report.unreadable()) {
            finding.position().ifPresent(at -> {
                json.writeObjectPropertyStart("region");
                json.writeNumberProperty("startLine", at.line());
                json.writeNumberProperty("startColumn", at.column());
                json.writeEndObject();
            });
        }
        json.writeEndObject();
        if (!finding.where().isEmpty()) {
            json.writeArrayPropertyStart("logicalLocations");
            json.writeStartObject();
            json.writeStringProperty("fullyQualifiedName", Unicode.wellFormed(finding.where()));
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String level(Finding.Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** A file's name as a URI: absolute names with a scheme, relative ones relative, as the user gave them. */
    private static String uri(String file) {
        boolean absolute = file.startsWith("/");
        // Before its first slash a colon would end a scheme.
        String path = absolute || file.indexOf(':') < 0 ? file : "./" + file;
        try {
            return new URI(absolute ? "file" : null, absolute ? "" : null, path, null, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
