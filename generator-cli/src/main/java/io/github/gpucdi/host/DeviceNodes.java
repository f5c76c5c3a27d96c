package io.github.gpucdi.host;

import java.util.List;

/**
 * Device nodes and links below the dev root; paths are without it, such as {@code /dev/nvidia0}.
 *
 * @param nodes what is named {@code nvidia*} in {@code /dev}, and all in {@code /dev/nvidia-caps} and
 *     {@code /dev/dri}, directories left out, sorted by path
 * @param byPath links in {@code /dev/dri/by-path}, sorted by path
 */
public record DeviceNodes(List<CharNode> nodes, List<NodeLink> byPath) {

    public DeviceNodes {
        nodes = List.copyOf(nodes);
        byPath = List.copyOf(byPath);
    }
}
