package io.github.gpucdi.probe;

import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.ProbeOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds {@code nvidia-cdi-hook} on the host. Engines run it as root, so one that somebody else than root could replace
 * is not taken.
 */
final class HookProgramProbe {
    private static final String NAME = "nvidia-cdi-hook";
    private static final String[] DIRECTORIES = {"/usr/bin", "/usr/local/bin", "/usr/sbin"};

    private final RootedFs host;
    private final TrustedProgram trust;

    HookProgramProbe(RootedFs host) {
        this.host = host;
        this.trust = new TrustedProgram(host);
    }

    /**
     * @param pathEntries the caller's search path; relative entries are passed over
     */
    HookProgram probe(ProbeOptions options, List<String> pathEntries) {
        if (options.hookPath().isPresent()) {
            return new HookProgram(options.hookPath(), List.of());
        }
        Set<String> directories = new LinkedHashSet<>(List.of(DIRECTORIES));
        directories.addAll(SearchPath.absolute(pathEntries));
        List<String> rejected = new ArrayList<>();
        for (String directory : directories) {
            String path = PathText.child(directory, NAME);
            Resolution resolution = host.resolve(path);
            if (resolution.kind() == Resolution.Kind.MISSING || !PathText.isWritable(path)) {
                continue;
            }
            Optional<String> fault = trust.fault(resolution);
            if (fault.isEmpty()) {
                return new HookProgram(Optional.of(path), rejected);
            }
            rejected.add(path + ": " + PlainText.escaped(fault.get()));
        }
        return new HookProgram(Optional.empty(), rejected);
    }
}
