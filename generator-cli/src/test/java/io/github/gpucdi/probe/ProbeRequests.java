package io.github.gpucdi.probe;

import io.github.gpucdi.generate.JnaLoader;
import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests for hosts below a directory. The machine's own NVML is never loaded: tests may run as root. */
public final class ProbeRequests {
    /** Loads what was found in the tree, never what the machine has. */
    public static final NvmlLoader TREE_ONLY = new NvmlLoader() {
        @Override
        public NvmlLibrary load(Path file) {
            return JnaNvmlLibrary.load(file);
        }

        @Override
        public NvmlLibrary loadBySoname() {
            throw new NvmlException("dlopen", 12, "libnvidia-ml.so.1: not in this test");
        }
    };

    private static final Duration LONG = Duration.ofSeconds(60);

    private ProbeRequests() {}

    /** Looks at a host as {@code generate} does, with nothing in the environment. */
    public static ProbeRequest of(Path hostRoot, ProbeOptions options) {
        return of(hostRoot, options, Mode.NVML.sections());
    }

    /** The same, looking at more. */
    public static ProbeRequest of(Path hostRoot, ProbeOptions options, Set<SectionKey<?>> sections) {
        return request(hostRoot, options, sections, false, LONG, TREE_ONLY);
    }

    /** Looks at a host with this NVML, which answers soon. */
    static ProbeRequest nvml(Path hostRoot, NvmlLoader loader, boolean details) {
        return nvml(hostRoot, loader, details, LONG);
    }

    /** The same, waiting so long for each answer. */
    static ProbeRequest nvml(Path hostRoot, NvmlLoader loader, boolean details, Duration timeout) {
        return request(hostRoot, ProbeOptions.DEFAULT, Mode.NVML.sections(), details, timeout, loader);
    }

    /** Looks at a host for what WSL shows, waiting so long for each answer. */
    static ProbeRequest wsl(Path hostRoot, Duration timeout) {
        return request(hostRoot, ProbeOptions.DEFAULT, Mode.WSL.sections(), false, timeout, TREE_ONLY);
    }

    /** Looks for what NVML and libnvidia-sandboxutils say, waiting so long for each answer. */
    static ProbeRequest sandboxutils(Path hostRoot, ProbeOptions options, Duration timeout) {
        return request(hostRoot, options, Set.of(SectionKey.NVML, SectionKey.SANDBOXUTILS), false, timeout, TREE_ONLY);
    }

    private static ProbeRequest request(
            Path hostRoot,
            ProbeOptions options,
            Set<SectionKey<?>> sections,
            boolean details,
            Duration timeout,
            NvmlLoader loader) {
        return new ProbeRequest(
                hostRoot,
                options,
                List.of(),
                Optional.empty(),
                sections,
                List.of(),
                SpecLookup.NONE,
                details,
                false,
                timeout,
                loader,
                new JnaLoader());
    }

    /** Options for a driver root that is the dev root too. */
    public static ProbeOptions driverRoot(String root) {
        return new ProbeOptions(root, root, List.of(), List.of(), Optional.empty());
    }
}
