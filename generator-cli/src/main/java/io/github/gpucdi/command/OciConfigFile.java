package io.github.gpucdi.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads an OCI runtime configuration as a tree that keeps every member and number as it stands. */
final class OciConfigFile {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final String STDIN = "-";
    private static final String HINT = "give the config.json of an OCI bundle";

    private OciConfigFile() {}

    static Map<String, Object> read(String file, InputStream in) {
        byte[] bytes = bytes(file, in);
        if (bytes.length > MAX_BYTES) {
            throw CommandFailure.usage(file + " is larger than 16 MiB", HINT);
        }
        try {
            Map<String, Object> tree = mapper().readValue(bytes, new TypeReference<LinkedHashMap<String, Object>>() {});
            if (tree == null) {
                throw CommandFailure.usage(file + " holds null", HINT);
            }
            return tree;
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, file + " is not a JSON object: " + e.getOriginalMessage(), HINT, e);
        }
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static byte[] bytes(String file, InputStream in) {
        try {
            if (file.equals(STDIN)) {
                return in.readNBytes(MAX_BYTES + 1);
            }
            Path path = HostSource.path("--config", file);
            if (!Files.isRegularFile(path)) {
                throw CommandFailure.usage(
                        file + (Files.exists(path) ? " is no regular file" : " does not exist"), HINT);
            }
            try (InputStream stream = Files.newInputStream(path)) {
                return stream.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage(), HINT, e);
        }
    }
}
