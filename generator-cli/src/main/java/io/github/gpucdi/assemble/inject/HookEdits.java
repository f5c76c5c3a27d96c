package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.NodeLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Writes what the hook program of the NVIDIA toolkit is to do. */
public final class HookEdits {
    private static final String CREATE_CONTAINER = "createContainer";

    private final String hookPath;
    private final AssembleOptions options;
    private final NodeEdits nodeEdits;
    private final Notices notices;

    public HookEdits(String hookPath, AssembleOptions options, NodeEdits nodeEdits, Notices notices) {
        this.hookPath = hookPath;
        this.options = options;
        this.nodeEdits = nodeEdits;
        this.notices = notices;
    }

    /** What {@link Injection#device} says. */
    ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu) {
        ContainerEdits.Builder edits = ContainerEdits.builder().addAll(nodeEdits.of(nodes));
        List<String> arguments = new ArrayList<>();
        for (NodeLink link : links.keySet()) {
            // The container's path: nvidia-ctk leaves the dev root in front.
            String path = link.path();
            if (takes(path) && takes(link.target())) {
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

    /** Whether a path can be an argument: the hook program splits its arguments at some characters. */
    public boolean takes(String path) {
        boolean safe = path.indexOf(',') < 0 && !path.contains("::");
        if (!safe) {
            notices.warning(
                    path + " left out: the hook program cannot take a path that holds ',' or '::'",
                    "rename it, or use --hooks=none");
        }
        return safe;
    }

    /** Has links made, each given as its text, two colons and its path. */
    public void addLinks(ContainerEdits.Builder edits, Collection<String> links) {
        List<String> args = new ArrayList<>();
        for (String link : links) {
            args.add("--link");
            args.add(link);
        }
        if (!args.isEmpty()) {
            add(edits, HookName.CREATE_SYMLINKS, args);
        }
    }

    /** Has folders put into the loader's cache. */
    public void addFolders(ContainerEdits.Builder edits, Collection<String> folders) {
        if (folders.isEmpty()) {
            return;
        }
        List<String> args = new ArrayList<>();
        options.ldconfigPath().ifPresent(path -> args.addAll(List.of("--ldconfig-path", path)));
        for (String folder : folders) {
            args.add("--folder");
            args.add(folder);
        }
        add(edits, HookName.UPDATE_LDCACHE, args);
    }

    /** Adds a hook if it is wanted. */
    void add(ContainerEdits.Builder edits, HookName hook, List<String> arguments) {
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
