package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.spec.QualifiedName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One definition of a device, whether or not it counts.
 *
 * @param name the name it would be requested by
 * @param file the file that holds it
 * @param state whether it counts
 * @param others the files that keep it from counting
 */
public record DeviceEntry(QualifiedName name, Path file, State state, List<Path> others) {
    /** Whether a definition counts. */
    public enum State {
        /** The device can be requested, and this is what is injected. */
        AVAILABLE,
        /** A file of a later directory defines the device too, and that one counts. */
        SHADOWED,
        /** Another file of the same directory defines the device too: nobody gets it. */
        CONFLICTING,
        /** Two files of another directory conflict over the device, which drops it here too. */
        DROPPED,
        /** The engine injects nothing at all while there are errors. */
        BLOCKED;

        /** Whether a request for the device fails. */
        public boolean isUnresolvable() {
            return this == CONFLICTING || this == DROPPED || this == BLOCKED;
        }
    }

    public DeviceEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(state, "state");
        others = List.copyOf(Objects.requireNonNull(others, "others"));
    }
}
