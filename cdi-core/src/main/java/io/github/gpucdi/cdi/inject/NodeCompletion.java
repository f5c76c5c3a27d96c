package io.github.gpucdi.cdi.inject;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.cdi.spec.CdiException.Code;
import io.github.gpucdi.cdi.spec.DeviceNode;
import java.util.Optional;

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
        DeviceNode.Builder complete = node.toBuilder();
        if (node.fileMode().isEmpty() && library.isAtLeast(LibraryRelease.V1_1)) {
            complete.fileMode(onHost.mode());
        }
        if (stated) {
            return complete.build();
        }
        String type = onHost.type().letter();
        if (!node.type().isEmpty() && !node.type().equals(type)) {
            throw unusable(path, "the host's node is of type " + type + ", the spec says " + node.type());
        }
        // A fifo has no numbers, so the library keeps even a minor that is given.
        if (node.major() == 0 && !type.equals("p")) {
            complete.numbers(onHost.major(), onHost.minor());
        }
        return complete.type(type).build();
    }

    private static CdiException unusable(String path, String what) {
        return new CdiException(Code.HOST_NODE_UNUSABLE, path, what);
    }
}
