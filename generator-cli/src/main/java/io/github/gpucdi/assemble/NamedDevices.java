package io.github.gpucdi.assemble;

import io.github.gpucdi.assemble.mode.ModeDevice;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives devices their names, one CDI device per naming strategy. */
final class NamedDevices {
    private final List<DeviceNaming> namings;
    private final Notices notices;
    private final Map<String, String> givenBy = new HashMap<>();
    private final Map<DeviceNaming, Map<String, List<ModeDevice>>> claims = new EnumMap<>(DeviceNaming.class);
    private final List<Device> devices = new ArrayList<>();

    /**
     * @param all every device that will be added: two of one UUID are told apart before either has it
     */
    NamedDevices(List<DeviceNaming> namings, Collection<? extends ModeDevice> all, Notices notices) {
        this.namings = namings;
        this.notices = notices;
        for (DeviceNaming naming : namings) {
            Map<String, List<ModeDevice>> claimed = claims.computeIfAbsent(naming, key -> new HashMap<>());
            for (ModeDevice device : all) {
                device.name(naming).ifPresent(name -> {
                    List<ModeDevice> claimants = claimed.computeIfAbsent(name, key -> new ArrayList<>());
                    if (!claimants.contains(device)) {
                        claimants.add(device);
                    }
                });
            }
        }
    }

    /** Adds {@code device} under each of its names; a name twice is the user's mistake. */
    void add(ModeDevice device, ContainerEdits edits) throws AssembleException {
        boolean named = false;
        for (DeviceNaming naming : namings) {
            Optional<String> name = device.name(naming);
            if (name.isEmpty() && naming == DeviceNaming.UUID) {
                // Only that of a Tegra system, which may have no NVML, is offered without one.
                notices.info(device.label() + " has no UUID, so no such name");
                continue;
            }
            if (name.isEmpty() || !QualifiedName.isDeviceName(name.get())) {
                notices.warning(
                        device.label() + " has no name by strategy '" + naming.option() + "'"
                                + name.map(text -> ": CDI forbids '" + text + "'")
                                        .orElse(""),
                        "its other names are written; see --device-name-strategy");
                continue;
            }
            List<ModeDevice> claimants = claims.get(naming).get(name.get());
            if (claimants.size() > 1) {
                // Whoever asks for it by this name must not get one of them by chance.
                notices.warning(
                        device.label() + " has no name by strategy '" + naming.option() + "': the driver says "
                                + name.get() + " of " + claimants.size() + " devices",
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
