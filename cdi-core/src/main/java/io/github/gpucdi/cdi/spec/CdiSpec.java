package io.github.gpucdi.cdi.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /**
     * Begins a spec without devices.
     *
     * @param kind {@code vendor/class}
     */
    public static Builder builder(String kind) {
        return new Builder(kind);
    }

    /** Collects a spec; devices keep the order of the calls. Not safe for use by several threads. */
    public static final class Builder {
        private final String kind;
        private String cdiVersion = "";
        private final Map<String, String> annotations = new LinkedHashMap<>();
        private final List<Device> devices = new ArrayList<>();
        private ContainerEdits containerEdits = ContainerEdits.EMPTY;

        private Builder(String kind) {
            this.kind = kind;
        }

        /** The version to declare; without this call it is the lowest that the content may declare. */
        public Builder cdiVersion(String version) {
            cdiVersion = version;
            return this;
        }

        /** Sets an annotation. */
        public Builder annotation(String key, String value) {
            annotations.put(key, value);
            return this;
        }

        /** Appends a device. */
        public Builder device(Device device) {
            devices.add(device);
            return this;
        }

        /** Appends a device without annotations. */
        public Builder device(String name, ContainerEdits edits) {
            return device(Device.of(name, edits));
        }

        /** The edits that all devices share. */
        public Builder containerEdits(ContainerEdits edits) {
            containerEdits = edits;
            return this;
        }

        /** The spec as collected so far; it is not validated. */
        public CdiSpec build() {
            CdiSpec spec = new CdiSpec(cdiVersion, kind, annotations, devices, containerEdits);
            return cdiVersion.isEmpty()
                    ? spec.withCdiVersion(CdiVersion.minimumFor(spec).text())
                    : spec;
        }
    }
}
