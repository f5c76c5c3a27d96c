package io.github.gpucdi.cdi.inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the inodes of this machine. */
final class MachineNodes {
    private static final int TYPE_BITS = 0170000;
    private static final int BLOCK = 0060000;
    private static final int CHAR = 0020000;
    private static final int FIFO = 0010000;

    private MachineNodes() {}

    static Optional<HostNode> at(String path) {
        if (path.endsWith("/")) {
            // Path drops the slash, with which the kernel finds directories only.
            return Optional.empty();
        }
        try {
            Map<String, Object> stat = Files.readAttributes(Path.of(path), "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(of((Integer) stat.get("mode"), (Long) stat.get("rdev")));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** By {@code st_mode} and {@code st_rdev}, whose numbers lie as in glibc's {@code gnu_dev_makedev}. */
    static HostNode of(int mode, long rdev) {
        HostNode.Type type = switch (mode & TYPE_BITS) {
            case BLOCK -> HostNode.Type.BLOCK;
            case CHAR -> HostNode.Type.CHAR;
            case FIFO -> HostNode.Type.FIFO;
            default -> HostNode.Type.OTHER;
        };
        long major = (rdev & 0xfff00L) >>> 8 | (rdev & 0xfffff00000000000L) >>> 32;
        long minor = rdev & 0xffL | (rdev & 0x00000ffffff00000L) >>> 12;
        return new HostNode(type, major, minor, mode & 07777);
    }
}
