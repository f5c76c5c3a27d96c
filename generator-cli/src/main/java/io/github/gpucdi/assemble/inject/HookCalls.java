package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.assemble.model.HookName;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.host.HostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** How NVIDIA's hook program is called, as nvidia-ctk 1.20 writes it. */
public final class HookCalls {
    private static final String CREATE_CONTAINER = "createContainer";

    private final String hookPath;
    private final AssembleOptions options;
    private final Notices notices;

    public HookCalls(String hookPath, AssembleOptions options, Notices notices) {
        this.hookPath = hookPath;
        this.options = options;
        this.notices = notices;
    }

    /** Whether the hook program takes a path as it is, which it splits at some characters; a warning if not. */
    public boolean takes(String path) {
        boolean safe = path.indexOf(',') < 0 && !path.contains("::");
        if (!safe) {
            notices.warning(
                    path + " left out: the hook program cannot take a path that holds ',' or '::'",
                    "rename it, or use --hooks=none");
        }
        return safe;
    }

    /** Whether the hook that fills the loader's cache counts a file of this name as a library. */
    public static boolean isLibraryName(String file) {
        int so = file.lastIndexOf(".so");
        if (!file.startsWith("lib") || so <= "lib".length() - 1) {
            return false;
        }
        String rest = file.substring(so + ".so".length());
        return rest.isEmpty() || rest.startsWith(".");
    }

    /** Has links made, each {@code target::path}; nothing if there is none. */
    public void addLinks(ContainerEdits.Builder edits, Iterable<String> links) {
        List<String> args = new ArrayList<>();
        for (String link : links) {
            args.add("--link");
            args.add(link);
        }
        if (!args.isEmpty()) {
            add(edits, HookName.CREATE_SYMLINKS, args);
        }
    }

    /** Has the loader's cache filled from folders too; nothing if there is none. */
    public void addCache(ContainerEdits.Builder edits, Set<String> folders) {
        if (!folders.isEmpty()) {
            List<String> args = new ArrayList<>();
            options.ldconfigPath().ifPresent(path -> args.addAll(List.of("--ldconfig-path", path)));
            for (String folder : folders) {
                args.add("--folder");
                args.add(folder);
            }
            add(edits, HookName.UPDATE_LDCACHE, args);
        }
    }

    /** Adds a hook, unless it is switched off. */
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
