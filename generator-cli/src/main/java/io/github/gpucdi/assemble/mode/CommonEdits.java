package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notice;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FoundFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The edits of every container: control nodes, driver files, environment. */
public final class CommonEdits {
    private static final List<String> CONTROL_NODES =
            List.of("/dev/nvidia-modeset", "/dev/nvidia-uvm-tools", "/dev/nvidia-uvm", "/dev/nvidiactl");
    private static final Set<String> NEEDED_NODES = Set.of("/dev/nvidia-uvm", "/dev/nvidiactl");

    private static final String SMI = "nvidia-smi";

    private final NodeTable nodes;
    private final DriverFiles files;
    private final WrittenPaths paths;
    private final Set<Feature> features;
    private final Notices notices;

    public CommonEdits(NodeTable nodes, DriverFiles files, WrittenPaths paths, Set<Feature> features, Notices notices) {
        this.nodes = nodes;
        this.files = files;
        this.paths = paths;
        this.features = features;
        this.notices = notices;
    }

    public ContainerEdits build(NodeEdits nodeEdits, Injection injection) {
        ContainerEdits.Builder edits = ContainerEdits.builder()
                .addAll(nodeEdits.of(controlNodes()))
                .addAll(injection.common())
                .env("NVIDIA_VISIBLE_DEVICES=void");
        for (FoundFile file : files.files()) {
            mount(edits, file);
        }
        reportFailed();
        if (!hasSmi()) {
            notices.info("nvidia-smi is not on this host: containers do not get it either");
        }
        return edits.build();
    }

    private boolean hasSmi() {
        for (FoundFile file : files.files()) {
            if (file.role() == FoundFile.Role.BINARY && file.name().equals(SMI)) {
                return true;
            }
        }
        return false;
    }

    private List<CharNode> controlNodes() {
        List<CharNode> found = new ArrayList<>();
        for (String path : CONTROL_NODES) {
            Optional<CharNode> node = nodes.at(path);
            node.ifPresent(found::add);
            if (node.isEmpty() && NEEDED_NODES.contains(path)) {
                notices.nodeMissing(
                        Notice.Level.WARNING,
                        path,
                        paths.node(path) + " does not exist as a device node",
                        "CUDA needs it: nvidia-modprobe -u -c 0 makes it, and so does running nvidia-smi as root");
            } else if (node.isEmpty()) {
                notices.debug(paths.node(path) + " is not on this host");
            }
        }
        return found;
    }

    private void mount(ContainerEdits.Builder edits, FoundFile file) {
        switch (file.role()) {
            case BINARY, FIRMWARE -> edits.mount(DriverMounts.file(paths.host(file), paths.container(file.path())));
            case SHARE_CONFIG -> edits.mount(DriverMounts.file(paths.host(file), "/usr/share/" + file.name()));
            case ETC_CONFIG -> edits.mount(DriverMounts.file(paths.host(file), "/etc/" + file.name()));
            case IPC -> {
                if (!features.contains(Feature.NO_IPC)) {
                    edits.mount(DriverMounts.socket(paths.host(file), paths.container(file.path())));
                }
            }
            case XORG -> {
                // Where modules go depends on how libraries are injected.
            }
        }
    }

    private void reportFailed() {
        for (FailedLookup lookup : files.failed()) {
            String at = lookup.path().isEmpty() ? lookup.name() : lookup.path();
            switch (lookup.reason()) {
                case NOT_FOUND -> notices.debug(lookup.name() + " is not on this host");
                case FOREIGN_ELF -> notices.debug(at + " left out: it is for another kind of processor");
                case DANGLING_LINK -> notices.warning(at + " left out: the link leads nowhere", "reinstall the driver");
                case LINK_LOOP -> notices.warning(at + " left out: the link leads back to itself", "remove the link");
                case UNREADABLE -> notices.warning(at + " left out: it cannot be read", "check its permissions");
                case NOT_ELF -> notices.warning(at + " left out: it is no ELF library", "reinstall the driver");
                case UNWRITABLE_NAME ->
                    notices.warning(at + " left out: its name holds a control character", "rename it");
            }
        }
    }
}
