package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.JsonPointer;
import org.jspecify.annotations.Nullable;

/** Follows a JSON pointer down a tree as far as it leads. */
final class NodeFinder {
    private NodeFinder() {}

    static SourceNode find(SourceNode root, String pointer) {
        SourceNode node = root;
        for (String step : pointer.split("/")) {
            if (!step.isEmpty()) {
                SourceNode next = child(node, JsonPointer.key(step));
                if (next == null) {
                    return node;
                }
                node = next;
            }
        }
        return node;
    }

    private static @Nullable SourceNode child(SourceNode node, String step) {
        if (node instanceof SourceNode.Mapping mapping) {
            for (SourceNode.Entry entry : mapping.entries()) {
                if (entry.key() instanceof SourceNode.Scalar key && key.text().equalsIgnoreCase(step)) {
                    return entry.value();
                }
            }
        }
        if (node instanceof SourceNode.Sequence sequence && step.matches("[0-9]{1,9}")) {
            int index = Integer.parseInt(step);
            return index < sequence.items().size() ? sequence.items().get(index) : null;
        }
        return null;
    }
}
