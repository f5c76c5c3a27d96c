package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.DeviceNaming;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which GPUs and MIG devices a list of device ids means, as nvidia-ctk reads it; besides, names by minor numbers. */
public final class DeviceSelection {
    private static final Set<String> DISPLAY_ONLY = Set.of("DGX Display", "NVIDIA DGX Display");

    private final List<Gpu> gpus;
    private final Notices notices;

    public DeviceSelection(List<Gpu> gpus, Notices notices) {
        this.gpus = gpus;
        this.notices = notices;
    }

    /** The devices that {@code ids} mean; those that cannot be offered are left out with a notice. */
    public List<Selected> select(List<String> ids) throws AssembleException {
        if (ids.contains(AssembleOptions.ALL)) {
            return all();
        }
        Set<Selected> selected = new LinkedHashSet<>();
        for (String id : ids) {
            List<Selected> found = find(id);
            if (found.size() > 1) {
                throw new AssembleException(
                        AssembleException.Reason.USAGE,
                        found.size() + " devices have the id '" + id + "': "
                                + found.get(0).label() + " and " + found.get(1).label(),
                        "name them by index; see: gpu-cdi devices");
            }
            Selected device = found.stream().findFirst().orElseThrow(() -> unknown(id));
            if (isUsable(device)) {
                selected.add(device);
            }
        }
        return new ArrayList<>(selected);
    }

    private List<Selected> all() {
        List<Selected> selected = new ArrayList<>();
        for (Gpu gpu : gpus) {
            Selected.Full full = new Selected.Full(gpu);
            if (DISPLAY_ONLY.contains(gpu.name())) {
                notices.debug(full.label() + " only drives a display: left out");
            } else if (!gpu.migEnabled()) {
                if (isUsable(full)) {
                    selected.add(full);
                }
            } else if (gpu.failure().isPresent()) {
                leaveOut(full.label(), gpu.failure().get());
            } else if (gpu.migDevices().isEmpty()) {
                notices.warning(
                        full.label() + " is in MIG mode and has no MIG device: it has nothing to offer",
                        "create MIG devices (nvidia-smi mig -cgi … -C) or switch MIG mode off (nvidia-smi -i "
                                + gpu.index() + " -mig 0)");
            } else {
                for (MigDevice mig : gpu.migDevices()) {
                    Selected.Mig device = new Selected.Mig(gpu, mig);
                    if (isUsable(device)) {
                        selected.add(device);
                    }
                }
            }
        }
        return selected;
    }

    private boolean isUsable(Selected device) {
        Optional<NvmlFailure> failure = device.gpu().failure();
        if (failure.isEmpty() && device instanceof Selected.Mig mig) {
            failure = mig.mig().failure();
        }
        failure.ifPresent(cause -> leaveOut(device.label(), cause));
        return failure.isEmpty() && hasOwnNode(device);
    }

    /** Of two GPUs with one device node, who knows which is partitioned: neither is offered. */
    private boolean hasOwnNode(Selected device) {
        OptionalInt minor = device.gpu().minor();
        for (Gpu other : gpus) {
            if (minor.isPresent()
                    && other.index() != device.gpu().index()
                    && other.minor().equals(minor)) {
                notices.leftOut(
                        device.label() + " left out: the driver says minor number " + minor.getAsInt() + " of GPU "
                                + other.index() + " too",
                        "nvidia-smi -q shows minor numbers; dmesg may say what is wrong with the driver");
                return false;
            }
        }
        return true;
    }

    private void leaveOut(String label, NvmlFailure failure) {
        notices.leftOut(
                label + " left out: " + failure.sentence(),
                "look for NVRM messages in the kernel log (dmesg); a lost GPU comes back with a reset or a reboot");
    }

    private List<Selected> find(String id) {
        List<Selected> found = new ArrayList<>();
        for (Gpu gpu : gpus) {
            if (id.equals(gpu.uuid())
                    || isIndex(id, gpu.index())
                    || Optional.of(id).equals(DeviceNaming.MINOR.name(gpu))) {
                found.add(new Selected.Full(gpu));
            }
            for (MigDevice mig : gpu.migDevices()) {
                if (id.equals(mig.uuid())
                        || isPair(id, gpu.index(), mig.index())
                        || Optional.of(id).equals(DeviceNaming.MINOR.name(gpu, mig))) {
                    found.add(new Selected.Mig(gpu, mig));
                }
            }
        }
        return found;
    }

    private static boolean isPair(String id, int gpu, int mig) {
        int colon = id.indexOf(':');
        return colon > 0 && isIndex(id.substring(0, colon), gpu) && isIndex(id.substring(colon + 1), mig);
    }

    /** Whether {@code text} is {@code index} in decimal; leading zeros are allowed, as nvidia-ctk allows them. */
    private static boolean isIndex(String text, int index) {
        int from = 0;
        while (from < text.length() - 1 && text.charAt(from) == '0') {
            from++;
        }
        return text.substring(from).equals(Integer.toString(index));
    }

    private AssembleException unknown(String id) {
        StringBuilder known = new StringBuilder("all, none");
        for (Gpu gpu : gpus) {
            known.append(", ").append(gpu.index());
            for (MigDevice mig : gpu.migDevices()) {
                known.append(", ").append(gpu.index()).append(':').append(mig.index());
            }
        }
        StringBuilder silent = new StringBuilder();
        for (Gpu gpu : gpus) {
            gpu.failure()
                    .ifPresent(failure -> silent.append("; of ")
                            .append(new Selected.Full(gpu).label())
                            .append(" not all is known: ")
                            .append(failure.sentence()));
        }
        return new AssembleException(
                AssembleException.Reason.USAGE,
                "no GPU or MIG device has the id '" + id + "'" + silent,
                "this host has " + known + " and their UUIDs; see: gpu-cdi devices");
    }
}
