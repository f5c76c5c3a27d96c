package io.github.gpucdi.probe;

import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
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
 * @param sections what to look at
 * @param engines the container engines that are looked for, if they are
 * @param specs where specs are looked for
 * @param gpuDetails whether to ask for what only listings show of a GPU
 * @param cudaVersion whether to ask for CUDA's version; details and CSV files, which can depend on it, have it asked for anyway
 * @param nvmlTimeout longest wait for the answer to one NVML call; positive
 * @param loader loads NVML
 * @param others loads what is asked besides
 */
public record ProbeRequest(
        Path hostRoot,
        ProbeOptions options,
        List<String> pathEntries,
        Optional<String> xdgDataDirs,
        Set<SectionKey<?>> sections,
        List<EngineSearch> engines,
        SpecLookup specs,
        boolean gpuDetails,
        boolean cudaVersion,
        Duration nvmlTimeout,
        NvmlLoader loader,
        LibraryLoader others) {

    public ProbeRequest {
        pathEntries = List.copyOf(pathEntries);
        sections = Set.copyOf(sections);
        engines = List.copyOf(engines);
    }

    /** The same host, looked at for other sections. */
    public ProbeRequest of(Set<SectionKey<?>> wanted) {
        return new ProbeRequest(
                hostRoot,
                options,
                pathEntries,
                xdgDataDirs,
                wanted,
                engines,
                specs,
                gpuDetails,
                cudaVersion,
                nvmlTimeout,
                loader,
                others);
    }

    /** The same, CUDA's version asked for. */
    public ProbeRequest withCudaVersion() {
        return new ProbeRequest(
                hostRoot,
                options,
                pathEntries,
                xdgDataDirs,
                sections,
                engines,
                specs,
                gpuDetails,
                true,
                nvmlTimeout,
                loader,
                others);
    }

    /** The same with another way to NVML. */
    public ProbeRequest with(NvmlLoader other) {
        return new ProbeRequest(
                hostRoot,
                options,
                pathEntries,
                xdgDataDirs,
                sections,
                engines,
                specs,
                gpuDetails,
                cudaVersion,
                nvmlTimeout,
                other,
                others);
    }
}
