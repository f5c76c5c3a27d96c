package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that take part in a build. */
final class Commands {
    private static final int SHOWN_LINES = 20;

    private Commands() {}

    /** Fails with the end of what the program said, if it does. */
    static String run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
        Path said = Files.createTempFile("packages", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(variables);
            builder.redirectErrorStream(true).redirectOutput(said.toFile());
            builder.redirectInput(Path.of("/dev/null").toFile());
            int status = builder.start().waitFor();
            String output = Files.readString(said, StandardCharsets.UTF_8);
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status + ":\n" + end(output));
            }
            return output;
        } finally {
            Files.delete(said);
        }
    }

    private static String end(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }
}
