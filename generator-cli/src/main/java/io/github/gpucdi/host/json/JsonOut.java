package io.github.gpucdi.host.json;

import io.github.gpucdi.host.EnumWord;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.Section;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes members of JSON objects; leaves out what reading gives back anyway. */
final class JsonOut {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();
    private static final ObjectWriteContext INDENTED = new ObjectWriteContext.Base() {
        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(new Separators()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator(""));
            printer.indentObjectsWith(indenter);
            printer.indentArraysWith(indenter);
            return printer;
        }
    };

    private final JsonGenerator json;

    private final Redaction redaction;

    private JsonOut(JsonGenerator json, Redaction redaction) {
        this.json = json;
        this.redaction = redaction;
    }

    /** How a form writes what it knows to be a name of a device or to quote one. */
    Redaction redaction() {
        return redaction;
    }

    /**
     * Writes one object and a final newline, flushes, and leaves the stream open.
     *
     * @throws IOException what the stream throws
     */
    static <T> void document(OutputStream out, Redaction redaction, T data, BiConsumer<JsonOut, T> writer)
            throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(INDENTED, out)) {
            new JsonOut(json, redaction).braces(data, writer);
            json.writeRaw('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    void text(String name, String text) {
        json.writeName(name);
        string(text);
    }

    void textUnlessEmpty(String name, String text) {
        if (!text.isEmpty()) {
            text(name, text);
        }
    }

    void text(String name, Optional<String> text) {
        if (text.isPresent()) {
            text(name, text.get());
        }
    }

    void texts(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.writeName(name);
            json.writeStartArray();
            for (String text : texts) {
                string(text);
            }
            json.writeEndArray();
        }
    }

    void constant(String name, Enum<?> constant) {
        text(name, EnumWord.of(constant));
    }

    void number(String name, long number) {
        json.writeName(name);
        json.writeNumber(number);
    }

    void number(String name, OptionalInt number) {
        if (number.isPresent()) {
            number(name, number.getAsInt());
        }
    }

    void number(String name, OptionalLong number) {
        if (number.isPresent()) {
            number(name, number.getAsLong());
        }
    }

    void flag(String name, boolean flag) {
        json.writeName(name);
        json.writeBoolean(flag);
    }

    void flag(String name, Optional<Boolean> flag) {
        if (flag.isPresent()) {
            flag(name, flag.get());
        }
    }

    <T> void object(String name, T data, BiConsumer<JsonOut, T> writer) {
        json.writeName(name);
        braces(data, writer);
    }

    <T> void optionalObject(String name, Optional<T> data, BiConsumer<JsonOut, T> writer) {
        if (data.isPresent()) {
            object(name, data.get(), writer);
        }
    }

    <T> void objects(String name, List<T> entries, BiConsumer<JsonOut, T> writer) {
        if (!entries.isEmpty()) {
            json.writeName(name);
            json.writeStartArray();
            for (T entry : entries) {
                braces(entry, writer);
            }
            json.writeEndArray();
        }
    }

    <T> void section(String name, Section<T> section, BiConsumer<JsonOut, T> writer) {
        if (section instanceof Section.Present<T> present) {
            object(name, present.value(), writer);
        } else if (section instanceof Section.Absent<T> absent) {
            object(name, absent.reason(), (out, reason) -> out.text("absent", redaction.in(reason)));
        }
    }

    private <T> void braces(T data, BiConsumer<JsonOut, T> writer) {
        json.writeStartObject();
        writer.accept(this, data);
        json.writeEndObject();
    }

    private void string(String text) {
        json.writeString(bounded(PlainText.of(text)));
    }

    private static String bounded(String text) {
        if (text.length() <= JsonTree.MAX_TEXT) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(JsonTree.MAX_TEXT - 1));
        return text.substring(0, splitsPair ? JsonTree.MAX_TEXT - 1 : JsonTree.MAX_TEXT);
    }
}
