package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.NodeLink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The host's device nodes by path. */
public final class NodeTable {
    private static final String BY_PATH = "/dev/dri/by-path/";

    private static final List<String> CONTROL_NODES =
            List.of("/dev/nvidia-modeset", "/dev/nvidia-uvm-tools", "/dev/nvidia-uvm", "/dev/nvidiactl");
    private static final Set<String> NEEDED_NODES = Set.of("/dev/nvidia-uvm", "/dev/nvidiactl");

    private final Map<String, CharNode> byPath = new LinkedHashMap<>();
    private final List<NodeLink> links;

    public NodeTable(DeviceNodes nodes) {
        for (CharNode node : nodes.nodes()) {
            byPath.put(node.path(), node);
        }
        links = nodes.byPath();
    }

    /** The node at {@code path}. */
    public Optional<CharNode> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The nodes that are no GPU's, as far as they are there; one that CUDA needs is warned of. */
    List<CharNode> controlNodes(WrittenPaths paths, Notices notices) {
        List<CharNode> found = new ArrayList<>();
        for (String path : CONTROL_NODES) {
            Optional<CharNode> node = at(path);
            node.ifPresent(found::add);
            if (node.isEmpty() && NEEDED_NODES.contains(path)) {
                notices.nodeMissing(
                        Notice.Level.WARNING,
                        path,
                        paths.node(path) + " does not exist as a device node",
                        "CUDA needs it: nvidia-modprobe -u -c 0 makes it, and so does running nvidia-smi as root");
            } else if (node.isEmpty()) {
                notices.debug(paths.node(path) + " is not on this host");
            }
        }
        return found;
    }

    /** The GPU's DRM nodes that exist; missing ones are warned of. */
    public List<CharNode> drmOf(Gpu gpu, List<String> paths, Notices notices) {
        List<CharNode> nodes = new ArrayList<>();
        for (String path : paths) {
            CharNode node = byPath.get(path);
            if (node == null) {
                notices.nodeMissing(
                        Notice.Level.WARNING,
                        path,
                        new Selected.Full(gpu).label() + ": " + path + " does not exist as a device node",
                        "udev makes it; check that /dev is complete, or --dev-root");
            } else {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** The {@code by-path} links of the GPU at {@code pciAddress} that lead to one of {@code targets}. */
    public Map<NodeLink, CharNode> linksTo(List<CharNode> targets, String pciAddress) {
        Map<NodeLink, CharNode> found = new LinkedHashMap<>();
        for (String suffix : List.of("-card", "-render")) {
            String path = BY_PATH + "pci-" + pciAddress + suffix;
            for (NodeLink link : links) {
                if (link.path().equals(path)) {
                    String target = targetOf(link);
                    for (CharNode node : targets) {
                        if (node.path().equals(target)) {
                            found.put(link, node);
                        }
                    }
                }
            }
        }
        return found;
    }

    /** The path that a link leads to. */
    static String targetOf(NodeLink link) {
        boolean absolute = link.target().startsWith("/");
        return HostPath.normalised(absolute ? link.target() : HostPath.parent(link.path()) + "/" + link.target());
    }
}
