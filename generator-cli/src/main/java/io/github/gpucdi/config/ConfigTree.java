package io.github.gpucdi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * What another program's configuration file says, TOML or JSON. A value that is not there is empty; one of another type
 * than asked for is an error, as it is to the program whose file it is. Its parsers are loaded with the first file.
 */
public final class ConfigTree {
    /** Longer texts are refused. */
    public static final int MAX_CHARS = 1 << 20;

    static final int MAX_DEPTH = 64;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxDocumentLength(MAX_CHARS)
            .build();

    private final JsonNode root;

    private ConfigTree(JsonNode root) {
        this.root = root;
    }

    public static ConfigTree ofToml(String text) throws ConfigException {
        requireBounded(text);
        return read(
                new TomlMapper(
                        TomlFactory.builder().streamReadConstraints(LIMITS).build()),
                text);
    }

    public static ConfigTree ofJson(String text) throws ConfigException {
        requireBounded(text);
        return read(
                new JsonMapper(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build()),
                text);
    }

    private static void requireBounded(String text) throws ConfigException {
        if (text.length() > MAX_CHARS) {
            throw new ConfigException("longer than " + MAX_CHARS + " characters");
        }
    }

    private static ConfigTree read(ObjectMapper mapper, String text) throws ConfigException {
        try {
            JsonNode root = mapper.readTree(text);
            if (!root.isObject() && !root.isMissingNode()) {
                throw new ConfigException("not a table of settings");
            }
            return new ConfigTree(root);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ConfigException((line > 0 ? "line " + line + ": " : "") + oneLine(e.getOriginalMessage()));
        }
    }

    private static String oneLine(String message) {
        String line =
                message == null ? "not understood" : message.lines().findFirst().orElse("not understood");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }

    /** The flag at a path of keys. */
    public Optional<Boolean> flag(String... path) throws ConfigException {
        Optional<JsonNode> found = at(path);
        if (found.isPresent() && !found.get().isBoolean()) {
            throw wrong(path, "true or false");
        }
        return found.map(JsonNode::booleanValue);
    }

    /** The text at a path of keys. */
    public Optional<String> text(String... path) throws ConfigException {
        Optional<JsonNode> found = at(path);
        if (found.isPresent() && !found.get().isString()) {
            throw wrong(path, "a text");
        }
        return found.map(JsonNode::stringValue);
    }

    /** The list of texts at a path of keys. */
    public Optional<List<String>> texts(String... path) throws ConfigException {
        Optional<JsonNode> found = at(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : found.get().values()) {
            if (!item.isString()) {
                throw wrong(path, "a list of texts");
            }
            texts.add(item.stringValue());
        }
        if (!found.get().isArray()) {
            throw wrong(path, "a list of texts");
        }
        return Optional.of(List.copyOf(texts));
    }

    private Optional<JsonNode> at(String... path) {
        JsonNode node = root;
        for (String key : path) {
            node = node.path(key);
        }
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static ConfigException wrong(String[] path, String wanted) {
        return new ConfigException(String.join(".", path) + " is not " + wanted);
    }
}
