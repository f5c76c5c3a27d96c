package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the sockets of the driver's daemons, and the directory that MPS has its pipes in. */
final class IpcProbe {
    private static final String MPS = "nvidia-mps";

    private final FileLocator locator;
    private final RootedFs driver;

    IpcProbe(FileLocator locator, Roots roots) {
        this.locator = locator;
        this.driver = roots.driver();
    }

    List<FoundFile> probe() {
        List<Place> run = List.of(new Place(driver, "/run"), new Place(driver, "/var/run"));
        List<FoundFile> found = new ArrayList<>();
        locator.first(Role.IPC, "nvidia-persistenced/socket", run).ifPresent(found::add);
        locator.first(Role.IPC, "nvidia-fabricmanager/socket", run).ifPresent(found::add);
        mps().ifPresent(found::add);
        return found;
    }

    /** Only root's own: anybody may make a link of that name to a directory that containers must not have. */
    private Optional<FoundFile> mps() {
        Place tmp = new Place(driver, "/tmp");
        Optional<Inode> pipes = driver.inode(tmp.directory(), MPS);
        boolean others =
                pipes.isPresent() && (pipes.get().isLink() || pipes.get().uid() != 0);
        return others ? Optional.empty() : locator.directory(Role.IPC, MPS, tmp);
    }
}
