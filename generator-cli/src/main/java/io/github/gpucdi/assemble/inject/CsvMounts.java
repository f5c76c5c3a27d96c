package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvLink;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.Platform;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * No hooks on Tegra systems: whatever is a link on the host is a mount in its place. A library is mounted in the directories
 * too that loaders search without a cache: few images have NVIDIA's own in theirs.
 */
public final class CsvMounts implements Injection {
    private final CsvFiles files;
    private final List<String> loaderDirectories;
    private final WrittenPaths paths;
    private final NodeEdits nodeEdits;
    private final Set<String> mounted = new HashSet<>();

    public CsvMounts(CsvFiles files, Platform platform, WrittenPaths paths, NodeEdits nodeEdits) {
        this.files = files;
        this.loaderDirectories = HookFree.loaderDirectories(platform);
        this.paths = paths;
        this.nodeEdits = nodeEdits;
        for (FoundFile file : files.mounted()) {
            mounted.add(paths.container(file));
        }
        // Some lead to directories.
        for (CsvLink link : files.links()) {
            mounted.add(paths.container(link.target()));
            link.hops().forEach(hop -> mounted.add(paths.container(hop.path())));
        }
    }

    @Override
    public ContainerEdits common() {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        Set<String> taken = new HashSet<>();
        for (FoundFile file : files.mounted()) {
            mount(edits, taken, paths.host(file), paths.container(file));
        }
        for (Library library : files.libraries()) {
            String hostPath = paths.host(library.path());
            String path = paths.container(library.path());
            for (String name : LibraryNames.of(library)) {
                mount(edits, taken, hostPath, HostPath.parent(path) + "/" + name);
            }
        }
        for (CsvLink link : files.links()) {
            String hostPath = paths.host(link.target());
            mount(edits, taken, hostPath, paths.container(link.target()));
            for (CsvLink.Hop hop : link.hops()) {
                mount(edits, taken, hostPath, paths.container(hop.path()));
            }
        }
        for (Library library : files.libraries()) {
            for (String name : LibraryNames.of(library)) {
                mountForLoaders(edits, taken, paths.host(library.path()), name);
            }
        }
        for (CsvLink link : files.links()) {
            for (CsvLink.Hop hop : link.hops()) {
                mountForLoaders(edits, taken, paths.host(link.target()), HostPath.name(hop.path()));
            }
        }
        return edits.build();
    }

    private void mountForLoaders(ContainerEdits.Builder edits, Set<String> taken, String hostPath, String name) {
        if (LibraryNames.isLibrary(name)) {
            for (String directory : loaderDirectories) {
                mount(edits, taken, hostPath, directory + "/" + name);
            }
        }
    }

    private void mount(ContainerEdits.Builder edits, Set<String> taken, String hostPath, String containerPath) {
        if (!isBelowMounted(containerPath) && taken.add(containerPath)) {
            edits.mount(DriverMounts.file(hostPath, containerPath));
        }
    }

    /** What is below a directory that is mounted comes with it; what is not there cannot be made there, read-only. */
    private boolean isBelowMounted(String containerPath) {
        String at = HostPath.parent(containerPath);
        while (!at.equals("/") && !mounted.contains(at)) {
            at = HostPath.parent(at);
        }
        return mounted.contains(at);
    }

    @Override
    public ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu) {
        return nodeEdits.withLinks(nodes, links);
    }
}
