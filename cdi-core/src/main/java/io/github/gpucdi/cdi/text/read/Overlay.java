package io.github.gpucdi.cdi.text.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What loaders make of two values for one key: they decode the second into the place that holds the first. */
final class Overlay {
    private static final String ANNOTATIONS = "annotations";
    private static final Set<String> OBJECT_LISTS = Set.of("devicenodes", "netdevices", "hooks", "mounts");

    /** Stands for the key of an entry that null takes away. */
    private static final String ENTRY = "";

    /** Folded keys of what null takes away; in the place of texts, other numbers and structures it does nothing. */
    private static final Set<String> NULLABLE =
            Set.of(ENTRY, ANNOTATIONS, "intelrdt", "filemode", "uid", "gid", "timeout");

    private Overlay() {}

    /** {@code second} over {@code first}, the values of {@code key}: mappings by key, lists by index. */
    static SourceNode of(String key, SourceNode first, SourceNode second) {
        return folded(Members.fold(key), first, second);
    }

    private static SourceNode folded(String key, SourceNode first, SourceNode second) {
        if (first instanceof SourceNode.Mapping below && second instanceof SourceNode.Mapping above) {
            return mappings(key.equals(ANNOTATIONS), below, above);
        }
        if (first instanceof SourceNode.Sequence below && second instanceof SourceNode.Sequence above) {
            return sequences(OBJECT_LISTS.contains(key) ? ENTRY : "of " + key, below, above);
        }
        boolean taken = first instanceof SourceNode.Sequence || NULLABLE.contains(key);
        return isNull(second) && !taken ? first : second;
    }

    private static SourceNode mappings(boolean annotations, SourceNode.Mapping below, SourceNode.Mapping above) {
        Map<String, SourceNode> belowByKey = new HashMap<>();
        for (SourceNode.Entry entry : below.entries()) {
            belowByKey.put(key(annotations, entry), entry.value());
        }
        List<SourceNode.Entry> entries = new ArrayList<>();
        for (SourceNode.Entry entry : above.entries()) {
            String key = key(annotations, entry);
            SourceNode covered = belowByKey.remove(key);
            SourceNode value =
                    covered == null ? entry.value() : folded(annotations ? ENTRY : key, covered, entry.value());
            entries.add(new SourceNode.Entry(entry.key(), value));
        }
        for (SourceNode.Entry entry : below.entries()) {
            if (belowByKey.containsKey(key(annotations, entry))) {
                entries.add(entry);
            }
        }
        return new SourceNode.Mapping(entries, above.line(), above.column());
    }

    private static SourceNode sequences(String key, SourceNode.Sequence below, SourceNode.Sequence above) {
        List<SourceNode> items = new ArrayList<>();
        for (int i = 0; i < above.items().size(); i++) {
            SourceNode item = above.items().get(i);
            items.add(i < below.items().size() ? folded(key, below.items().get(i), item) : item);
        }
        return new SourceNode.Sequence(items, above.line(), above.column());
    }

    /** Keys that are no texts are refused anyway. */
    private static String key(boolean annotations, SourceNode.Entry entry) {
        String text = entry.key() instanceof SourceNode.Scalar scalar ? scalar.text() : "";
        return annotations ? text : Members.fold(text);
    }

    private static boolean isNull(SourceNode node) {
        try {
            return node instanceof SourceNode.Scalar scalar && scalar.value() instanceof ScalarValue.Null;
        } catch (ScalarValue.Mismatch e) {
            return false;
        }
    }
}
