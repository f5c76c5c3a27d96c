package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NodeLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The edits of one GPU or MIG device. */
public final class DeviceEdits {
    private static final String NODE_HINT =
            "nvidia-modprobe -c <minor> or running nvidia-smi as root makes it; check --dev-root";

    private final NodeTable nodes;
    private final Injection injection;
    private final Notices notices;

    public DeviceEdits(NodeTable nodes, Injection injection, Notices notices) {
        this.nodes = nodes;
        this.injection = injection;
        this.notices = notices;
    }

    /** The device's edits; empty, with a notice, if it lacks what it cannot work without. */
    public Optional<ContainerEdits> of(Selected device) {
        Optional<String> path = device.gpu().node();
        if (path.isEmpty()) {
            notices.leftOut(device.label() + " left out: the driver tells no minor number for it", NODE_HINT);
            return Optional.empty();
        }
        Optional<CharNode> node = gpuNode(device, path.get());
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (device instanceof Selected.Mig mig) {
            return ofMig(mig, node.get());
        }
        List<CharNode> drm = drmOf(device);
        List<CharNode> all = new ArrayList<>(List.of(node.get()));
        all.addAll(drm);
        return Optional.of(injection.device(all, links(device.gpu(), drm), true));
    }

    private Optional<ContainerEdits> ofMig(Selected.Mig device, CharNode gpuNode) {
        MigDevice mig = device.mig();
        if (mig.gpuInstanceCap().isEmpty() || mig.computeInstanceCap().isEmpty()) {
            notices.leftOut(
                    device.label() + " left out: the driver names no capability for GPU instance " + mig.gpuInstance()
                            + ", compute instance " + mig.computeInstance(),
                    "is /proc/driver/nvidia/capabilities readable? it is not in most containers");
            return Optional.empty();
        }
        List<CharNode> all = new ArrayList<>(List.of(gpuNode));
        addCapability(device, MigDevice.CAPABILITY_NODE + mig.gpuInstanceCap().getAsInt(), all);
        addCapability(
                device, MigDevice.CAPABILITY_NODE + mig.computeInstanceCap().getAsInt(), all);
        List<CharNode> drm = draws(device) ? drmOf(device) : List.of();
        all.addAll(drm);
        return Optional.of(injection.device(all, links(device.gpu(), drm), false));
    }

    /** Whether a MIG device has DRM nodes, if its GPU has any. */
    boolean draws(Selected.Mig device) {
        Optional<String> profile = device.mig().profile();
        if (profile.isEmpty()) {
            notices.warning(
                    device.label() + " has an unknown MIG profile: if it can draw, its DRM nodes are missing",
                    "a newer gpu-cdi may know the profile; compute is not affected");
        }
        return profile.isPresent() && isGraphics(profile.get());
    }

    private List<CharNode> drmOf(Selected device) {
        device.gpu()
                .pciFailure()
                .ifPresent(failure -> notices.warning(
                        device.label() + " lacks its DRM nodes, if it has any: " + failure.sentence(),
                        "graphics needs them, compute does not; dmesg may say what is wrong with the GPU"));
        List<String> paths = new ArrayList<>();
        for (String name : device.gpu().drm()) {
            paths.add("/dev/dri/" + name);
        }
        return nodes.drmOf(device.gpu(), paths, notices);
    }

    /** The device's GPU node, without which it is left out. */
    Optional<CharNode> gpuNode(Selected device, String path) {
        Optional<CharNode> node = nodes.at(path);
        if (node.isEmpty()) {
            notices.nodeMissing(
                    Notice.Level.LEFT_OUT,
                    path,
                    device.label() + " left out: " + path + " does not exist as a device node",
                    NODE_HINT);
        }
        return node;
    }

    /** Adds a capability's node, or warns. */
    void addCapability(Selected device, String path, List<CharNode> nodesOfDevice) {
        Optional<CharNode> node = nodes.at(path);
        node.ifPresent(nodesOfDevice::add);
        if (node.isEmpty()) {
            notices.nodeMissing(
                    Notice.Level.WARNING,
                    path,
                    device.label() + ": " + path + " does not exist as a device node",
                    "nvidia-modprobe -f makes it; without it the MIG device cannot be opened");
        }
    }

    private Map<NodeLink, CharNode> links(Gpu gpu, List<CharNode> drm) {
        return gpu.pciAddress().map(address -> nodes.linksTo(drm, address)).orElse(Map.of());
    }

    /** Whether a profile such as {@code 1g.24gb+gfx} or {@code 2g.48gb+me,gfx} has the attribute {@code gfx}. */
    private static boolean isGraphics(String profile) {
        int plus = profile.indexOf('+');
        return plus >= 0 && List.of(profile.substring(plus + 1).split(",")).contains("gfx");
    }
}
