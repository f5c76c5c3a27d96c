package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A man page for each command, which the programs that show them find nothing wrong with. */
class ManPageTest {
    @TempDir
    Path folder;

    @BeforeEach
    void pages() {
        Run run = Run.of("share", folder.resolve("share").toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("share/man"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void everyCommandHasOne() throws IOException {
        List<String> names = HelpTest.commands().stream()
                .map(command -> command.getCommandSpec())
                .filter(command -> !command.usageMessage().hidden())
                .map(command -> command.qualifiedName("-") + ".1")
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(names).contains("gpu-cdi.1", "gpu-cdi-cdi-transform-root.1").doesNotContain("gpu-cdi-complete.1");
        // That of the configuration file.
        names.add("gpu-cdi-config.5");
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void mandocWarnsOfNothing() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mandoc")), "no mandoc");
        for (Path file : files()) {
            assertThat(run("mandoc", "-T", "lint", "-W", "warning", file.toString())
                            .lines())
                    // The same program makes the same page on any day.
                    .filteredOn(line -> !line.contains("missing date"))
                    .isEmpty();
        }
    }

    @Test
    void groffWarnsOfNothingAndShowsWhatHelpTells() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "no groff");
        for (Path file : files()) {
            assertThat(run("groff", "-man", "-Tutf8", "-ww", "-z", file.toString()))
                    .isEmpty();
        }
        String shown = run(
                "groff",
                "-man",
                "-Tutf8",
                "-P-c",
                "-P-b",
                "-P-u",
                folder.resolve("share/man/man1/gpu-cdi-generate.1") + "");
        assertThat(shown.replaceAll("\\s+", " "))
                .contains(
                        "gpu-cdi-generate - find this host's GPUs and print",
                        "such as podman-4.3.1; repeatable",
                        "EXIT STATUS 0 done, 1 differs (--check)",
                        "--output=FILE Write to FILE, atomically");
    }

    @Test
    void theConfigurationFilesPageHasEveryKey() throws IOException {
        String page = Files.readString(folder.resolve("share/man/man5/gpu-cdi-config.5"));
        ConfigCheckTest.keys()
                .forEach((key, option) ->
                        assertThat(page).contains(".TP\n\\fB" + key.name().replace("-", "\\-") + "\\fR\n"));
    }

    @Test
    void completionScriptsLieBesideThem() throws IOException {
        assertThat(folder.resolve("share/bash-completion/completions/gpu-cdi"))
                .hasContent(Run.of("completion", "bash").out());
        assertThat(folder.resolve("share/zsh/site-functions/_gpu-cdi"))
                .content()
                .startsWith("#compdef gpu-cdi\n");
        assertThat(folder.resolve("share/fish/vendor_completions.d/gpu-cdi.fish"))
                .isNotEmptyFile();
    }

    @Test
    void whereNothingCanBeWrittenIsSaid() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Run run = Run.of("share", file.resolve("below").toString());
        assertThat(run.status()).isEqualTo(ExitCode.NOT_WRITTEN.status());
        assertThat(run.messages("error")).singleElement().asString().contains(file.toString());
    }
}
