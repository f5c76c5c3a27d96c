package io.github.gpucdi.option;

import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.terminal.CommandFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What options say of how a snapshot was probed, each empty if it is not given. A replay is judged as the machine would be, so it
 * cannot take what only the probes could have used.
 */
record ReplayOptions(
        Optional<String> driverRoot,
        Optional<String> devRoot,
        Optional<List<String>> librarySearchPaths,
        Optional<List<String>> configSearchPaths,
        Optional<List<String>> csvFiles,
        Optional<String> hookPath) {

    /** Those that are given; a mistake in one is told here, whatever a snapshot holds. */
    static ReplayOptions of(HostOptions options) {
        if (HostSource.given(options.hostRoot.value()).isPresent()) {
            throw CommandFailure.usage(
                    "--host-root differs from what snapshots were probed with: their paths are the host's own",
                    "leave it out");
        }
        return new ReplayOptions(
                HostSource.given(options.driverRoot.value()).map(root -> GivenPath.absolute("--driver-root", root)),
                HostSource.given(options.devRoot.value()).map(root -> GivenPath.absolute("--dev-root", root)),
                given(options.librarySearchPaths, paths -> GivenPath.parts("--library-search-path", paths)),
                given(options.configSearchPaths, paths -> GivenPath.parts("--config-search-path", paths)),
                given(options.csvFiles, HostSource::csvFiles),
                HostSource.hookPath(options.hookPath.value()));
    }

    private static Optional<List<String>> given(Argument<List<String>> option, UnaryOperator<List<String>> read) {
        return option.value().isEmpty() ? Optional.empty() : Optional.of(read.apply(option.value()));
    }

    /**
     * Refuses a snapshot that was probed otherwise.
     *
     * @param what the snapshot, in words
     */
    void requireOf(ProbeOptions recorded, String what) {
        requireSame("--driver-root", driverRoot, recorded.driverRoot(), what);
        requireSame("--dev-root", devRoot, recorded.devRoot(), what);
        requireSame("--library-search-path", librarySearchPaths, recorded.librarySearchPaths(), what);
        requireSame("--config-search-path", configSearchPaths, recorded.configSearchPaths(), what);
        requireSame("--csv.file", csvFiles, recorded.csvFiles(), what);
        requireSame("--nvidia-cdi-hook-path", hookPath.map(Optional::of), recorded.hookPath(), what);
    }

    private static <T> void requireSame(String option, Optional<T> given, T recorded, String what) {
        if (given.isPresent() && !given.get().equals(recorded)) {
            throw CommandFailure.usage(
                    option + " differs from what the " + what + " was probed with",
                    "leave it out, or make a snapshot with it; --target-driver-root and --target-dev-root change what"
                            + " is written");
        }
    }
}
