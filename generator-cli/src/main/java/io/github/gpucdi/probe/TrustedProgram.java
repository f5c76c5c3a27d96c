package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a program can be run as root with an easy mind: only root can change it. */
final class TrustedProgram {
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final RootedFs host;

    TrustedProgram(RootedFs host) {
        this.host = host;
    }

    /**
     * What is wrong with a program; empty for a regular executable that, with all directories on the way to it, belongs
     * to root and is writable by nobody else.
     *
     * @param resolution where its path leads
     */
    Optional<String> fault(Resolution resolution) {
        Optional<String> unusable = unusable(resolution);
        return unusable.isPresent() ? unusable : unsafe(resolution);
    }

    /** Why it cannot be run at all. */
    Optional<String> unusable(Resolution resolution) {
        switch (resolution.kind()) {
            case MISSING:
                return Optional.of("not there");
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
        return program.isEmpty() || !program.get().isExecutable() ? Optional.of("not executable") : Optional.empty();
    }

    /** Who else than root could change what is run. */
    Optional<String> unsafe(Resolution resolution) {
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
