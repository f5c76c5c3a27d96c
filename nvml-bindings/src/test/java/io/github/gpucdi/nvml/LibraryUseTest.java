package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation's examples of NVML and of its double compile and do what they say. */
class LibraryUseTest {
    /** What a program of the page's reader would have. */
    private static final String MAIN = """
            class Main {
                public static void main(String[] args) {
                    GpusOfDouble.uuids(java.nio.file.Path.of(args[0])).forEach(System.out::println);
                }
            }
            """;

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?\nclass (\\w+) .*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void thePagesExamplesWork() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "library.md")));
        Files.writeString(directory.resolve("Main.java"), MAIN);
        while (example.find()) {
            if (example.group(2).startsWith("Gpus")) {
                Files.writeString(directory.resolve(example.group(2) + ".java"), example.group(1));
            }
        }
        String classes = System.getProperty("java.class.path");
        run(
                "javac",
                "-classpath",
                classes + File.pathSeparator + directory,
                "-sourcepath",
                directory.toString(),
                "-d",
                directory.toString(),
                directory.resolve("Main.java").toString());
        List<String> uuids = run(
                "java",
                "-XX:-UsePerfData",
                "-classpath",
                classes + File.pathSeparator + directory,
                "Main",
                directory.toString());
        assertThat(uuids).hasSize(3);
        assertThat(uuids.get(0)).startsWith("GPU-");
        assertThat(uuids.subList(1, 3)).allMatch(uuid -> uuid.startsWith("MIG-"));
    }

    private static List<String> run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, Path.of(System.getProperty("java.home"), "bin", program).toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // So that the double reads the file beside it, as it does for who sets no variable.
        builder.environment().remove("NVML_DOUBLE_CONFIG");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(program).isZero();
        return output.lines().toList();
    }
}
