package io.github.gpucdi.e2e;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.validate.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that answers as one release of the CDI library does, because it is linked with that release. See
 * {@code src/test/go/oracle}; {@code src/test/sh/build-oracles.sh} builds it. One request at a time.
 */
final class Oracle implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path program;
    private final String version;
    private final LibraryRelease release;
    private Process process;
    private OutputStream requests;
    private BufferedReader answers;

    /**
     * What an oracle said.
     *
     * @param verdict what the library did
     * @param error its message, empty if it had none
     * @param spec the file as the library understood it
     * @param devices the qualified names of the registry and the file of each
     * @param errors the registry's messages by file
     * @param config the OCI runtime configuration after the injection
     * @param unresolved the requested names that the registry does not have
     */
    record Answer(
            Verdict verdict,
            String error,
            Optional<JsonNode> spec,
            Map<String, Path> devices,
            Map<Path, List<String>> errors,
            Optional<JsonNode> config,
            List<String> unresolved) {

        private static Answer of(JsonNode tree) {
            Map<String, Path> devices = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : tree.path("devices").properties()) {
                devices.put(entry.getKey(), Path.of(entry.getValue().asString()));
            }
            Map<Path, List<String>> errors = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : tree.path("errors").properties()) {
                errors.put(Path.of(entry.getKey()), texts(entry.getValue()));
            }
            return new Answer(
                    switch (tree.required("verdict").asString()) {
                        case "ok" -> Verdict.ACCEPTED;
                        case "bad" -> Verdict.REFUSED;
                        case "crash" -> Verdict.CRASHES;
                        default -> throw new IllegalStateException("no verdict: " + tree);
                    },
                    tree.path("error").asString(""),
                    tree.optional("spec"),
                    devices,
                    errors,
                    tree.optional("config"),
                    texts(tree.path("unresolved")));
        }

        private static Answer crash(String error) {
            return new Answer(
                    Verdict.CRASHES, error, Optional.empty(), Map.of(), Map.of(), Optional.empty(), List.of());
        }

        private static List<String> texts(JsonNode list) {
            List<String> texts = new ArrayList<>();
            for (JsonNode item : list) {
                texts.add(item.asString());
            }
            return texts;
        }
    }

    /**
     * The program at {@code program}; its process starts with the first request.
     *
     * @param version the library's, such as {@code 0.5.2}
     */
    Oracle(Path program, String version) {
        this.program = program;
        this.version = version;
        this.release = LibraryRelease.of(version)
                .orElseThrow(() -> new IllegalStateException(program + ": no LibraryRelease for " + version));
    }

    /** The library's release. */
    LibraryRelease release() {
        return release;
    }

    /** Program and version, such as {@code oracle-bookworm (0.5.2)}. */
    @Override
    public String toString() {
        return program.getFileName() + " (" + version + ")";
    }

    /** Has the library read one spec file. */
    Answer file(Path file) {
        ObjectNode request = JSON.createObjectNode();
        request.put("file", file.toString());
        return ask(request);
    }

    /** Has the library scan spec directories, lowest priority first. */
    Answer registry(List<Path> directories) {
        return ask(scan(directories));
    }

    /** Has the library scan spec directories and inject devices, by qualified name, into a runtime configuration. */
    Answer inject(List<Path> directories, List<String> devices, JsonNode config) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("no devices to inject");
        }
        ObjectNode request = scan(directories);
        devices.forEach(request.putArray("devices")::add);
        request.set("config", config);
        return ask(request);
    }

    private static ObjectNode scan(List<Path> directories) {
        ObjectNode request = JSON.createObjectNode();
        directories.forEach(directory -> request.withArray("dirs").add(directory.toString()));
        return request;
    }

    private Answer ask(ObjectNode request) {
        try {
            if (process == null) {
                start();
            }
            requests.write(JSON.writeValueAsBytes(request));
            requests.write('\n');
            requests.flush();
            String line = answers.readLine();
            if (line != null) {
                return Answer.of(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
        // Not every crash of a Go program can be caught by it. The next request starts it anew.
        Answer crash = Answer.crash("ended: " + process);
        close();
        return crash;
    }

    private void start() throws IOException {
        process = new ProcessBuilder(program.toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.getOutputStream();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Ends the process. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            process = null;
        }
    }
}
