package io.github.gpucdi.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host with the node {@code /dev/nvmap}, for CSV files. */
record CsvHost(Path root) {
    /** Where they are. */
    static final String FOLDER = "/etc/nvidia-container-runtime/host-files-for-container.d/";

    static CsvHost below(Path root) {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        CsvHost host = new CsvHost(root);
        host.layOut("chr /dev/nvmap 10 120 660 0 44");
        return host;
    }

    void layOut(String tree) {
        HostTree.layOut(root, tree);
    }

    void csv(String name, String text) throws IOException {
        Path file = root.resolve((FOLDER + name).substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Run generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--mode=csv", "--host-root=" + root));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(new String[0]));
    }
}
