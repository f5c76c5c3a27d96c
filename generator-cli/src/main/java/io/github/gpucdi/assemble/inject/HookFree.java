package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.AssembleOptions;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.HostPath;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * No hooks: each library is mounted under every name a program may open it by, in the directories that loaders
 * search without a cache. Debian-like images search {@code /usr/lib/<triplet>}, others {@code /usr/lib64}, and a
 * spec does not know the image: it serves both.
 */
public final class HookFree implements Injection {
    private static final String LIB64 = "/usr/lib64";

    private final DriverFiles files;
    private final LibraryPlaces places;
    private final String multiarch;
    private final AssembleOptions options;
    private final WrittenPaths paths;
    private final NodeEdits nodeEdits;

    public HookFree(
            DriverFiles files, Platform platform, AssembleOptions options, WrittenPaths paths, NodeEdits nodeEdits) {
        this.files = files;
        this.places = new LibraryPlaces(files.libraryDirectories());
        this.multiarch = multiarch(platform);
        this.options = options;
        this.paths = paths;
        this.nodeEdits = nodeEdits;
    }

    /** Where loaders look without a cache: those of Debian-like images, and of the others. */
    static List<String> loaderDirectories(Platform platform) {
        return List.of(multiarch(platform), LIB64);
    }

    private static String multiarch(Platform platform) {
        return "/usr/lib/" + platform.triplet();
    }

    @Override
    public ContainerEdits common() {
        ContainerEdits.Builder edits = ContainerEdits.builder();
        Set<String> taken = new HashSet<>();
        for (Library library : files.libraries()) {
            if (options.wants(library)) {
                String directory = places.placeOf(HostPath.parent(library.path()));
                for (String name : LibraryNames.of(library)) {
                    mountBelowBoth(edits, taken, paths.host(library.path()), directory + "/" + name);
                }
            }
        }
        for (FoundFile file : files.files()) {
            if (file.role() == FoundFile.Role.XORG || file.role() == FoundFile.Role.WINE) {
                mountBeside(edits, taken, file);
            }
        }
        return edits.env("NVIDIA_CTK_LIBCUDA_DIR=" + multiarch)
                .env("TRITON_LIBCUDA_PATH=" + multiarch)
                .build();
    }

    @Override
    public ContainerEdits device(List<CharNode> nodes, Map<NodeLink, CharNode> links, boolean fullGpu) {
        return nodeEdits.withLinks(nodes, links);
    }

    private void mountBeside(ContainerEdits.Builder edits, Set<String> taken, FoundFile file) {
        String directory = HostPath.parent(file.path());
        List<String> names = new ArrayList<>(List.of(HostPath.name(file.path())));
        if (file.name().startsWith("libglxserver_nvidia.so.")) {
            names.add("libglxserver_nvidia.so");
        }
        for (String name : names) {
            if (places.hold(directory)) {
                mountBelowBoth(edits, taken, paths.host(file), places.placeOf(directory) + "/" + name);
            } else {
                mount(edits, taken, paths.host(file), paths.container(directory) + "/" + name);
            }
        }
    }

    private void mountBelowBoth(ContainerEdits.Builder edits, Set<String> taken, String hostPath, String place) {
        mount(edits, taken, hostPath, multiarch + place);
        mount(edits, taken, hostPath, LIB64 + place);
    }

    private static void mount(ContainerEdits.Builder edits, Set<String> taken, String hostPath, String containerPath) {
        if (taken.add(containerPath)) {
            edits.mount(DriverMounts.file(hostPath, containerPath));
        }
    }
}
