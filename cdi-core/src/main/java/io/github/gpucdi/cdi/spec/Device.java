package io.github.gpucdi.cdi.spec;

import java.util.Map;

/**
 * One named device of a spec.
 *
 * @param name unique within the spec, see {@link QualifiedName}
 * @param annotations metadata on the device (CDI 0.6.0)
 * @param containerEdits edits applied when this device is requested; never empty in a valid spec
 */
public record Device(String name, Map<String, String> annotations, ContainerEdits containerEdits) {

    public Device {
        annotations = Map.copyOf(annotations);
    }

    /** A device without annotations. */
    public static Device of(String name, ContainerEdits edits) {
        return new Device(name, Map.of(), edits);
    }
}
