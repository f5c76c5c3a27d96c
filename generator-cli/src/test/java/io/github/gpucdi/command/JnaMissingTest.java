package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation without JNA's native part: nothing is wrong with the driver. */
class JnaMissingTest {
    @TempDir
    Path host;

    @Test
    void isABugOfTheInstallationAndNoMissingDriver() throws IOException, InterruptedException {
        HostTree.layOut(host, "lib /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.1");
        // A JVM of its own: in this one JNA works.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djna.boot.library.path=/nonexistent",
                        "-Djna.nosys=true",
                        "-Djna.noclasspath=true",
                        "-Djna.nounpack=true",
                        Main.class.getName(),
                        "generate",
                        "--host-root=" + host)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.BUG.status());
        assertThat(said)
                .contains("error: gpu-cdi cannot call native libraries: the native part of JNA does not load: ")
                .contains("hint: ")
                .doesNotContain("NVIDIA driver", "\tat ");
    }
}
