package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Hook;
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
import java.util.OptionalLong;
import java.util.Set;

/** What nvidia-ctk 1.20 writes: libraries at their host paths, everything else done by its hook program. */
public final class NvidiaHooks implements Injection {
    private static final String CREATE_CONTAINER = "createContainer";

    private final DriverFiles files;
    private final String driverVersion;
    private final String hookPath;
    private final AssembleOptions options;
    private final WrittenPaths paths;
    private final NodeEdits nodeEdits;
    private final Notices notices;

    public NvidiaHooks(
            DriverFiles files,
            String driverVersion,
            String hookPath,
            AssembleOptions options,
            WrittenPaths paths,
            NodeEdits nodeEdits,
            Notices notices) {
        this.files = files;
        this.driverVersion = driverVersion;
        this.hookPath = hookPath;
        this.options = options;
        this.paths = paths;
        this.nodeEdits = nodeEdits;
        this.notices = notices;
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
                    if (library.role() != Library.Role.EXPLICIT && isLibraryName(file)) {
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
            } else if (file.role() == FoundFile.Role.XORG && isHookArgument(file.path())) {
                String path = paths.container(file.path());
                edits.mount(DriverMounts.file(paths.host(file), path));
                if (file.name().startsWith("libglxserver_nvidia.so.")) {
                    graphicsLinks.add(file.name() + "::" + HostPath.parent(path) + "/libglxserver_nvidia.so");
                }
            }
        }
        addLibraryDirectories(edits);
        addLinks(edits, graphicsLinks);
        addLinks(edits, driverLinks);
        add(edits, HookName.ENABLE_CUDA_COMPAT, List.of("--host-driver-version=" + driverVersion));
        if (!folders.isEmpty()) {
            List<String> args = new ArrayList<>();
            options.ldconfigPath().ifPresent(path -> args.addAll(List.of("--ldconfig-path", path)));
            for (String folder : folders) {
                args.add("--folder");
                args.add(folder);
            }
            add(edits, HookName.UPDATE_LDCACHE, args);
        }
        add(edits, HookName.DISABLE_DEVICE_NODE_MODIFICATION, List.of());
        add(edits, HookName.UPDATE_APPLICATION_PROFILE, List.of());
        return edits.build();
    }

    @Override
    public ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu) {
        ContainerEdits.Builder edits = ContainerEdits.builder().addAll(nodeEdits.of(nodes));
        List<String> arguments = new ArrayList<>();
        for (NodeLink link : links.keySet()) {
            // The container's path: nvidia-ctk leaves the dev root in front.
            String path = link.path();
            if (isHookArgument(path) && isHookArgument(link.target())) {
                arguments.add(link.target() + "::" + path);
            }
        }
        addLinks(edits, arguments);
        if (fullGpu) {
            addChmod(edits, nodes);
        }
        return edits.build();
    }

    private void addChmod(ContainerEdits.Builder edits, List<CharNode> nodes) {
        Set<String> directories = new LinkedHashSet<>();
        for (CharNode node : nodes) {
            String parent = HostPath.parent(node.path());
            if (parent.equals("/dev/dri") || parent.equals("/dev/nvidia-caps")) {
                directories.add(parent);
            }
        }
        List<String> args = new ArrayList<>(List.of("--mode", "755"));
        for (String directory : directories) {
            args.add("--path");
            args.add(directory);
        }
        add(edits, HookName.CHMOD, args);
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
            if (options.wants(library) && isHookArgument(library.path())) {
                libraries.add(library);
            }
        }
        return libraries;
    }

    /** The hook program splits its arguments at these. */
    private boolean isHookArgument(String path) {
        boolean safe = path.indexOf(',') < 0 && !path.contains("::");
        if (!safe) {
            notices.warning(
                    path + " left out: the hook program cannot take a path that holds ',' or '::'",
                    "rename it, or use --hooks=none");
        }
        return safe;
    }

    private static boolean isLibraryName(String file) {
        int so = file.lastIndexOf(".so");
        if (!file.startsWith("lib") || so <= "lib".length() - 1) {
            return false;
        }
        String rest = file.substring(so + ".so".length());
        return rest.isEmpty() || rest.startsWith(".");
    }

    private void addLinks(ContainerEdits.Builder edits, Iterable<String> links) {
        List<String> args = new ArrayList<>();
        for (String link : links) {
            args.add("--link");
            args.add(link);
        }
        if (!args.isEmpty()) {
            add(edits, HookName.CREATE_SYMLINKS, args);
        }
    }

    private void add(ContainerEdits.Builder edits, HookName hook, List<String> arguments) {
        if (!options.hookSwitches().wants(hook)) {
            return;
        }
        List<String> args = new ArrayList<>();
        String program = HostPath.name(hookPath);
        args.add(program);
        if (program.equals("nvidia-ctk")) {
            args.add("hook");
        }
        args.add(hook.subcommand());
        args.addAll(arguments);
        // An empty env would let old runc run the hook with the image's environment (CVE-2025-23266).
        edits.hook(new Hook(CREATE_CONTAINER, hookPath, args, List.of("NVIDIA_CTK_DEBUG=false"), OptionalLong.empty()));
    }
}
