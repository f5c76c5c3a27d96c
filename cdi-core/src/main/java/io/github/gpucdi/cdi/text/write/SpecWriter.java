package io.github.gpucdi.cdi.text.write;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.ContainerEdits;

/**
 * Writes specs as every CDI loader reads them: keys in the specification's order, annotations sorted, and nothing
 * written that is empty, because an older loader refuses a key that it does not know whatever the value. The same
 * spec always gives the same bytes.
 *
 * <p>Specs are written as they are, valid or not. Text that has no UTF-8 form (half a surrogate pair) is written with
 * U+FFFD in its place; {@link io.github.gpucdi.cdi.validate.SpecValidator} reports it.
 */
public final class SpecWriter {
    private SpecWriter() {}

    /** YAML in UTF-8: starts with a {@code ---} line, block style, ends with a line break. */
    public static byte[] yaml(CdiSpec spec) {
        YamlSink sink = new YamlSink();
        SpecTree.walk(spec, sink);
        return sink.bytes();
    }

    /** Edits alone, in the form they have in a spec. */
    public static byte[] yaml(ContainerEdits edits) {
        YamlSink sink = new YamlSink();
        SpecTree.walk(edits, sink);
        return sink.bytes();
    }

    /** JSON in UTF-8: compact, without final line break. */
    public static byte[] json(CdiSpec spec) {
        JsonSink sink = new JsonSink();
        SpecTree.walk(spec, sink);
        return sink.bytes();
    }

    /** Edits alone, in the form they have in a spec. */
    public static byte[] json(ContainerEdits edits) {
        JsonSink sink = new JsonSink();
        SpecTree.walk(edits, sink);
        return sink.bytes();
    }
}
