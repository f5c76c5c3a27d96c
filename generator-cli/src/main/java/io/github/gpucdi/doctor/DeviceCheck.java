package io.github.gpucdi.doctor;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.cdi.registry.RegisteredDevice;
import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.SectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a spec has the GPUs and MIG devices that the driver reports, told by their device nodes. */
final class DeviceCheck {
    private static final Pattern GPU_NODE = Pattern.compile("/dev/nvidia[0-9]+");
    private static final Pattern CAPABILITY = Pattern.compile(MigDevice.CAPABILITY_NODE + "[0-9]+");

    /** What the driver reports and could be offered: the node that no other device has, and what it is. */
    private final Map<String, String> live = new LinkedHashMap<>();
    /** Nodes that a device of a spec may have. */
    private final Set<String> known = new HashSet<>();
    /** Nodes that CSV files give a processor's GPU besides its own. */
    private final Set<String> besides = new HashSet<>();

    private final boolean driverTells;
    private final Mend mend;

    /**
     * @param mode the one for the host's GPUs
     */
    DeviceCheck(Mode mode, HostSnapshot snapshot, Mend mend) {
        this.mend = mend;
        List<Gpu> gpus = snapshot.get(SectionKey.NVML)
                .data()
                .filter(facts -> facts.failure().isEmpty())
                // In WSL no GPU has a node of its own.
                .filter(facts -> mode != Mode.WSL)
                .map(NvmlFacts::gpus)
                .orElse(List.of());
        driverTells = !gpus.isEmpty();
        gpus.forEach(this::add);
        if (mode == Mode.CSV) {
            snapshot.get(SectionKey.CSV).data().ifPresent(csv -> csv.nodes().forEach(node -> besides.add(node.path())));
            besides.removeAll(known);
        }
    }

    private void add(Gpu gpu) {
        if (gpu.failure().isPresent() || gpu.node().isEmpty()) {
            return;
        }
        String node = gpu.node().get();
        known.add(node);
        if (!gpu.migEnabled()) {
            live.put(node, "GPU " + gpu.index() + label(gpu.uuid()));
            return;
        }
        for (MigDevice mig : gpu.migDevices()) {
            if (mig.failure().isEmpty() && mig.computeInstanceCap().isPresent()) {
                String capability =
                        MigDevice.CAPABILITY_NODE + mig.computeInstanceCap().getAsInt();
                live.put(capability, "MIG device " + gpu.index() + ":" + mig.index() + label(mig.uuid()));
                known.add(capability);
                mig.gpuInstanceCap().ifPresent(cap -> known.add(MigDevice.CAPABILITY_NODE + cap));
            }
        }
    }

    private static String label(String uuid) {
        return uuid.isEmpty() ? "" : " (" + uuid + ")";
    }

    /**
     * Compares with the devices of the file that {@code all} comes from.
     *
     * @param all a device of that file
     */
    List<Symptom> symptoms(RegisteredDevice all) {
        if (!driverTells) {
            return List.of();
        }
        String file = all.file().toString();
        Set<String> nodes = new HashSet<>();
        List<String> unknown = unknown(all.spec(), nodes);
        List<String> lacking = new ArrayList<>();
        live.forEach((node, label) -> {
            if (!nodes.contains(node)) {
                lacking.add(label + ": " + node);
            }
        });
        List<Symptom> symptoms = new ArrayList<>();
        if (!lacking.isEmpty()) {
            symptoms.add(Symptom.of(
                    FindingId.DEVICE_NOT_IN_SPEC,
                    file,
                    file + " lacks " + count(lacking.size(), "GPU or MIG device", "GPUs or MIG devices")
                            + " that the driver reports",
                    lacking,
                    mend.generate(file)));
        }
        if (!unknown.isEmpty()) {
            symptoms.add(Symptom.of(
                    FindingId.DEVICE_NOT_IN_DRIVER,
                    file,
                    file + " has " + count(unknown.size(), "device", "devices") + " that the driver does not report",
                    unknown,
                    mend.generate(file)));
        }
        return symptoms;
    }

    /** Devices with a GPU's or capability's node that is not the driver's; the nodes of all are collected. */
    private List<String> unknown(CdiSpec spec, Set<String> nodes) {
        Map<Set<String>, List<String>> names = new LinkedHashMap<>();
        Map<Set<String>, String> why = new HashMap<>();
        for (Device device : spec.devices()) {
            boolean partitioned = false;
            Set<String> own = new LinkedHashSet<>();
            for (DeviceNode node : device.containerEdits().deviceNodes()) {
                partitioned |= CAPABILITY.matcher(node.path()).matches();
                boolean isOwn = GPU_NODE.matcher(node.path()).matches()
                        || CAPABILITY.matcher(node.path()).matches();
                if (isOwn && !besides.contains(node.path())) {
                    own.add(node.path());
                }
            }
            nodes.addAll(own);
            if (device.name().equals(AssembleOptions.ALL)) {
                continue;
            }
            List<String> reasons = new ArrayList<>();
            for (String node : own) {
                boolean wholeButPartitioned = !partitioned && known.contains(node) && !live.containsKey(node);
                if (!known.contains(node)) {
                    reasons.add(node);
                } else if (wholeButPartitioned) {
                    reasons.add(node + " is in MIG mode now");
                }
            }
            if (!reasons.isEmpty()) {
                // A device has several names and nodes, and is one all the same: its nodes tell.
                names.computeIfAbsent(own, unseen -> new ArrayList<>()).add(device.name());
                why.put(own, String.join(", ", reasons));
            }
        }
        List<String> unknown = new ArrayList<>();
        names.forEach((own, called) -> unknown.add(String.join(", ", called) + ": " + why.get(own)));
        return unknown;
    }

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
