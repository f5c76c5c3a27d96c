package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.DeviceNode;
import java.util.Optional;
import java.util.OptionalLong;

/** Fills in what a device node leaves to the host. */
final class NodeCompletion {
    private NodeCompletion() {}

    /**
     * {@code node} with type, numbers and mode. A node that states its type and, unless it is a fifo, a major number
     * need not exist on the host.
     */
    static DeviceNode complete(DeviceNode node, HostNodes host, LibraryRelease library) throws CdiException {
        String path = node.hostPath().isEmpty() ? node.path() : node.hostPath();
        boolean fifo = node.type().equals("p");
        boolean stated = fifo || !node.type().isEmpty() && node.major() != 0;
        Optional<HostNode> found = host.at(path);
        if (found.isEmpty() || found.get().type() == HostNode.Type.OTHER) {
            if (stated) {
                return node;
            }
            throw unusable(path, found.isEmpty() ? "there is no such device node on the host" : "not a device node");
        }
        HostNode onHost = found.get();
        OptionalLong mode = node.fileMode().isEmpty() && library.isAtLeast(LibraryRelease.V1_1)
                ? OptionalLong.of(onHost.mode())
                : node.fileMode();
        if (stated) {
            return filled(node, node.type(), node.major(), node.minor(), mode);
        }
        String type = onHost.type().letter();
        if (!node.type().isEmpty() && !node.type().equals(type)) {
            throw unusable(path, "the host's node is of type " + type + ", the spec says " + node.type());
        }
        // A fifo has no numbers, so the library keeps even a minor that is given.
        if (node.major() == 0 && !type.equals("p")) {
            return filled(node, type, onHost.major(), onHost.minor(), mode);
        }
        return filled(node, type, node.major(), node.minor(), mode);
    }

    private static DeviceNode filled(DeviceNode node, String type, long major, long minor, OptionalLong mode) {
        return new DeviceNode(
                node.path(), node.hostPath(), type, major, minor, mode, node.permissions(), node.uid(), node.gid());
    }

    private static CdiException unusable(String path, String what) {
        return new CdiException(Code.HOST_NODE_UNUSABLE, path, what);
    }
}
