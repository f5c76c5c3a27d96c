package io.github.gpucdi.cdi.registry;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.QualifiedName;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A device that can be requested.
 *
 * @param name the name to request it by
 * @param file the spec file that defines it
 * @param spec that file's content
 * @param device the device within {@code spec}
 */
public record RegisteredDevice(QualifiedName name, Path file, CdiSpec spec, Device device) {
    public RegisteredDevice {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(device, "device");
    }
}
