package io.github.gpucdi.option;

import io.github.gpucdi.cdi.registry.DeviceEntry;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.registry.Registry;
import io.github.gpucdi.cdi.spec.QualifiedName;
import io.github.gpucdi.report.RegistryListing;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Requests for devices, as users name them to an engine. */
public final class Requests {
    private Requests() {}

    /** The devices named, in order; a name that no engine resolves ends the command, as it does there. */
    public static List<RegisteredDevice> resolve(List<String> names, Registry registry) {
        List<RegisteredDevice> devices = new ArrayList<>();
        List<String> unresolvable = new ArrayList<>();
        for (String name : names) {
            if (QualifiedName.parse(name).isEmpty()) {
                throw CommandFailure.usage(
                        "'" + name + "' is not a qualified name", "write vendor/class=name, such as nvidia.com/gpu=0");
            }
            Optional<RegisteredDevice> device = registry.device(name);
            device.ifPresentOrElse(devices::add, () -> unresolvable.add(name));
        }
        if (!unresolvable.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.DIFFERS,
                    "unresolvable CDI devices " + String.join(", ", unresolvable),
                    reason(unresolvable.get(0), registry));
        }
        return devices;
    }

    private static String reason(String name, Registry registry) {
        for (DeviceEntry entry : registry.entries(name)) {
            if (entry.state().isUnresolvable()) {
                return entry.file() + ": " + name + " is " + RegistryListing.state(entry);
            }
        }
        TreeSet<String> known = new TreeSet<>();
        registry.devices().forEach(device -> known.add(device.name().text()));
        return "no loaded file defines " + name + "; see: gpu-cdi list" + NearestMatch.suggestion(name, known);
    }
}
