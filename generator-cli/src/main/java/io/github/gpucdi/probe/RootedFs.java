package io.github.gpucdi.probe;

import io.github.gpucdi.probe.Resolution.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A directory tree seen as if its top were {@code /}: no link and no {@code ..} leads out of it.
 *
 * <p>There are two kinds. The <em>host</em> is the tree below {@code --host-root}. A driver root or dev root is a
 * tree {@linkplain #below below} the host. Paths given are absolute, below the tree's own top; {@link #hostPath}
 * gives what an engine on the host calls them. An absolute link starts again at the top of the tree that it is
 * followed in, as it would after {@code chroot}.
 *
 * <p>What was read once is remembered: a tree is one look at the machine. Only regular files are opened, after all
 * links, so nothing here can wake a device or wait for a FIFO. Not safe for use by several threads.
 */
final class RootedFs {
    /** Largest text file that is read, in bytes; the rest of a larger one is not seen. */
    static final int MAX_TEXT = 1 << 20;

    private final Optional<RootedFs> host;
    private final String prefix;
    private final String realPrefix;
    private final String top;
    private final boolean present;
    private final SeenTree seen;

    private RootedFs(Optional<RootedFs> host, String prefix, String realPrefix, String top, boolean present) {
        this.host = host;
        this.prefix = prefix;
        this.realPrefix = realPrefix;
        this.top = top;
        this.present = present;
        this.seen = new SeenTree(top);
    }

    /** The host as seen below a directory, {@code /} for the machine itself. */
    static RootedFs host(Path hostRoot) {
        String top = hostRoot.toAbsolutePath().normalize().toString();
        return new RootedFs(Optional.empty(), "", "", top.equals("/") ? "" : top, true);
    }

    /**
     * A tree below this one. Links on the way to its top are followed in this tree.
     *
     * @param root absolute path in this tree; {@code /} is this tree itself
     */
    RootedFs below(String root) {
        if (root.equals("/")) {
            return this;
        }
        Resolution resolved = resolve(root);
        String inside = resolved.path().equals("/") ? "" : resolved.path();
        return new RootedFs(Optional.of(this), prefix + root, inside, top + inside, resolved.kind() == Kind.DIRECTORY);
    }

    /** Whether the top of the tree is a directory. */
    boolean isPresent() {
        return present;
    }

    /** What the host calls a path of this tree. */
    String hostPath(String path) {
        return prefix.isEmpty() ? path : path.equals("/") ? prefix : prefix + path;
    }

    /** The path to open for a path of this tree whose links are resolved, host root included. */
    Path realPath(String resolved) {
        return Path.of(top + resolved);
    }

    /** Follows a path to its end, inside this tree. */
    Resolution resolve(String path) {
        return present ? LinkWalk.resolve(seen, path) : new Resolution(Kind.MISSING, path, List.of());
    }

    /**
     * Whether following the path on the host, where absolute links start at the host's top, ends at the same file.
     *
     * @param resolution what {@link #resolve} said of the path
     */
    boolean leadsThereOnHost(String path, Resolution resolution) {
        if (host.isEmpty() || resolution.links().isEmpty()) {
            return true;
        }
        Resolution onHost = host.get().resolve(prefix + path);
        return onHost.exists() && onHost.path().equals(realPrefix + resolution.path());
    }

    /** {@code lstat} of a name in a directory whose links are followed; empty if it cannot be had. */
    Optional<Inode> inode(String directory, String name) {
        Resolution resolved = resolve(directory);
        if (resolved.kind() != Kind.DIRECTORY) {
            return Optional.empty();
        }
        return seen.entry(PathText.child(resolved.path(), name)).inode();
    }

    /** {@code lstat} of a path whose links are resolved, such as {@link Resolution#path}. */
    Optional<Inode> inode(String resolved) {
        return seen.entry(resolved).inode();
    }

    /** Changes whenever a file is replaced or changed, and a directory's names are; empty if there is nothing. */
    String stamp(String path) {
        Resolution resolved = resolve(path);
        return resolved.exists() ? stampOf(resolved.path()) : "";
    }

    /** The names in a directory, sorted, each with the stamp of what has it, which may be a link. */
    Map<String, String> stamps(String directory) {
        Map<String, String> stamps = new LinkedHashMap<>();
        String resolved = resolve(directory).path();
        for (String name : list(directory)) {
            stamps.put(name, stampOf(PathText.child(resolved, name)));
        }
        return stamps;
    }

    private String stampOf(String resolved) {
        try {
            // A directory of /proc has no time of its last change, but its links are counted.
            return Files.readAttributes(realPath(resolved), "unix:dev,ino,ctime,size,nlink", LinkOption.NOFOLLOW_LINKS)
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * A time of a file that is there, in seconds since 1970; empty if it cannot be had, or is before that.
     *
     * @param which {@code lastModifiedTime} or {@code ctime}
     */
    OptionalLong seconds(String path, String which) {
        Path real = realPath(resolve(path).path());
        try {
            FileTime time = (FileTime) Files.getAttribute(real, "unix:" + which, LinkOption.NOFOLLOW_LINKS);
            long seconds = time.to(TimeUnit.SECONDS);
            return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The text of a symbolic link in a directory whose links are followed; empty if it is none. */
    Optional<String> linkTarget(String directory, String name) {
        Resolution resolved = resolve(directory);
        if (resolved.kind() != Kind.DIRECTORY) {
            return Optional.empty();
        }
        SeenTree.Entry entry = seen.entry(PathText.child(resolved.path(), name));
        return entry.inode().isPresent() && entry.inode().get().isLink()
                ? Optional.of(entry.target())
                : Optional.empty();
    }

    /** Names in a directory, sorted; none if it is not there or not readable. */
    List<String> list(String directory) {
        Resolution resolved = resolve(directory);
        return resolved.kind() == Kind.DIRECTORY ? seen.listing(resolved.path()).names() : List.of();
    }

    /** Whether a path is a directory whose names nobody here may read. */
    boolean isUnreadableDirectory(String directory) {
        Resolution resolved = resolve(directory);
        return resolved.kind() == Kind.UNREADABLE
                || resolved.kind() == Kind.DIRECTORY
                        && !seen.listing(resolved.path()).readable();
    }

    /** Up to {@link #MAX_TEXT} bytes of a regular file as UTF-8; empty if it is none or cannot be read. */
    Optional<String> text(String path) {
        return bytes(path, MAX_TEXT).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Up to so many bytes of a regular file; empty if it is none or cannot be read. */
    Optional<byte[]> bytes(String path, int max) {
        try {
            return Optional.of(read(path, max));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Up to so many bytes of a regular file.
     *
     * @throws NoSuchFileException if the path does not lead to a regular file
     * @throws IOException if it cannot be read
     */
    byte[] read(String path, int max) throws IOException {
        try (ByteSource source = open(path)) {
            // Files in /proc and /sys say nothing true about their size.
            byte[] buffer = new byte[Math.min(max, 4096)];
            int length = source.read(0, buffer);
            while (length == buffer.length && length < max) {
                byte[] more = new byte[(int) Math.min(max - (long) length, length)];
                int read = source.read(length, more);
                buffer = Arrays.copyOf(buffer, length + more.length);
                System.arraycopy(more, 0, buffer, length, read);
                length += read;
            }
            return Arrays.copyOf(buffer, length);
        }
    }

    /**
     * Opens a regular file.
     *
     * @throws NoSuchFileException if the path does not lead to a regular file
     * @throws IOException if it cannot be opened
     */
    ByteSource open(String path) throws IOException {
        Resolution resolved = resolve(path);
        if (resolved.kind() == Kind.UNREADABLE) {
            throw new AccessDeniedException(hostPath(path));
        }
        if (resolved.kind() != Kind.REGULAR) {
            throw new NoSuchFileException(hostPath(path));
        }
        return new ChannelSource(Files.newByteChannel(
                realPath(resolved.path()), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }
}
