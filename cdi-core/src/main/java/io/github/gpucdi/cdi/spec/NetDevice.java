package io.github.gpucdi.cdi.spec;

import java.util.Objects;

/**
 * A host network interface moved into the container (CDI 1.1.0).
 *
 * @param hostInterfaceName its name on the host
 * @param name its name in the container
 */
public record NetDevice(String hostInterfaceName, String name) {
    public NetDevice {
        Objects.requireNonNull(hostInterfaceName, "hostInterfaceName");
        Objects.requireNonNull(name, "name");
    }
}
