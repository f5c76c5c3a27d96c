package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made again elsewhere, packages are the same, byte for byte, if the start-up cache is: two of those never are. */
class ReproducibleIT {
    private static final String SUMS = "SHA256SUMS";
    private static final String OF_OLD = "gpu-cdi-0.0.1-linux-x86_64.tar.gz";
    private static final String OF_OTHERS = "notes";

    @TempDir
    private Path own;

    @Test
    void aSecondBuildGivesTheSameAndLeavesNothingOfAnOlderOne() throws Exception {
        Path cache = Packaged.unpacked(own).home().resolve(Installation.CACHE);
        Path again = Files.createDirectories(own.resolve("else where/packages"));
        Files.writeString(again.resolve(OF_OLD), "old");
        Files.writeString(again.resolve(OF_OTHERS), "kept");
        Files.writeString(again.resolve(SUMS), "0".repeat(64) + "  " + OF_OLD + "\n");

        make(again, cache);

        assertThat(again.resolve(SUMS)).hasSameTextualContentAs(Packaged.DIRECTORY.resolve(SUMS));
        assertThat(again.resolve(OF_OLD)).doesNotExist();
        assertThat(again.resolve(OF_OTHERS)).exists();
    }

    private static void make(Path directory, Path cache) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                MakePackages.class.getName(),
                "..",
                System.getProperty("program.directory"),
                directory.toString(),
                Packaged.VERSION,
                System.getProperty("package.arch"),
                System.getProperty("package.time"),
                "--jdk25.home=" + System.getProperty("jdk25.home", ""),
                System.getProperty("toolchains"),
                "--cache=" + cache);
        Commands.run(command, Map.of("TZ", "Asia/Kolkata", "LC_ALL", "C"));
    }
}
