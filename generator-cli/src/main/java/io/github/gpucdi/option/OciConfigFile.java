package io.github.gpucdi.option;

import io.github.gpucdi.report.ExactNumber;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads an OCI runtime configuration as a tree that keeps every member and number as it stands. */
public final class OciConfigFile {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final String STDIN = "-";
    private static final String HINT = "give the config.json of an OCI bundle";

    private OciConfigFile() {}

    public static Map<String, Object> read(String name, InputStream in) {
        byte[] bytes = bytes(name, in);
        String file = name.equals(STDIN) ? "standard input" : name;
        if (bytes.length > MAX_BYTES) {
            throw CommandFailure.usage(file + " is larger than 16 MiB", HINT);
        }
        try (JsonParser parser = mapper().createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw CommandFailure.usage(file + " is not a JSON object", HINT);
            }
            Map<String, Object> tree = object(parser);
            if (parser.nextToken() != null) {
                throw CommandFailure.usage(file + " goes on after its JSON object", HINT);
            }
            return tree;
        } catch (JacksonException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " is not JSON: " + e.getOriginalMessage(), HINT, e);
        }
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** The parser bounds the depth. */
    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> list(JsonParser parser) {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> new ExactNumber(parser.getString());
            default -> parser.getString();
        };
    }

    private static Number integer(JsonParser parser) {
        return parser.getString().equals("-0") ? new ExactNumber("-0") : parser.getNumberValue();
    }

    private static byte[] bytes(String file, InputStream in) {
        try {
            if (file.equals(STDIN)) {
                return in.readNBytes(MAX_BYTES + 1);
            }
            NamedFile named = new NamedFile(HostSource.path("--oci-config", file));
            if (named.isMissing()) {
                throw CommandFailure.usage(file + " does not exist", HINT);
            }
            if (named.exists() && !named.isRegular()) {
                throw CommandFailure.usage(file + " is no regular file", HINT);
            }
            try (InputStream stream = named.open()) {
                return stream.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot read " + file + ": " + IoReason.of(e), IoReason.hint(e), e);
        }
    }
}
