package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.JsonPointer;
import java.util.Optional;

/** The way from the top of a document to a node; its pointer is made only when somebody asks. */
record NodePath(Optional<NodePath> parent, String step) {
    static final NodePath ROOT = new NodePath(Optional.empty(), "");

    NodePath at(String key) {
        return new NodePath(Optional.of(this), key);
    }

    NodePath at(int index) {
        return at(Integer.toString(index));
    }

    /** As a {@link JsonPointer}. */
    String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (NodePath place = this; place.parent.isPresent(); place = place.parent.get()) {
            pointer.insert(0, JsonPointer.member("", place.step));
        }
        return pointer.toString();
    }
}
