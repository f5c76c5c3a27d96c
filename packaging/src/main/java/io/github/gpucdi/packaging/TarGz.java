package io.github.gpucdi.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The archive that is unpacked anywhere. */
final class TarGz {
    private static final int DIRECTORY_MODE = 0755;
    private static final int EXECUTABLE_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private TarGz() {}

    /** @param top the directory that all lies in */
    static void write(Tree tree, String top, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(Gzip.to(out), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            directory(tar, tree, top);
            for (String name : tree.directories()) {
                directory(tar, tree, top + "/" + name);
            }
            for (String name : tree.files()) {
                TarArchiveEntry entry = new TarArchiveEntry(top + "/" + name);
                entry.setSize(Files.size(tree.path(name)));
                put(tar, tree, entry, tree.isExecutable(name) ? EXECUTABLE_MODE : FILE_MODE);
                Files.copy(tree.path(name), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static void directory(TarArchiveOutputStream tar, Tree tree, String name) throws IOException {
        put(tar, tree, new TarArchiveEntry(name + "/", TarConstants.LF_DIR), DIRECTORY_MODE);
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, Tree tree, TarArchiveEntry entry, int mode) throws IOException {
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setLastModifiedTime(FileTime.from(tree.time()));
        tar.putArchiveEntry(entry);
    }
}
