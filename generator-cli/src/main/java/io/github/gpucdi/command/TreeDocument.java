package io.github.gpucdi.command;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A tree of maps, lists, texts, numbers and booleans as JSON or YAML, keys in the order of the maps. */
final class TreeDocument {
    private TreeDocument() {}

    static void print(Map<String, ?> tree, ListFormat format, PrintStream out) {
        String text = format == ListFormat.YAML
                ? new YAMLMapper().writeValueAsString(tree)
                : JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(tree);
        out.print(text);
        if (!text.endsWith("\n")) {
            out.println();
        }
    }
}
