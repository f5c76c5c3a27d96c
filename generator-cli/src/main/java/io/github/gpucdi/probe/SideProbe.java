package io.github.gpucdi.probe;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.FoundFile.Role;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.PlainText;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds devices beside the GPUs by the names of their nodes, which are those that nvidia-ctk 1.20 looks for. Only
 * character devices count, links to them do not.
 */
final class SideProbe {
    private static final Map<SectionKey<SideDevices>, List<String>> NODES = Map.of(
            SectionKey.IMEX, List.of("/dev/nvidia-caps-imex-channels/channel*"),
            SectionKey.GDS, List.of("/dev/nvidia-fs*"),
            SectionKey.GDRCOPY, List.of("/dev/gdrdrv"),
            SectionKey.MOFED, List.of("/dev/infiniband/uverbs*", "/dev/infiniband/rdma_cm"),
            SectionKey.NVSWITCH, List.of("/dev/nvidia-nvswitch*"));

    private final RootedFs dev;
    private final RootedFs driver;

    /**
     * @param dev the tree below the dev root
     * @param driver the tree below the driver root
     */
    SideProbe(RootedFs dev, RootedFs driver) {
        this.dev = dev;
        this.driver = driver;
    }

    Section<SideDevices> probe(SectionKey<SideDevices> key) {
        List<String> patterns = NODES.get(key);
        SideDevices found = find(patterns);
        if (found.nodes().isEmpty() && found.rejected().isEmpty()) {
            List<String> looked = new ArrayList<>();
            for (String pattern : patterns) {
                looked.add(dev.hostPath(pattern));
            }
            return Section.absent("there is no " + String.join(" and no ", looked));
        }
        boolean storage = key.equals(SectionKey.GDS) && !found.nodes().isEmpty();
        return Section.of(storage ? new SideDevices(found.nodes(), found.rejected(), storageFiles()) : found);
    }

    /** The nodes whose paths fit, {@code *} standing for any text in their names. */
    SideDevices find(List<String> patterns) {
        List<CharNode> nodes = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        for (String pattern : patterns) {
            addNodes(HostPath.parent(pattern), new NamePattern(HostPath.name(pattern)), nodes, rejected);
        }
        nodes.sort((a, b) -> a.path().compareTo(b.path()));
        return new SideDevices(nodes, rejected, List.of());
    }

    private void addNodes(String directory, NamePattern wanted, List<CharNode> nodes, List<String> rejected) {
        if (dev.isUnreadableDirectory(directory)) {
            rejected.add(dev.hostPath(directory) + " cannot be read");
        }
        for (String name : dev.list(directory)) {
            Optional<Inode> inode = wanted.matches(name) ? dev.inode(directory, name) : Optional.empty();
            if (inode.isEmpty()) {
                continue;
            }
            if (inode.get().isCharacterDevice() && PathText.isWritable(name)) {
                nodes.add(inode.get().node(directory + "/" + name));
            } else {
                rejected.add(PlainText.escaped(dev.hostPath(directory + "/" + name)) + " is " + what(inode.get()));
            }
        }
    }

    private static String what(Inode inode) {
        return inode.isCharacterDevice()
                ? "a device node whose name no spec can carry"
                : inode.what() + ", not a device node";
    }

    /** The settings of GPUDirect Storage, and what udev knows of the disks, which it asks for. */
    private List<FoundFile> storageFiles() {
        FileLocator locator = new FileLocator(new Failures());
        List<FoundFile> files = new ArrayList<>();
        locator.first(Role.SIDE, "cufile.json", List.of(new Place(driver, "/etc")))
                .ifPresent(files::add);
        locator.directory(Role.SIDE, "udev", new Place(driver, "/run")).ifPresent(files::add);
        return files;
    }
}
