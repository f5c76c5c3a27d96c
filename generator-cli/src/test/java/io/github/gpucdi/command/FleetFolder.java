package io.github.gpucdi.command;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.doctor.Installed;
import io.github.gpucdi.host.json.SnapshotFormatException;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.option.SimulatedHosts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests that lay snapshots of hosts into a folder. */
abstract class FleetFolder {
    static final OutputSchema SCHEMA = OutputSchema.of("fleet-1.schema.json");
    static final JsonMapper JSON = new JsonMapper();
    private static final String HEALTHY = healthy();

    @TempDir
    Path folder;

    /** The snapshot of a host with 56 MIG devices, Podman and the spec that generate writes there. */
    private static String healthy() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotJson.write(Installed.on(SnapshotJson.read(SimulatedHosts.open("dgx-a100-mig"))), out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException | SnapshotFormatException | AssembleException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final void host(String name) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), HEALTHY);
    }

    final void host(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(HEALTHY);
        change.accept(tree);
        Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(tree));
    }

    static ObjectNode at(ObjectNode snapshot, String pointer) {
        return (ObjectNode) snapshot.at(pointer);
    }

    final Run doctor(String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "doctor";
        words[1] = "--snapshot=" + folder;
        System.arraycopy(more, 0, words, 2, more.length);
        return Run.of(words);
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }
}
