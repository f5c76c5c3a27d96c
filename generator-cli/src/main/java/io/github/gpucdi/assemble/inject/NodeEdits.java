package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.DeviceNumbers;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.DeviceNode;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.NodeLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes device nodes, and the groups that a process needs to open them. */
public final class NodeEdits {
    private static final int OTHERS_READ_WRITE = 06;

    private final WrittenPaths paths;
    private final DeviceNumbers numbers;
    private final boolean additionalGids;

    public NodeEdits(WrittenPaths paths, AssembleOptions options) {
        this.paths = paths;
        this.numbers = options.numbers();
        this.additionalGids = !options.features().contains(Feature.NO_ADDITIONAL_GIDS);
    }

    /** Edits that give {@code nodes} under their own paths. */
    public ContainerEdits of(List<CharNode> nodes) {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        for (CharNode node : nodes) {
            edits.deviceNode(as(node.path(), node));
        }
        return edits.additionalGids(gids(nodes)).build();
    }

    /** The same, and links to some of them as further nodes. */
    ContainerEdits withLinks(List<CharNode> nodes, Map<NodeLink, CharNode> links) {
        ContainerEdits.Builder edits = ContainerEdits.builder().addAll(of(nodes));
        links.forEach((link, node) -> edits.deviceNode(as(link.path(), node)));
        return edits.build();
    }

    /** {@code node} under the path {@code path} of the container. */
    public DeviceNode as(String path, CharNode node) {
        String hostPath = paths.node(node.path());
        DeviceNode.Builder edit = DeviceNode.builder(path).permissions("rwm");
        if (!hostPath.equals(path)) {
            edit.hostPath(hostPath);
        }
        if (numbers == DeviceNumbers.WRITE) {
            edit.numbers(node.major(), node.minor());
        }
        if (node.mode() != 0) {
            edit.fileMode(node.mode());
        }
        if (node.gid() != 0) {
            edit.gid(node.gid());
        }
        return edit.build();
    }

    private Collection<Long> gids(List<CharNode> nodes) {
        if (!additionalGids) {
            return List.of();
        }
        TreeSet<Long> gids = new TreeSet<>();
        for (CharNode node : nodes) {
            boolean openToAll = (node.mode() & OTHERS_READ_WRITE) == OTHERS_READ_WRITE;
            if (node.gid() != 0 && node.mode() != 0 && !openToAll) {
                gids.add(node.gid());
            }
        }
        return new ArrayList<>(gids);
    }
}
