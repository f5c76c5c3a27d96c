package io.github.gpucdi.probe;

import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostPath;
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
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final RootedFs host;

    HookProgramProbe(RootedFs host) {
        this.host = host;
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
            Optional<String> fault = fault(resolution);
            if (fault.isEmpty()) {
                return new HookProgram(Optional.of(path), rejected);
            }
            rejected.add(path + ": " + PathText.escaped(fault.get()));
        }
        return new HookProgram(Optional.empty(), rejected);
    }

    private Optional<String> fault(Resolution resolution) {
        switch (resolution.kind()) {
            case DANGLING:
                return Optional.of("a link to nothing");
            case LOOP:
                return Optional.of("a link that leads back to itself");
            case UNREADABLE:
                return Optional.of("not readable");
            case REGULAR:
                break;
            default:
                return Optional.of("not a regular file");
        }
        Optional<Inode> program = host.inode(resolution.path());
        if (program.isEmpty() || !program.get().isExecutable()) {
            return Optional.of("not executable");
        }
        Set<String> trusted = new LinkedHashSet<>();
        trusted.add(resolution.path());
        addParents(trusted, resolution.path());
        // Whoever can change a directory with a link on the way can change where it leads.
        for (String link : resolution.links()) {
            addParents(trusted, link);
        }
        for (String name : trusted) {
            Optional<Inode> inode = host.inode(name);
            if (inode.isEmpty()) {
                return Optional.of(name + " cannot be looked at");
            }
            if (inode.get().uid() != 0) {
                return Optional.of(name + " is not owned by root");
            }
            if ((inode.get().mode() & WRITABLE_BY_OTHERS) != 0) {
                return Optional.of(name + " is writable by others than its owner");
            }
        }
        return Optional.empty();
    }

    private static void addParents(Set<String> names, String path) {
        String at = path;
        do {
            at = HostPath.parent(at);
            names.add(at);
        } while (!at.equals("/"));
    }
}
