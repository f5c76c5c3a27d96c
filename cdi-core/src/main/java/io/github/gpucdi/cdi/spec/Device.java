package io.github.gpucdi.cdi.spec;

import java.util.Map;
import java.util.Objects;

/**
 * One named device of a spec.
 *
 * @param name unique within the spec, see {@link QualifiedName}
 * @param annotations metadata on the device (CDI 0.6.0)
 * @param containerEdits edits applied when this device is requested; never empty in a valid spec
 */
public record Device(String name, Map<String, String> annotations, ContainerEdits containerEdits) {

    public Device {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(containerEdits, "containerEdits");
        annotations = Map.copyOf(Objects.requireNonNull(annotations, "annotations"));
    }

    /** A device without annotations. */
    public static Device of(String name, ContainerEdits edits) {
        return new Device(name, Map.of(), edits);
    }
}
