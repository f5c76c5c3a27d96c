package io.github.gpucdi.probe;

import io.github.gpucdi.probe.Resolution.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel says of names below a directory, asked once for each and remembered. Paths given begin there with a slash, and no
 * link is on the way to the name. Not safe for use by several threads.
 */
final class SeenTree {
    private final String top;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Listing> listings = new HashMap<>();

    /**
     * Nothing seen yet.
     *
     * @param top the directory; empty for the machine's root
     */
    SeenTree(String top) {
        this.top = top;
    }

    /** What {@code lstat} and {@code readlink} said; exactly one of inode and failure is there. */
    record Entry(Optional<Inode> inode, String target, Kind failure) {
        static Entry failed(Kind failure) {
            return new Entry(Optional.empty(), "", failure);
        }
    }

    /** The names in a directory, sorted; none if nobody here may read them. */
    record Listing(List<String> names, boolean readable) {}

    /** What stands at a path. */
    Entry entry(String path) {
        Entry known = entries.get(path);
        if (known == null) {
            known = look(path);
            entries.put(path, known);
        }
        return known;
    }

    /** Whether a path is known to be a directory with no link on the way to it. */
    boolean hasWalkedTo(String path) {
        Entry known = entries.get(path);
        return known != null && known.inode().isPresent() && known.inode().get().isDirectory();
    }

    private Entry look(String path) {
        try {
            Path real = Path.of(top + path);
            // The host's root may be reached by a link, such as /proc/1/root: the host knows the directory only.
            LinkOption[] follow = path.equals("/") ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
            Map<String, Object> stat = Files.readAttributes(real, "unix:mode,rdev,uid,gid", follow);
            Inode inode = new Inode(
                    (Integer) stat.get("mode"),
                    (Long) stat.get("rdev"),
                    Integer.toUnsignedLong((Integer) stat.get("uid")),
                    Integer.toUnsignedLong((Integer) stat.get("gid")));
            String target = inode.isLink() ? Files.readSymbolicLink(real).toString() : "";
            return new Entry(Optional.of(inode), target, Kind.MISSING);
        } catch (NoSuchFileException | NotLinkException | InvalidPathException e) {
            return Entry.failed(Kind.MISSING);
        } catch (IOException e) {
            return Entry.failed(isTooLong(path) ? Kind.MISSING : Kind.UNREADABLE);
        }
    }

    /** Linux has no names over 255 bytes and no paths over 4095: such a name cannot be there. */
    private static boolean isTooLong(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                if (i - start > 255) {
                    return true;
                }
                start = i + 1;
            }
        }
        return bytes.length > 4000;
    }

    /** What is in a directory. */
    Listing listing(String resolved) {
        Listing known = listings.get(resolved);
        if (known == null) {
            String[] names = Path.of(top + resolved).toFile().list();
            if (names == null) {
                known = new Listing(List.of(), false);
            } else {
                Arrays.sort(names);
                known = new Listing(List.of(names), true);
            }
            listings.put(resolved, known);
        }
        return known;
    }
}
