package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvLink;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.NodeLink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nvidia-ctk 1.20 writes on Tegra systems: files at their host paths, links and the loader's cache by hooks. */
public final class CsvHooks implements Injection {
    private final CsvFiles files;
    private final List<String> compat;
    private final WrittenPaths paths;
    private final HookEdits hooks;

    /**
     * @param compat arguments of the hook {@code enable-cuda-compat}; none if it has nothing to go by
     */
    public CsvHooks(CsvFiles files, List<String> compat, WrittenPaths paths, HookEdits hooks) {
        this.files = files;
        this.compat = List.copyOf(compat);
        this.paths = paths;
        this.hooks = hooks;
    }

    @Override
    public ContainerEdits common() {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        Set<String> libraryLinks = new LinkedHashSet<>();
        Set<String> links = new LinkedHashSet<>();
        Set<String> folders = new LinkedHashSet<>();
        for (FoundFile file : files.mounted()) {
            edits.mount(DriverMounts.file(paths.host(file), paths.container(file)));
        }
        for (Library library : files.libraries()) {
            String path = paths.container(library.path());
            if (hooks.takes(path)) {
                edits.mount(DriverMounts.file(paths.host(library.path()), path));
                for (LibraryNames.Alias alias : LibraryNames.linksOf(library)) {
                    libraryLinks.add(alias.target() + "::" + HostPath.parent(path) + "/" + alias.name());
                }
                addFolder(folders, path);
            }
        }
        for (CsvLink link : files.links()) {
            List<String> hops = hops(link);
            String target = paths.container(link.target());
            if (hops.size() == link.hops().size() && hooks.takes(target)) {
                edits.mount(DriverMounts.file(paths.host(link.target()), target));
                links.addAll(hops);
                addFolder(folders, target);
            }
        }
        hooks.addLinks(edits, libraryLinks);
        hooks.addLinks(edits, links);
        if (!compat.isEmpty()) {
            hooks.add(edits, HookName.ENABLE_CUDA_COMPAT, compat);
        }
        hooks.addFolders(edits, folders);
        return edits.build();
    }

    private List<String> hops(CsvLink link) {
        List<String> hops = new ArrayList<>();
        for (CsvLink.Hop hop : link.hops()) {
            String path = paths.container(hop.path());
            if (hooks.takes(path) && hooks.takes(hop.text())) {
                hops.add(hop.text() + "::" + path);
            }
        }
        return hops;
    }

    private static void addFolder(Set<String> folders, String path) {
        if (LibraryNames.isLibrary(HostPath.name(path))) {
            folders.add(HostPath.parent(path));
        }
    }

    @Override
    public ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu) {
        return hooks.device(nodes, links, fullGpu);
    }
}
