package io.github.gpucdi.cdi.spec;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One CDI spec, the content of one file.
 *
 * @param cdiVersion the declared version, such as {@code 0.5.0}
 * @param kind {@code vendor/class}, such as {@code nvidia.com/gpu}
 * @param annotations free metadata, sorted by key when written (CDI 0.6.0)
 * @param devices the devices, in the order in which they are written
 * @param containerEdits edits applied once when any device of this spec is injected
 */
public record CdiSpec(
        String cdiVersion,
        String kind,
        Map<String, String> annotations,
        List<Device> devices,
        ContainerEdits containerEdits) {

    public CdiSpec {
        Objects.requireNonNull(cdiVersion, "cdiVersion");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(containerEdits, "containerEdits");
        annotations = Map.copyOf(Objects.requireNonNull(annotations, "annotations"));
        devices = List.copyOf(Objects.requireNonNull(devices, "devices"));
    }

    /** This spec, declaring {@code version}. */
    public CdiSpec withCdiVersion(String version) {
        return new CdiSpec(version, kind, annotations, devices, containerEdits);
    }

    /** This spec with other devices. */
    public CdiSpec withDevices(List<Device> others) {
        return new CdiSpec(cdiVersion, kind, annotations, others, containerEdits);
    }
}
