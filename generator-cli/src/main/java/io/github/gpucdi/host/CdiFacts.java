package io.github.gpucdi.host;

import java.util.List;
import java.util.Optional;

/**
 * The directories that engines look for CDI specs in, and what the specs there lead to.
 *
 * @param configHome the directory of the user's configuration that engines take: {@code XDG_CONFIG_HOME}, else
 *     {@code .config} of {@code HOME}
 * @param runtimeDir {@code XDG_RUNTIME_DIR}
 * @param directories in the order looked at, each once
 * @param paths what each host path that a spec names as a mount or device node leads to, sorted by path
 * @param hooks what each program that a spec names as a hook is like, sorted by path
 */
public record CdiFacts(
        Optional<String> configHome,
        Optional<String> runtimeDir,
        List<CdiDirectory> directories,
        List<PathFact> paths,
        List<HookFact> hooks) {

    public CdiFacts {
        directories = List.copyOf(directories);
        paths = List.copyOf(paths);
        hooks = List.copyOf(hooks);
    }
}
