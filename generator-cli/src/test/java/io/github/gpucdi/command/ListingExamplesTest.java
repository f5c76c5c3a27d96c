package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows of listing the examples does what it says. */
class ListingExamplesTest {
    private static final String DIR = "--spec-dir=examples/specs";

    static Stream<String> lines() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "specs.md")).stream()
                .filter(line -> line.startsWith("gpu-cdi ") && line.contains(DIR));
    }

    private static Run run(String line) {
        List<String> words =
                new ArrayList<>(List.of(line.replaceAll(" +#.*", "").split(" ")));
        words.remove(0);
        words.replaceAll(word -> word.replace("=examples/", "=../examples/"));
        return Run.of(words.toArray(new String[0]));
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(lines()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void itWorks(String line) {
        Run run = run(line);
        assertThat(run.status()).as(run.err()).isEqualTo(line.contains(" list ") ? 1 : 0);
        assertThat(run.out()).isNotEmpty();
        assertThat(run.messages("error")).isEmpty();
    }

    @Test
    void threeHostsConflict() {
        Run run = run("bin/gpu-cdi list " + DIR);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.contains("conflicts")))
                .hasSize(8)
                .allMatch(line -> line.matches("nvidia\\.com/gpu=(0|1|all) .*"));
    }

    @Test
    void anOldPodmanLoadsOne() {
        Run run = run("bin/gpu-cdi list " + DIR + " --as=podman-4.3.1");
        assertThat(run.messages("warning")).hasSize(2);
        assertThat(run.out()).contains("hgx-h100").doesNotContain("rtx4090", "debian", "conflicts");
    }
}
