package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangTest {

    @TempDir
    private Path directory;

    @Test
    void aCallThatHangsIsNamed() throws IOException {
        Path hanging = Files.createFile(directory.resolve("hang here"));
        NvmlDouble.configure(DoubleConfig.of(2, "t4").line("hang nvmlDeviceGetUUID gpu=1 until_gone=" + hanging));
        NvmlLibrary library = JnaNvmlLibrary.load(NvmlDouble.buildIn(directory, "560.35.03"));
        try {
            assertThatThrownBy(() -> NvmlThread.call(library, Duration.ofMillis(500), nvml -> {
                        nvml.gpu(0).uuid();
                        return nvml.gpu(1).uuid();
                    }))
                    .isInstanceOfSatisfying(
                            NvmlTimeoutException.class,
                            e -> assertThat(e.call()).isEqualTo("nvmlDeviceGetUUID"));
        } finally {
            NvmlDouble.release(hanging);
        }
    }

    /** In a JVM of its own: the file stays, so the call never returns, and the JVM must end all the same. */
    @Test
    void theJvmEndsWhileACallHangs() throws IOException, InterruptedException {
        Path hanging = Files.createFile(directory.resolve("hang"));
        Path config = directory.resolve("nvml-double.conf");
        DoubleConfig.of(1, "t4").hang("nvmlInit_v2", hanging).write(config);
        Path library = NvmlDouble.buildIn(directory, "560.35.03");
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                library.toString());
        builder.environment().put(NvmlDouble.CONFIG_VARIABLE, config.toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the JVM ended").isTrue();
            assertThat(output).content().isEqualToIgnoringNewLines("nvmlInit_v2: no answer within 200 ms");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Opens a session that hangs, says so, and returns from main without an exit call. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            NvmlLibrary library = JnaNvmlLibrary.load(Path.of(arguments[0]));
            try {
                NvmlThread.call(library, Duration.ofMillis(200), Nvml::deviceCount);
                System.out.println("an answer");
            } catch (NvmlTimeoutException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
