package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.DriverMounts;
import io.github.gpucdi.assemble.inject.FailedLookups;
import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.inject.WrittenPaths;
import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The edits of every container: control nodes, driver files, environment. */
public final class CommonEdits {
    /** Tells NVIDIA's runtime, if it runs too, that there is nothing left for it to do. */
    public static final String VOID = "NVIDIA_VISIBLE_DEVICES=void";

    private static final String SMI = "nvidia-smi";

    private static final List<String> PROGRAM_DIRECTORIES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final List<String> FIRMWARE_DIRECTORIES = List.of("/lib/firmware", "/usr/lib/firmware");

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
        return ContainerEdits.builder()
                .addAll(nodeEdits.of(nodes.controlNodes(paths, notices)))
                .addAll(withoutNodes(injection))
                .build();
    }

    /** Driver files and environment. */
    ContainerEdits withoutNodes(Injection injection) {
        ContainerEdits.Builder edits =
                ContainerEdits.builder().addAll(injection.common()).env(VOID);
        Set<String> taken = new HashSet<>();
        for (FoundFile file : files.files()) {
            mount(edits, taken, file);
        }
        for (FoundFile file : files.files()) {
            mountAtUsualPath(edits, taken, file);
        }
        FailedLookups.report(files.failed(), features, notices);
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

    private void mount(ContainerEdits.Builder edits, Set<String> taken, FoundFile file) {
        String containerPath = paths.container(file);
        switch (file.role()) {
            case BINARY, FIRMWARE, SHARE_CONFIG, ETC_CONFIG -> {
                edits.mount(DriverMounts.file(paths.host(file), containerPath));
                taken.add(containerPath);
            }
            case IPC -> {
                if (!features.contains(Feature.NO_IPC)) {
                    edits.mount(DriverMounts.socket(paths.host(file), containerPath));
                }
            }
            case XORG, WINE, SIDE -> {
                // Where they go depends on how libraries are injected; what is beside GPUs is not among these.
            }
        }
    }

    /** A driver below a directory of its own has programs and firmware where no image looks: they go there as well. */
    private void mountAtUsualPath(ContainerEdits.Builder edits, Set<String> taken, FoundFile file) {
        String containerPath = paths.container(file);
        String usual = switch (file.role()) {
            case BINARY -> usual(PROGRAM_DIRECTORIES, containerPath, "/usr/bin/" + file.name());
            case FIRMWARE -> usual(FIRMWARE_DIRECTORIES, containerPath, "/lib/firmware/" + file.name());
            default -> containerPath;
        };
        if (!usual.equals(containerPath) && taken.add(usual)) {
            edits.mount(DriverMounts.file(paths.host(file), usual));
        }
    }

    private static String usual(List<String> directories, String containerPath, String otherwise) {
        for (String directory : directories) {
            if (containerPath.startsWith(directory + "/")) {
                return containerPath;
            }
        }
        return otherwise;
    }
}
