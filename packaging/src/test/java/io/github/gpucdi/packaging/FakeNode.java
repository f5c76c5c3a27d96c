package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The root directory of a node, with the double as its driver. */
record FakeNode(Path root) {
    private static final String DRIVER = "580.95.05";
    private static final String LIBRARIES = "usr/lib/" + System.getProperty("package.arch") + "-linux-gnu";

    /** What each node has in /dev, and directories that engines mount something at. */
    private static final String MAKE = """
            set -e
            cd "$0"
            mkdir -p dev/pts dev/shm dev/mqueue proc sys run usr var
            ln -s /run var/run
            cd dev
            mknod null c 1 3; mknod zero c 1 5; mknod full c 1 7; mknod random c 1 8; mknod urandom c 1 9; mknod tty c 5 0
            chmod 666 null zero full random urandom tty
            ln -s pts/ptmx ptmx
            """;

    private static final String DEVICES =
            "cd \"$0\" && mknod nvidia0 c 195 0 && mknod nvidiactl c 195 255 && chmod 666 nvidia*";

    static FakeNode withoutDriver(Path root) throws Exception {
        Commands.run(List.of("sh", "-c", MAKE, root.toString()));
        return new FakeNode(root);
    }

    /** As its installation does while the node runs. */
    void installDriver() throws Exception {
        Path libraries = Files.createDirectories(root.resolve(LIBRARIES));
        Path library = libraries.resolve("libnvidia-ml.so." + DRIVER);
        Commands.run(List.of("../nvml-double/src/main/c/build.sh", library.toString(), DRIVER));
        Files.createSymbolicLink(libraries.resolve("libnvidia-ml.so.1"), library.getFileName());
        Files.writeString(root.resolve("nvml.conf"), "driver = " + DRIVER + "\ngpu.0 = l40s\n");
        Commands.run(List.of("sh", "-c", DEVICES, root.resolve("dev").toString()));
        loadModule();
    }

    void loadModule() throws IOException {
        Path version = root.resolve("proc/driver/nvidia/version");
        Files.createDirectories(version.getParent());
        Files.writeString(version, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + DRIVER + "  \n");
    }

    void unloadModule() throws IOException {
        Files.delete(root.resolve("proc/driver/nvidia/version"));
    }

    Path spec() {
        return root.resolve("run/cdi/gpu-cdi.yaml");
    }

    Path labels() {
        return root.resolve("etc/kubernetes/node-feature-discovery/features.d/gpu-cdi");
    }
}
