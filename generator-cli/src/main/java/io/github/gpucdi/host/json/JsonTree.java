package io.github.gpucdi.host.json;

import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.json.JsonValue.Start;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Reads one JSON value of bounded size from an untrusted stream. */
final class JsonTree {
    static final long MAX_BYTES = 64L << 20;
    static final int MAX_DEPTH = 64;
    static final int MAX_TEXT = 4096;
    static final int MAX_NAME = 256;
    static final int MAX_DIGITS = 64;
    static final int MAX_ENTRIES = 100_000;
    static final int MAX_VALUES = 500_000;
    /** Characters of all names and strings together, so that the tree fits into a small heap. */
    static final int MAX_ALL_TEXT = 8 << 20;

    // Names are not kept in the factory's symbol table: it would outlive the input, and it has its own way to complain.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private final JsonParser parser;
    private int values;
    private int allText;

    private JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a stream to its end. It is not closed.
     *
     * @throws SnapshotFormatException if it is not one JSON value within the bounds above, in UTF-8 throughout, each
     *     name once in its object, every string {@linkplain PlainText plain}
     * @throws IOException what the stream throws
     */
    static JsonValue read(InputStream in) throws SnapshotFormatException, IOException {
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), new BoundedUtf8Reader(in, MAX_BYTES))) {
            JsonTree tree = new JsonTree(parser);
            try {
                return tree.document();
            } catch (JacksonIOException e) {
                throw tree.ioProblem(e);
            } catch (JacksonException e) {
                throw tree.syntaxProblem(e);
            }
        }
    }

    private JsonValue document() throws SnapshotFormatException {
        if (parser.nextToken() == null) {
            throw here("There is no text.");
        }
        JsonValue value = value();
        if (parser.nextToken() != null) {
            throw here("There is more text after the snapshot.");
        }
        return value;
    }

    private JsonValue value() throws SnapshotFormatException {
        if (++values > MAX_VALUES) {
            throw here("There are more than 500000 values.");
        }
        Start start = start(parser.currentTokenLocation());
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> members(start);
            case START_ARRAY -> items(start);
            case VALUE_STRING -> new JsonValue.Text(start, text(parser.getString()));
            case VALUE_NUMBER_INT -> new JsonValue.Number(start, parser.getString(), true);
            case VALUE_NUMBER_FLOAT -> new JsonValue.Number(start, parser.getString(), false);
            case VALUE_TRUE -> new JsonValue.Flag(start, true);
            case VALUE_FALSE -> new JsonValue.Flag(start, false);
            case VALUE_NULL -> new JsonValue.Nothing(start);
            default -> throw here("This is not JSON.");
        };
    }

    private JsonValue members(Start start) throws SnapshotFormatException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            if (members.containsKey(name)) {
                throw here("The name stands twice in its object.");
            }
            if (members.size() == MAX_ENTRIES) {
                throw here("The object has more than 100000 members.");
            }
            parser.nextToken();
            members.put(name, value());
        }
        return new JsonValue.Members(start, members);
    }

    private JsonValue items(Start start) throws SnapshotFormatException {
        List<JsonValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MAX_ENTRIES) {
                throw here("The list has more than 100000 entries.");
            }
            items.add(value());
        }
        return new JsonValue.Items(start, items);
    }

    private String text(String text) throws SnapshotFormatException {
        if (!PlainText.isPlain(text)) {
            throw here(
                    "The text holds a control character, a line separator, a bidirectional control or half a character.");
        }
        allText += text.length();
        if (allText > MAX_ALL_TEXT) {
            throw here("Names and strings together are longer than 8388608 characters.");
        }
        return text;
    }

    private SnapshotFormatException here(String problem) {
        return problemAt(parser.currentTokenLocation(), problem);
    }

    private SnapshotFormatException ioProblem(JacksonIOException e) throws IOException {
        IOException cause = e.getCause();
        if (cause instanceof CharacterCodingException) {
            return problemAt(parser.currentLocation(), "The text is not UTF-8.");
        }
        if (cause instanceof BoundedUtf8Reader.TooLongException) {
            return problemAt(parser.currentLocation(), "The text is longer than 64 MiB.");
        }
        throw cause;
    }

    private SnapshotFormatException syntaxProblem(JacksonException e) {
        TokenStreamLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
        if (e instanceof StreamConstraintsException) {
            boolean deep = parser.streamReadContext().getNestingDepth() >= MAX_DEPTH;
            return problemAt(
                    location,
                    deep
                            ? "The text is nested more than 64 deep."
                            : "A string is longer than 4096 characters, a name than 256 or a number than 64.");
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return problemAt(location, "The text ends before the snapshot does.");
        }
        return problemAt(location, "This is not JSON.");
    }

    private SnapshotFormatException problemAt(TokenStreamLocation location, String problem) {
        Start start = start(location);
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return new SnapshotFormatException(pointer, start.line(), start.column(), problem);
    }

    private static Start start(TokenStreamLocation location) {
        return new Start(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
