package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.Mount;
import io.github.gpucdi.host.HostPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which paths and library names a container has once edits are applied and their hooks have run: what is mounted, the
 * links that the hook {@code create-symlinks} makes, and the SONAME links and the cache that {@code update-ldcache}
 * makes for its folders and for the directories that are searched anyway.
 */
final class ContainerFiles {
    private static final int MAX_LINKS = 8;

    private final Set<String> mounted = new HashSet<>();
    private final Map<String, String> links = new HashMap<>();
    private final Set<String> searched = new HashSet<>();

    /**
     * @param sonames DT_SONAME of libraries by the host path that mounts name
     * @param directories that loaders search without a cache
     */
    ContainerFiles(ContainerEdits edits, Map<String, String> sonames, List<String> directories) {
        searched.addAll(directories);
        Set<String> cached = new HashSet<>();
        for (Hook hook : edits.hooks()) {
            if (hook.args().contains(HookName.CREATE_SYMLINKS.subcommand())) {
                addLinks(hook.args());
            } else if (hook.args().contains(HookName.UPDATE_LDCACHE.subcommand())) {
                // It puts the usual directories into the cache too.
                cached.addAll(directories);
                cached.addAll(after("--folder", hook.args()));
            }
        }
        searched.addAll(cached);
        for (Mount mount : edits.mounts()) {
            String folder = HostPath.parent(mount.containerPath());
            mounted.add(mount.containerPath());
            String soname = sonames.get(mount.hostPath());
            if (soname != null && cached.contains(folder)) {
                links.putIfAbsent(folder + "/" + soname, mount.containerPath());
            }
        }
    }

    /** Mounts something at a path, unless the path leads to something that is mounted; whether it did. */
    boolean add(String path) {
        return !has(path) && mounted.add(path);
    }

    private boolean has(String path) {
        String at = path;
        for (int i = 0; i < MAX_LINKS && at != null; i++) {
            if (mounted.contains(at)) {
                return true;
            }
            at = links.get(at);
        }
        return false;
    }

    /** Whether the loader of some image finds a library by its name alone. */
    boolean finds(String name) {
        for (String directory : searched) {
            if (has(directory + "/" + name)) {
                return true;
            }
        }
        return false;
    }

    private void addLinks(List<String> args) {
        for (String link : after("--link", args)) {
            int colons = link.indexOf("::");
            if (colons > 0) {
                String path = link.substring(colons + 2);
                String target = link.substring(0, colons);
                links.put(
                        path,
                        HostPath.normalised(target.startsWith("/") ? target : HostPath.parent(path) + "/" + target));
            }
        }
    }

    private static Set<String> after(String flag, List<String> args) {
        Set<String> values = new HashSet<>();
        for (int i = 1; i < args.size(); i++) {
            if (args.get(i - 1).equals(flag)) {
                values.add(args.get(i));
            }
        }
        return values;
    }
}
