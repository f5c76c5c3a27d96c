package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.testhost.HostTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of device nodes that a user may not read. */
class UnreadableNodesTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"/dev", "/dev/nvidia-caps", "/dev/dri", "/dev/dri/by-path"})
    void theyDoNotCountAsEmpty(String directory) throws Exception {
        HostTree.layOut(root, "dir " + directory + " 000");
        List<String> command = new ArrayList<>();
        if (HostTree.canMakeNodes()) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "root needs setpriv to be kept out");
            command.addAll(List.of("/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        }
        command.addAll(Watching.program());
        command.addAll(List.of("snapshot", "--host-root=" + root));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(json.replaceAll("\\s+", " "))
                .contains("\"nodes\": { \"absent\": \"" + directory + " cannot be read\" }");
    }
}
