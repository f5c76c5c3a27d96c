package io.github.gpucdi.cdi.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What loaders make of two values for one key: they decode the second into the place that holds the first. */
final class Overlay {
    private Overlay() {}

    /** {@code second} over {@code first}: mappings by key, lists by index, null over a text or mapping is nothing. */
    static SourceNode of(SourceNode first, SourceNode second) {
        if (first instanceof SourceNode.Mapping below && second instanceof SourceNode.Mapping above) {
            return mappings(below, above);
        }
        if (first instanceof SourceNode.Sequence below && second instanceof SourceNode.Sequence above) {
            return sequences(below, above);
        }
        boolean list = first instanceof SourceNode.Sequence;
        return isNull(second) && !list ? first : second;
    }

    private static SourceNode mappings(SourceNode.Mapping below, SourceNode.Mapping above) {
        Map<String, SourceNode> belowByKey = new HashMap<>();
        for (SourceNode.Entry entry : below.entries()) {
            belowByKey.put(text(entry.key()), entry.value());
        }
        List<SourceNode.Entry> entries = new ArrayList<>();
        for (SourceNode.Entry entry : above.entries()) {
            SourceNode covered = belowByKey.remove(text(entry.key()));
            entries.add(
                    covered == null ? entry : new SourceNode.Entry(entry.key(), of(covered, entry.value())));
        }
        for (SourceNode.Entry entry : below.entries()) {
            if (belowByKey.containsKey(text(entry.key()))) {
                entries.add(entry);
            }
        }
        return new SourceNode.Mapping(entries, above.line(), above.column());
    }

    private static SourceNode sequences(SourceNode.Sequence below, SourceNode.Sequence above) {
        List<SourceNode> items = new ArrayList<>();
        for (int i = 0; i < above.items().size(); i++) {
            SourceNode item = above.items().get(i);
            items.add(i < below.items().size() ? of(below.items().get(i), item) : item);
        }
        return new SourceNode.Sequence(items, above.line(), above.column());
    }

    /** Keys that are no texts are refused anyway. */
    private static String text(SourceNode key) {
        return key instanceof SourceNode.Scalar scalar ? scalar.text() : "";
    }

    private static boolean isNull(SourceNode node) {
        return node instanceof SourceNode.Scalar scalar
                && scalar.plain()
                && scalar.tag().isEmpty()
                && ScalarValue.ofPlain(scalar.text()) instanceof ScalarValue.Null;
    }
}
