package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands on the examples that the documentation shows work. */
class ReadmeExamplesTest {
    private static final String EXAMPLES = "examples/specs/";

    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "specs.md"))) {
            if (line.startsWith("gpu-cdi ") && line.contains(EXAMPLES)) {
                commands.add(line.substring("gpu-cdi ".length()).replaceFirst(" +#.*", ""));
            }
        }
        return commands;
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(4).anyMatch(line -> line.contains("*"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void works(String command) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" ")) {
            String found = word.replace(EXAMPLES, "../" + EXAMPLES);
            if (word.endsWith("*.yaml")) {
                ExamplesTest.specs().forEach(spec -> words.add(spec.toString()));
            } else {
                words.add(found);
            }
        }
        Run run = Run.of(words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isBetween(0, 1);
        assertThat(run.messages("error")).isEmpty();
        assertThat(run.out()).isNotEmpty();
    }
}
