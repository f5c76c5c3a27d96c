package io.github.gpucdi.cdi.text.read;

import java.util.Optional;

/** A place in a document; its pointer is made only when somebody asks. */
record Place(Optional<Place> parent, String step) {
    static final Place ROOT = new Place(Optional.empty(), "");

    Place at(String key) {
        return new Place(Optional.of(this), key);
    }

    Place at(int index) {
        return at(Integer.toString(index));
    }

    /** The JSON pointer (RFC 6901). */
    String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Place place = this; place.parent.isPresent(); place = place.parent.get()) {
            pointer.insert(0, "/" + place.step.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
