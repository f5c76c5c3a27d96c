package io.github.gpucdi.probe;

import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import java.util.ArrayList;
import java.util.List;

/** Finds the sockets of the driver's daemons. As in NVIDIA's own tool, a directory such as that of MPS does not count. */
final class IpcProbe {
    private final FileLocator locator;
    private final RootedFs driver;

    IpcProbe(FileLocator locator, Roots roots) {
        this.locator = locator;
        this.driver = roots.driver();
    }

    List<FoundFile> probe() {
        List<Place> run = List.of(new Place(driver, "/run"), new Place(driver, "/var/run"));
        List<Place> tmp = List.of(new Place(driver, "/tmp"));
        List<FoundFile> found = new ArrayList<>();
        locator.first(Role.IPC, "nvidia-persistenced/socket", run).ifPresent(found::add);
        locator.first(Role.IPC, "nvidia-fabricmanager/socket", run).ifPresent(found::add);
        locator.first(Role.IPC, "nvidia-mps", tmp).ifPresent(found::add);
        return found;
    }
}
