package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.gpucdi.testhost.GoldenHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are what the program prints. */
class ExamplesTest {
    private static final Path SPECS = Path.of("../examples/specs");

    static List<Path> specs() throws IOException {
        try (Stream<Path> files = Files.list(SPECS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void isPrinted(Path spec) throws IOException {
        String[] words = spec.getFileName().toString().split("\\.");
        Run run = Run.of("generate", "--simulate=" + words[0], "--hooks=" + words[1]);
        if (GoldenHost.isUpdate()) {
            Files.writeString(spec, run.out());
            fail("%s was written: read it, then test without golden.update", spec);
        }
        assertThat(run.out()).isEqualTo(Files.readString(spec));
    }

    @Test
    void theirPageNamesEach() throws IOException {
        String page = Files.readString(SPECS.resolveSibling("README.md"));
        assertThat(specs()).isNotEmpty().allSatisfy(spec -> assertThat(page).contains("specs/" + spec.getFileName()));
    }
}
