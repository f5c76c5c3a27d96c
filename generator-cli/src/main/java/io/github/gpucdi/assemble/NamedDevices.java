package io.github.gpucdi.assemble;

import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives devices their names, one CDI device per naming strategy. */
final class NamedDevices {
    private final List<DeviceNaming> namings;
    private final Notices notices;
    private final Map<String, String> givenBy = new HashMap<>();
    private final List<Device> devices = new ArrayList<>();

    NamedDevices(List<DeviceNaming> namings, Notices notices) {
        this.namings = namings;
        this.notices = notices;
    }

    /** Adds {@code device} under each of its names; a name twice is the user's mistake. */
    void add(Selected device, ContainerEdits edits) throws AssembleException {
        boolean named = false;
        for (DeviceNaming naming : namings) {
            Optional<String> name = device.name(naming);
            if (name.isEmpty() || !QualifiedName.isDeviceName(name.get())) {
                notices.warning(
                        device.label() + " has no name by strategy '" + naming.option() + "'"
                                + name.map(text -> ": CDI forbids '" + text + "'")
                                        .orElse(""),
                        "its other names are written; see --device-name-strategy");
                continue;
            }
            String by = "'" + naming.option() + "' of " + device.label();
            String before = givenBy.putIfAbsent(name.get(), by);
            if (before != null) {
                throw new AssembleException(
                        AssembleException.Reason.USAGE,
                        "two devices would have the name '" + name.get() + "': by " + before + " and by " + by,
                        "give each --device-name-strategy once");
            }
            devices.add(Device.of(name.get(), edits));
            named = true;
        }
        if (!named) {
            notices.leftOut(device.label() + " left out: it has no name", "choose another --device-name-strategy");
        }
    }

    List<Device> devices() {
        return devices;
    }
}
