package io.github.gpucdi.probe;

import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether an ordinary user, who owns nothing and is in no group, may read what is at a path. */
final class OpenPath {
    private static final int OTHERS_READ = 04;
    private static final int OTHERS_PASS = 01;

    private final RootedFs host;

    OpenPath(RootedFs host) {
        this.host = host;
    }

    /** The first directory on the way that is closed, or the directory itself if its names cannot be read. */
    Optional<String> closedDirectory(Resolution resolution) {
        return closed(resolution, OTHERS_READ | OTHERS_PASS);
    }

    /** The first directory on the way that is closed, or the file itself. */
    Optional<String> closedFile(Resolution resolution) {
        return closed(resolution, OTHERS_READ);
    }

    private Optional<String> closed(Resolution resolution, int needed) {
        Set<String> onTheWay = new LinkedHashSet<>();
        for (String link : resolution.links()) {
            addParents(onTheWay, link);
        }
        addParents(onTheWay, resolution.path());
        for (String directory : onTheWay) {
            if (!isOpen(directory, OTHERS_PASS)) {
                return Optional.of(PlainText.escaped(directory));
            }
        }
        return isOpen(resolution.path(), needed) ? Optional.empty() : Optional.of(PlainText.escaped(resolution.path()));
    }

    private boolean isOpen(String path, int bits) {
        Optional<Inode> inode = host.inode(path);
        return inode.isPresent() && (inode.get().mode() & bits) == bits;
    }

    private static void addParents(Set<String> names, String path) {
        List<String> upwards = new ArrayList<>();
        String at = path;
        while (!at.equals("/")) {
            at = HostPath.parent(at);
            upwards.add(0, at);
        }
        names.addAll(upwards);
    }
}
