package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start costs, in a number that does not depend on the machine: classes that the start-up cache does not hold. */
class LoadedClassesIT {
    /** A driver of another machine may take another way through the program: so much may be missed. */
    private static final int FEW = 3;

    private static final String CACHED = "source: shared objects file";
    /** The program that made the cache: it takes options of the virtual machine, which the launcher does not. */
    private static final Path STARTER =
            Packaged.DIRECTORY.resolveSibling("packages.work").resolve("training");

    @TempDir
    private static Path folder;

    private static Packaged installed;

    @BeforeAll
    static void unpack() throws Exception {
        installed = Packaged.unpacked(folder);
    }

    /** Reflection, proxies, lambdas that are not in the cache: each of them is a class that some line here would show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "generate\t--help",
                "generate\t--simulate=dgx-a100",
                "generate\t--simulate=dgx-a100-mig\t--hooks=nvidia\t--format=json",
                "generate\t--simulate=debian-l4",
                "generate\t--simulate=dgx-a100\t--output=FOLDER/nvidia.yaml",
            })
    void fewComeFromElsewhere(String line) throws Exception {
        assertThat(run(line).status()).isZero();
    }

    /** The driver of the training run has no device nodes: the way to it is what is looked at. */
    @Test
    void nothingElseOnTheWayToADriver() throws Exception {
        String root = STARTER.resolveSibling("host").toString();
        assertThat(run("generate\t--driver-root=" + root + "\t--dev-root=" + root + "\t--hooks=none")
                        .status())
                .isEqualTo(3);
    }

    private static Packaged.Result run(String line) throws Exception {
        Path commands = Files.writeString(folder.resolve("commands"), line.replace("FOLDER", folder.toString()) + "\n");
        Path log = folder.resolve("classes");

        Packaged.Result done = Packaged.execute(List.of(
                "env",
                "NVML_DOUBLE_CONFIG=" + STARTER.resolveSibling("host/nvml.conf"),
                STARTER.toString(),
                installed.home().toString(),
                "-Xlog:class+load:file=" + log,
                "--",
                commands.toString()));

        List<String> loaded = Files.readAllLines(log);
        List<String> elsewhere = new ArrayList<>(loaded);
        elsewhere.removeIf(entry -> entry.endsWith(CACHED));
        assertThat(elsewhere).hasSizeLessThanOrEqualTo(FEW);
        assertThat(loaded.size() - elsewhere.size()).isGreaterThan(elsewhere.size());
        return done;
    }
}
