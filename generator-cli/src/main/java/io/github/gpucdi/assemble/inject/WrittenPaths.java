package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.ProbeOptions;

/**
 * Turns the snapshot's host paths into those that a spec states.
 *
 * @param driverRoot the driver root that was looked into
 * @param targetDriverRoot what stands for it in the spec
 * @param targetDevRoot what stands in the spec for the dev root
 */
public record WrittenPaths(String driverRoot, String targetDriverRoot, String targetDevRoot) {

    public static WrittenPaths of(ProbeOptions probed, AssembleOptions options) {
        return new WrittenPaths(
                probed.driverRoot(),
                options.targetDriverRoot().orElse(probed.driverRoot()),
                options.targetDevRoot().orElse(probed.devRoot()));
    }

    /** The path in the container of a file of the driver: its place below the driver root. */
    public String container(String hostPath) {
        return isInDriverRoot(hostPath) ? hostPath.substring(prefix(driverRoot).length()) : hostPath;
    }

    /** The host path to write for a file of the driver. */
    public String host(String hostPath) {
        return isInDriverRoot(hostPath) ? prefix(targetDriverRoot) + container(hostPath) : hostPath;
    }

    /** The host path to write for a found file: one that leads there without changing root. */
    public String host(FoundFile file) {
        return host(file.resolved().orElse(file.path()));
    }

    /** The path in the container of a found file: configuration has a place of its own, whatever the host's is. */
    public String container(FoundFile file) {
        return switch (file.role()) {
            case SHARE_CONFIG -> "/usr/share/" + file.name();
            case ETC_CONFIG -> "/etc/" + file.name();
            case BINARY, FIRMWARE, IPC, XORG, WINE, SIDE -> container(file.path());
        };
    }

    /** The host path of a device node, given its path below the dev root. */
    public String node(String path) {
        return prefix(targetDevRoot) + path;
    }

    private boolean isInDriverRoot(String hostPath) {
        return hostPath.startsWith(prefix(driverRoot) + "/");
    }

    private static String prefix(String root) {
        return root.equals("/") ? "" : root;
    }
}
