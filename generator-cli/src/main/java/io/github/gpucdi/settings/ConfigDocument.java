package io.github.gpucdi.settings;

import io.github.gpucdi.cdi.spec.Unicode;
import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.option.BooleanWord;
import io.github.gpucdi.report.ListFormat;
import io.github.gpucdi.report.StructuredOutput;
import io.github.gpucdi.report.TextTable;
import io.github.gpucdi.terminal.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What the commands of {@code gpu-cdi config} print: tables, and documents with sorted keys, see
 * {@code schemas/config-show-1.schema.json} and {@code schemas/config-check-1.schema.json}.
 */
public final class ConfigDocument {
    private static final String SCHEMA_VERSION = "1.0";

    private ConfigDocument() {}

    /** Prints where the options of a command come from. */
    public static void print(
            String command, List<ConfigFile> files, List<Origin> origins, ListFormat format, PrintStream out) {
        if (format == ListFormat.TABLE) {
            List<List<String>> rows = new ArrayList<>(List.of(List.of("OPTION", "VALUE", "FROM")));
            origins.forEach(
                    origin -> rows.add(List.of(origin.option(), value(origin), SafeText.escape(origin.from()))));
            TextTable.print("", rows, out);
            return;
        }
        StructuredOutput.print(format, out, json -> {
            json.writeStartObject();
            json.writeStringProperty("command", command);
            json.writeArrayPropertyStart("files");
            files.forEach(file -> json.writeString(Unicode.wellFormed(file.name())));
            json.writeEndArray();
            json.writeArrayPropertyStart("options");
            origins.forEach(origin -> write(json, origin));
            json.writeEndArray();
            end(json);
        });
    }

    private static String value(Origin origin) {
        String value = String.join(",", origin.values());
        boolean none = origin.source() == Origin.Source.DEFAULT;
        return none ? origin.byDefault() : value.isEmpty() ? "''" : SafeText.escape(value);
    }

    private static void write(JsonGenerator json, Origin origin) {
        json.writeStartObject();
        origin.setting()
                .ifPresent(
                        at -> json.writeNumberProperty("column", at.position().column()));
        json.writeStringProperty("default", origin.byDefault());
        origin.setting().ifPresent(at -> json.writeStringProperty("file", Unicode.wellFormed(at.file())));
        origin.setting()
                .ifPresent(at -> json.writeNumberProperty("line", at.position().line()));
        json.writeStringProperty("option", origin.option());
        json.writeStringProperty("source", EnumWord.of(origin.source()));
        if (origin.source() != Origin.Source.DEFAULT) {
            writeValue(json, origin);
        }
        origin.variable().ifPresent(name -> json.writeStringProperty("variable", name));
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Origin origin) {
        switch (origin.kind()) {
            case SWITCH ->
                json.writeBooleanProperty(
                        "value", BooleanWord.parse(origin.values().get(0)));
            case TEXT ->
                json.writeStringProperty(
                        "value", Unicode.wellFormed(origin.values().get(0)));
            case LIST -> {
                json.writeArrayPropertyStart("value");
                origin.values().forEach(value -> json.writeString(Unicode.wellFormed(value)));
                json.writeEndArray();
            }
        }
    }

    /** Prints what is wrong with files. */
    public static void print(List<ConfigFile> files, ListFormat format, PrintStream out) {
        if (format == ListFormat.TABLE) {
            files.forEach(file -> print(file, out));
            return;
        }
        StructuredOutput.print(format, out, json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("files");
            files.forEach(file -> write(json, file));
            json.writeEndArray();
            end(json);
        });
    }

    private static void print(ConfigFile file, PrintStream out) {
        int count = file.findings().size();
        String verdict = count == 0 ? "ok" : count + (count == 1 ? " error" : " errors");
        out.println(SafeText.escape(file.name()) + ": " + (file.isUnreadable() ? "cannot be read" : verdict));
        for (ConfigFinding finding : file.findings()) {
            String place = file.name()
                    + finding.position()
                            .map(at -> ":" + at.line() + ":" + at.column())
                            .orElse("");
            out.println(SafeText.escape(place + ": error: " + finding.what() + "; " + finding.howToMend()));
        }
    }

    private static void write(JsonGenerator json, ConfigFile file) {
        json.writeStartObject();
        json.writeStringProperty("file", Unicode.wellFormed(file.name()));
        json.writeArrayPropertyStart("findings");
        for (ConfigFinding finding : file.findings()) {
            json.writeStartObject();
            finding.position().ifPresent(at -> json.writeNumberProperty("column", at.column()));
            json.writeStringProperty("howToMend", Unicode.wellFormed(finding.howToMend()));
            finding.position().ifPresent(at -> json.writeNumberProperty("line", at.line()));
            json.writeStringProperty("what", Unicode.wellFormed(finding.what()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanProperty("readable", !file.isUnreadable());
        json.writeEndObject();
    }

    private static void end(JsonGenerator json) {
        json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
        json.writeEndObject();
    }
}
