package io.github.gpucdi.probe;

import io.github.gpucdi.host.ProbeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to look at, and how.
 *
 * @param hostRoot where the host's root directory is, {@code /} if the program runs on the host; no path in the
 *     snapshot has it
 * @param options the roots and search paths below it
 * @param pathEntries the caller's search path for programs; relative entries count for nothing
 * @param xdgDataDirs the environment variable {@code XDG_DATA_DIRS}
 * @param extras what to look at besides what every spec is made from
 * @param engines the container engines that are looked for, if {@link Extra#ENGINES} is wanted
 * @param specs where specs are looked for
 * @param nvmlTimeout longest wait for the answer to one NVML call; positive
 * @param loader loads NVML
 */
public record ProbeRequest(
        Path hostRoot,
        ProbeOptions options,
        List<String> pathEntries,
        Optional<String> xdgDataDirs,
        Set<Extra> extras,
        List<EngineSearch> engines,
        SpecLookup specs,
        Duration nvmlTimeout,
        NvmlLoader loader) {

    /** What not every command needs. */
    public enum Extra {
        /** What only listings show of a GPU. */
        GPU_DETAILS,
        /** The installed container engines, which are asked for their versions. */
        ENGINES,
        /** The spec directories, and what the specs there lead to. */
        SPECS,
        /** SELinux and the like. */
        ENVIRONMENT
    }

    public ProbeRequest {
        pathEntries = List.copyOf(pathEntries);
        extras = Set.copyOf(extras);
        engines = List.copyOf(engines);
    }

    /** A request that looks for no engine. */
    public ProbeRequest(
            Path hostRoot,
            ProbeOptions options,
            List<String> pathEntries,
            Optional<String> xdgDataDirs,
            Set<Extra> extras,
            SpecLookup specs,
            Duration nvmlTimeout,
            NvmlLoader loader) {
        this(hostRoot, options, pathEntries, xdgDataDirs, extras, List.of(), specs, nvmlTimeout, loader);
    }
}
