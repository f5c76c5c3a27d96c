package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The host's paths for who is no probe: links below another root are followed inside it, not on this machine. */
public final class HostFiles {
    private final RootedFs host;
    private final Path hostRoot;
    private final boolean isMachine;

    private HostFiles(Path hostRoot) {
        this.hostRoot = hostRoot;
        this.host = RootedFs.host(hostRoot);
        this.isMachine = hostRoot.equals(Path.of("/"));
    }

    /** Those of the host whose root directory is {@code hostRoot}, itself perhaps a link, as {@code /proc/1/root} is. */
    public static HostFiles below(Path hostRoot) {
        return new HostFiles(hostRoot);
    }

    /** Whether the host's root is a directory. */
    public boolean isPresent() {
        return host.inode("/").filter(Inode::isDirectory).isPresent();
    }

    /**
     * Where this machine finds a path of the host, whether or not anything is there; the path as it stands on the
     * machine itself. Empty if its links lead in a circle, or nowhere that could be named.
     *
     * @param path absolute, as the host calls it
     */
    public Optional<Path> locate(String path) {
        if (isMachine) {
            return Optional.of(Path.of(path));
        }
        Resolution resolution = host.resolve(path);
        return switch (resolution.kind()) {
            case LOOP -> Optional.empty();
            case DANGLING -> behindLink(path);
            case MISSING, UNREADABLE -> inParent(path);
            default -> Optional.of(host.realPath(resolution.path()));
        };
    }

    /**
     * The same for a path of this machine: below the host's root its links are the host's, elsewhere it stands.
     *
     * @param path absolute, normalised
     */
    public Optional<Path> follow(Path path) {
        return path.startsWith(hostRoot) ? locate("/" + hostRoot.relativize(path)) : Optional.of(path);
    }

    /** The path, free of links, of what the host has at {@code path}; empty if it has nothing there. */
    public Optional<Path> real(String path) {
        Resolution resolution = host.resolve(path);
        return switch (resolution.kind()) {
            case LOOP, DANGLING, MISSING, UNREADABLE -> Optional.empty();
            default -> Optional.of(host.realPath(resolution.path()));
        };
    }

    /** A link to nothing: where its target would be. */
    private Optional<Path> behindLink(String path) {
        String directory = HostPath.parent(path);
        return host.linkTarget(directory, HostPath.name(path))
                .map(target -> target.startsWith("/")
                        ? target
                        : host.resolve(directory).path() + "/" + target)
                .flatMap(this::locate);
    }

    /** What is not there stands where its directory is; what {@code ..} means in nothing nobody knows. */
    private Optional<Path> inParent(String path) {
        String name = HostPath.name(path);
        return name.equals("..")
                ? Optional.empty()
                : locate(HostPath.parent(path)).map(directory -> directory.resolve(name));
    }

    /**
     * Why a program is not to be run as root: it is no regular executable, or somebody else than root can change it or a
     * directory on the way to it; empty if it can be run with an easy mind.
     *
     * @param path absolute, as the host calls it
     */
    public Optional<String> faultOfProgram(String path) {
        RootedFs now = RootedFs.host(hostRoot);
        return new TrustedProgram(now).fault(now.resolve(path));
    }

    /**
     * A regular file's text; empty if the path leads to none, or to one that is larger.
     *
     * @param path absolute, as the host calls it
     * @param max bytes
     * @throws IOException if it cannot be read, or is not UTF-8
     */
    public Optional<String> text(String path, int max) throws IOException {
        try {
            byte[] bytes = host.read(path, max + 1);
            return bytes.length > max
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether two paths of this machine are one directory, or would be once they are made. By what they are, not by
     * name: a node's directory may be mounted into a container, and {@code /proc/1/root} has no other name.
     */
    public static boolean areSame(Path a, Path b) {
        if (a.equals(b)) {
            return true;
        }
        try {
            if (Files.exists(a) && Files.exists(b)) {
                return Files.isSameFile(a, b);
            }
        } catch (IOException e) {
            return false;
        }
        return !Files.exists(a)
                && !Files.exists(b)
                && a.getFileName().equals(b.getFileName())
                && areSame(a.getParent(), b.getParent());
    }
}
