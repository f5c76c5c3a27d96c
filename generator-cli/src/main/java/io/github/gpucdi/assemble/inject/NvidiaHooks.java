package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.NodeLink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nvidia-ctk 1.20 writes: libraries at their host paths, everything else done by its hook program. */
public final class NvidiaHooks implements Injection {
    private final DriverFiles files;
    private final String driverVersion;
    private final AssembleOptions options;
    private final WrittenPaths paths;
    private final HookEdits hooks;

    public NvidiaHooks(
            DriverFiles files, String driverVersion, AssembleOptions options, WrittenPaths paths, HookEdits hooks) {
        this.files = files;
        this.driverVersion = driverVersion;
        this.options = options;
        this.paths = paths;
        this.hooks = hooks;
    }

    @Override
    public ContainerEdits common() {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        Set<String> graphicsLinks = new LinkedHashSet<>();
        Set<String> driverLinks = new LinkedHashSet<>();
        Set<String> folders = new LinkedHashSet<>();
        for (Library library : mountable()) {
            String path = paths.container(library.path());
            String folder = HostPath.parent(path);
            String file = HostPath.name(path);
            switch (library.role()) {
                case DRIVER, NVVM, EXPLICIT -> {
                    edits.mount(DriverMounts.file(paths.host(library.path()), path));
                    for (LibraryNames.Alias alias : LibraryNames.linksOf(library)) {
                        driverLinks.add(alias.target() + "::" + folder + "/" + alias.name());
                    }
                    if (library.role() != Library.Role.EXPLICIT && LibraryNames.isLibrary(file)) {
                        folders.add(folder);
                    }
                }
                case EGL_PLATFORM -> edits.mount(DriverMounts.file(paths.host(library.path()), path));
                case VULKAN_PRODUCER -> {
                    edits.mount(DriverMounts.file(paths.host(library.path()), path));
                    graphicsLinks.add(file + "::" + folder + "/libnvidia-vulkan-producer.so");
                }
                case ALLOCATOR ->
                    graphicsLinks.add("../libnvidia-allocator.so.1::" + folder + "/gbm/nvidia-drm_gbm.so");
            }
        }
        for (FoundFile file : files.files()) {
            if (file.role() == FoundFile.Role.WINE) {
                edits.mount(DriverMounts.file(paths.host(file), paths.container(file)));
            } else if (file.role() == FoundFile.Role.XORG && hooks.takes(file.path())) {
                String path = paths.container(file.path());
                edits.mount(DriverMounts.file(paths.host(file), path));
                if (file.name().startsWith("libglxserver_nvidia.so.")) {
                    graphicsLinks.add(file.name() + "::" + HostPath.parent(path) + "/libglxserver_nvidia.so");
                }
            }
        }
        addLibraryDirectories(edits);
        hooks.addLinks(edits, graphicsLinks);
        hooks.addLinks(edits, driverLinks);
        hooks.add(edits, HookName.ENABLE_CUDA_COMPAT, List.of("--host-driver-version=" + driverVersion));
        hooks.addFolders(edits, folders);
        hooks.add(edits, HookName.DISABLE_DEVICE_NODE_MODIFICATION, List.of());
        hooks.add(edits, HookName.UPDATE_APPLICATION_PROFILE, List.of());
        return edits.build();
    }

    @Override
    public ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu) {
        return hooks.device(nodes, links, fullGpu);
    }

    private void addLibraryDirectories(ContainerEdits.Builder edits) {
        List<String> directories = new ArrayList<>();
        for (String directory : files.libraryDirectories()) {
            directories.add(paths.container(directory));
        }
        edits.env("NVIDIA_CTK_LIBCUDA_DIR=" + String.join(":", directories));
    }

    private List<Library> mountable() {
        List<Library> libraries = new ArrayList<>();
        for (Library library : files.libraries()) {
            if (options.wants(library) && hooks.takes(library.path())) {
                libraries.add(library);
            }
        }
        return libraries;
    }
}
