package io.github.gpucdi.settings;

import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** The text of a configuration file: a regular one, not too large, in UTF-8, and as trusted as who reads it. */
final class ConfigText {
    static final int MAX_BYTES = 1 << 20;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final Path SELF = Path.of("/proc/self");

    private ConfigText() {}

    /** A file cannot be had; the message says why, in words that follow its name. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String howToMend;

        Unreadable(String why, String howToMend) {
            super(why);
            this.howToMend = howToMend;
        }

        String howToMend() {
            return howToMend;
        }
    }

    /** The text of the file that {@code path} leads to. */
    static String read(Path path) throws Unreadable {
        try {
            Map<String, Object> inode = Files.readAttributes(path, "unix:isRegularFile,isDirectory,mode,uid");
            if (!Boolean.TRUE.equals(inode.get("isRegularFile"))) {
                boolean directory = Boolean.TRUE.equals(inode.get("isDirectory"));
                throw new Unreadable(directory ? "a directory" : "not a regular file", "give a regular file");
            }
            requireTrusted((int) inode.get("uid"), (int) inode.get("mode"));
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new Unreadable("larger than " + (MAX_BYTES >> 20) + " MiB", "give a smaller file");
                }
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (CharacterCodingException e) {
            throw new Unreadable("not UTF-8", "save it as UTF-8");
        } catch (NoSuchFileException e) {
            throw Files.isSymbolicLink(path)
                    ? new Unreadable("a link that leads nowhere", "correct the link, or take it away")
                    : new Unreadable("no such file", "check its path");
        } catch (FileSystemLoopException e) {
            throw new Unreadable("a link that leads back to itself", "correct the link, or take it away");
        } catch (IOException e) {
            throw new Unreadable(IoReason.of(e), IoReason.hint(e));
        }
    }

    /** It names files that root writes and programs that root runs: who can change it would be root. */
    private static void requireTrusted(int owner, int mode) throws Unreadable {
        if (!isRoot()) {
            return;
        }
        if (owner != 0) {
            throw new Unreadable("not owned by root, who runs this", "chown root it, or do not run this as root");
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            throw new Unreadable("writable by others than root, who runs this", "chmod go-w it");
        }
    }

    /** Without word from the kernel the stricter case. */
    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(SELF, "unix:uid"));
        } catch (IOException e) {
            return true;
        }
    }
}
