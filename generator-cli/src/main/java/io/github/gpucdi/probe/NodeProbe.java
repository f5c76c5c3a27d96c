package io.github.gpucdi.probe;

import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the device nodes below the dev root. Only character devices count, links to them do not. */
final class NodeProbe {
    private static final String DEV = "/dev";
    private static final String CAPABILITIES = "/dev/nvidia-caps";
    private static final String DRI = "/dev/dri";
    private static final String BY_PATH = "/dev/dri/by-path";

    private final RootedFs fs;

    /**
     * @param fs the tree below the dev root
     */
    NodeProbe(RootedFs fs) {
        this.fs = fs;
    }

    Section<DeviceNodes> probe() {
        if (fs.resolve(DEV).kind() != Resolution.Kind.DIRECTORY) {
            return Section.absent("no directory " + fs.hostPath(DEV));
        }
        for (String directory : List.of(DEV, CAPABILITIES, DRI, BY_PATH)) {
            // Half of the nodes would be taken for all of them.
            if (fs.isUnreadableDirectory(directory)) {
                return Section.absent(fs.hostPath(directory) + " cannot be read");
            }
        }
        List<CharNode> nodes = new ArrayList<>();
        addNodes(nodes, DEV, "nvidia");
        addNodes(nodes, CAPABILITIES, "");
        addNodes(nodes, DRI, "");
        nodes.sort((a, b) -> a.path().compareTo(b.path()));
        return Section.of(new DeviceNodes(nodes, links()));
    }

    private void addNodes(List<CharNode> nodes, String directory, String prefix) {
        String resolved = fs.resolve(directory).path();
        for (String name : fs.list(directory)) {
            if (!name.startsWith(prefix) || !PathText.isWritable(name)) {
                continue;
            }
            Optional<Inode> found = fs.inode(PathText.child(resolved, name));
            if (found.isPresent() && found.get().isCharacterDevice()) {
                nodes.add(found.get().node(directory + "/" + name));
            }
        }
    }

    private List<NodeLink> links() {
        List<NodeLink> links = new ArrayList<>();
        for (String name : fs.list(BY_PATH)) {
            Optional<String> target = fs.linkTarget(BY_PATH, name);
            if (target.isPresent() && PathText.isWritable(name) && PathText.isWritable(target.get())) {
                links.add(new NodeLink(BY_PATH + "/" + name, target.get()));
            }
        }
        return links;
    }
}
