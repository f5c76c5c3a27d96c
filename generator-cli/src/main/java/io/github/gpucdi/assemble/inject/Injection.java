package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.NodeLink;
import java.util.List;
import java.util.Map;

/** How a container comes to find the driver: by the hooks of the NVIDIA toolkit, or by mounts alone. */
public sealed interface Injection permits NvidiaHooks, HookFree, CsvHooks, CsvMounts {

    /** Libraries, X.Org modules, environment and hooks of every container. */
    ContainerEdits common();

    /**
     * What a device's {@code /dev/dri/by-path} entries and directories need besides its nodes.
     *
     * @param nodes the device's nodes
     * @param links its {@code by-path} links and the nodes they lead to
     * @param fullGpu whether the device is a whole GPU
     */
    ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu);
}
