package io.github.gpucdi.doctor;

import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostEnvironment.Selinux;
import java.util.List;

/** What else on the host keeps containers from GPUs. */
final class HostCheck {
    private HostCheck() {}

    static List<Symptom> symptoms(HostEnvironment environment) {
        if (environment.selinux() != Selinux.ENFORCING
                || environment.containerUseDevices().orElse(false)) {
            return List.of();
        }
        return List.of(Symptom.of(
                FindingId.SELINUX_ENFORCING,
                "SELinux",
                "SELinux is enforcing and container_use_devices is off: containers may not be let open the device nodes",
                List.of("for one container only: podman run --security-opt=label=disable …"),
                new Mending("setsebool -P container_use_devices on")));
    }
}
