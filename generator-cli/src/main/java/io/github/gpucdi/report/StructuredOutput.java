package io.github.gpucdi.report;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** One document for programs on standard output, as JSON or YAML. */
public final class StructuredOutput {
    private StructuredOutput() {}

    /** Prints what {@code content} writes. */
    public static void print(ListFormat format, PrintStream out, Consumer<JsonGenerator> content) {
        try (JsonGenerator generator = generator(format, out)) {
            content.accept(generator);
        }
        if (format == ListFormat.JSON) {
            out.println();
        }
    }

    /** Prints a tree of maps, lists, texts, numbers and booleans, keys in the order of the maps. */
    public static void print(ListFormat format, PrintStream out, Map<String, ?> tree) {
        print(format, out, generator -> JsonMapper.shared().writeValue(generator, tree));
    }

    /**
     * Jackson closes what it writes to; the process's standard output stays open. What is cut short by a failure is to be no
     * whole document.
     */
    private static JsonGenerator generator(ListFormat format, PrintStream out) {
        PrintStream kept = new PrintStream(out) {
            @Override
            public void close() {
                flush();
            }
        };
        if (format == ListFormat.YAML) {
            return YAMLFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .build()
                    .createGenerator(ObjectWriteContext.empty(), kept);
        }
        ObjectWriteContext pretty = new ObjectWriteContext.Base() {
            @Override
            public DefaultPrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }
        };
        return JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .build()
                .createGenerator(pretty, kept);
    }
}
