package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages are short where a newcomer reads, and lead somewhere. */
class DocumentationTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final int README_LINES = 150;

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of(
                "",
                "docs",
                "examples",
                "examples/ansible",
                "examples/engines",
                "examples/kubernetes",
                "examples/slurm")) {
            try (Stream<Path> files = Files.list(CHECKOUT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void theReadmeIsAPageOrTwo() throws IOException {
        assertThat(Files.readAllLines(CHECKOUT.resolve("README.md"))).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFiles(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            if (!link.group(1).startsWith("https:")) {
                assertThat(page.resolveSibling(link.group(1))).exists();
            }
        }
    }

    /** A page that nothing leads to is read by nobody. */
    @Test
    void theReadmeLeadsToEveryPageOfDocs() throws IOException {
        String readme = Files.readString(CHECKOUT.resolve("README.md"));
        for (Path page : pages()) {
            if (page.getParent().endsWith("docs")) {
                assertThat(readme).contains("(docs/" + page.getFileName() + ")");
            }
        }
    }
}
