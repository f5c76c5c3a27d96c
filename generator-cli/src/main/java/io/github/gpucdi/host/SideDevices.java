package io.github.gpucdi.host;

import java.util.List;

/**
 * Devices beside the GPUs, and what goes with them.
 *
 * @param nodes device nodes below the dev root, paths without it, sorted by path
 * @param rejected what has such a name and is no device node, one line each for the user
 * @param files what a container needs besides, below the driver root
 */
public record SideDevices(List<CharNode> nodes, List<String> rejected, List<FoundFile> files) {

    public SideDevices {
        nodes = List.copyOf(nodes);
        rejected = List.copyOf(rejected);
        files = List.copyOf(files);
    }
}
