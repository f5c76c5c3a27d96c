package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that nothing is watched for. */
class WatchUsageTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeHost() throws IOException {
        Files.createDirectory(folder.resolve("usr"));
    }

    private void assertRefused(ExitCode expected, String what, String... options) {
        String[] arguments = new String[2 + options.length];
        arguments[0] = "watch";
        arguments[1] = "--host-root=" + folder;
        System.arraycopy(options, 0, arguments, 2, options.length);
        Run run = Run.of(arguments);
        assertThat(run.status()).as(run.err()).isEqualTo(expected.status());
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--interval=0, invalid value '0' for --interval",
        "--interval=-1, invalid value '-1' for --interval",
        "--interval=1e9, invalid value '1e9' for --interval",
        "--interval=99999, invalid value '99999' for --interval",
        "--interval=, invalid value '' for --interval",
        "--on-change-timeout=NaN, invalid value 'NaN' for --on-change-timeout",
        "--output=-, watch keeps a file up to date",
        "--http=localhost:80, invalid value 'localhost:80' for --http",
        "--http=127.0.0.1, invalid value '127.0.0.1' for --http",
        "--http=:65536, invalid value ':65536' for --http",
        "--http=300.1.1.1:80, invalid value '300.1.1.1:80' for --http",
        "--http=[::1::]:80, invalid value '[::1::]:80' for --http",
        "--http=192.0.2.1:0, cannot listen at 192.0.2.1:0: ",
        "--output=spec.txt, engines do not read a file named spec.txt",
        "--simulate=dgx-a100, watch watches this host",
        "--on-driver-loss=burn, invalid value 'burn' for --on-driver-loss",
        "--on-change=systemctl, --on-change cannot run systemctl: not an absolute path",
        "--on-change=/nowhere/program, --on-change cannot run /nowhere/program: not there",
    })
    void wrongUsage(String option, String what) {
        assertRefused(ExitCode.USAGE, what, "--output=" + folder.resolve("nvidia.yaml"), option);
    }

    /** One would replace another, or delete it. */
    @ParameterizedTest
    @CsvSource({
        "nvidia.yaml, labels",
        "metrics, nvidia.yaml",
        "same, same",
        ".nvidia.yaml.watch, labels",
        "metrics, .nvidia.yaml.watch"
    })
    void filesThatAreOne(String metrics, String labels) {
        assertRefused(
                ExitCode.USAGE,
                "--output, --metrics-file and --nfd-file name one file",
                "--output=" + folder.resolve("nvidia.yaml"),
                "--metrics-file=" + folder.resolve(metrics),
                "--nfd-file=" + folder.resolve(labels));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--metrics-file", "--nfd-file"})
    void metricsAndLabelsDoNotGoWhereEnginesReadSpecs(String option) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("etc/cdi"));
        assertRefused(
                ExitCode.NOT_WRITTEN,
                "engines read " + directory + ": what is no spec does not belong there",
                "--output=" + folder.resolve("nvidia.yaml"),
                option + "=" + directory.resolve("x.json"));
    }

    /** As in a container whose node was forgotten, but not its directory of specs. */
    @Test
    void aRootWithoutAHostIsRefused() throws IOException {
        Path output = Files.createDirectories(folder.resolve("var/run/cdi")).resolve("nvidia.yaml");
        Files.delete(folder.resolve("usr"));
        assertRefused(
                ExitCode.USAGE,
                "there is no host below --host-root " + folder + ": ",
                "--output=" + output,
                "--http=:0");
        assertThat(output.getParent()).isEmptyDirectory();
    }

    @Test
    void aCommandThatOthersCanReplaceIsRefused() throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertRefused(
                ExitCode.USAGE,
                "--on-change cannot run " + program,
                "--output=" + folder.resolve("nvidia.yaml"),
                "--on-change=" + program);
    }

    @Test
    void aDirectoryThatIsNoneIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(ExitCode.NOT_WRITTEN, "cannot write in " + file, "--output=" + file.resolve("nvidia.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--metrics-file", "--nfd-file"})
    void metricsAndLabelsDoNotGoToADevice(String option) {
        assertRefused(
                ExitCode.NOT_WRITTEN,
                "cannot write /dev/stdout",
                "--output=" + folder.resolve("nvidia.yaml"),
                option + "=/dev/stdout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--metrics-file", "--nfd-file"})
    void metricsAndLabelsAreFiles(String option) {
        assertRefused(
                ExitCode.USAGE,
                option + " " + folder + " names a directory",
                "--output=" + folder.resolve("nvidia.yaml"),
                option + "=" + folder);
    }
}
