package io.github.gpucdi.e2e.gpu;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.e2e.engine.Inside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run of {@code e2e/gpu/run} left; the head of that script tells the files.
 *
 * @param directory where they are
 */
record Evidence(Path directory) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The spec whose files and nodes are tried in containers. */
    static final String TRIED = "spec-none.yaml";

    String text(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("no evidence " + name, e);
        }
    }

    List<String> lines(String name) {
        return text(name).lines().toList();
    }

    /** The lines of a table, each as its fields. */
    List<List<String>> rows(String name) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines(name)) {
            rows.add(List.of(line.split("\t", -1)));
        }
        return rows;
    }

    JsonNode json(String name) {
        return JSON.readTree(text(name));
    }

    CdiSpec spec(String name) {
        return SpecReader.read(directory.resolve(name))
                .spec()
                .orElseThrow(() -> new IllegalStateException("no spec " + name));
    }

    /** What the probe saw in a container. */
    Inside inside(String name) {
        return Inside.of(text(name));
    }
}
