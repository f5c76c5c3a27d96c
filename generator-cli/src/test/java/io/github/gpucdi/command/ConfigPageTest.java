package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on the configuration file shows is what the program does. */
class ConfigPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final String USUAL = "/etc/gpu-cdi";

    @TempDir
    Path folder;

    private List<MatchResult> blocks;

    @BeforeEach
    void page() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "config.md"));
        blocks = BLOCK.matcher(page).results().toList();
        assertThat(blocks).extracting(block -> block.group(1)).containsExactly("yaml", "sh", "", "");
        Files.writeString(folder.resolve("config.yaml"), blocks.get(0).group(2));
    }

    private Run run(String... line) {
        return Run.configuredBy(folder, Map.of(), line);
    }

    @Test
    void theFileIsGood() {
        assertThat(run("config", "check").out()).isEqualTo(folder + "/config.yaml: ok\n");
    }

    @Test
    void theCommandsWork() throws IOException {
        Path site = Files.writeString(folder.resolve("site.yaml"), "hooks: none\n");
        List<String> lines = blocks.get(1).group(2).lines().toList();
        assertThat(lines).hasSize(5);
        for (String line : lines) {
            String words = line.replaceAll(" +#.*", "").replace("gpu-cdi ", "").replace("site.yaml", site.toString());
            Run run = run(words.split(" "));
            assertThat(run.status()).as(line + run.err()).isZero();
            assertThat(run.out()).isNotEmpty();
        }
    }

    @Test
    void theTableIsWhatShowPrints() {
        List<String> printed = run("config", "show", "--hooks=nvidia")
                .out()
                .replace(folder.toString(), USUAL)
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList();
        assertThat(blocks.get(2).group(2).lines().map(line -> line.replaceAll(" +", " ")))
                .isSubsetOf(printed);
    }

    @Test
    void theRefusalIsWhatIsSaid() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "\n\n\nhook: none\n");
        Run run = run("generate");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.err().replace(folder.toString(), USUAL))
                .isEqualTo(blocks.get(3).group(2));
    }
}
