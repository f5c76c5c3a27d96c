package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help can be read in a narrow terminal, and begins with what most people look for. */
class HelpLayoutTest {
    private static Run wide(String columns, String... words) {
        return Run.of(Map.of("COLUMNS", columns), words);
    }

    private static List<String> tokens(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "generate", "cdi generate", "diff", "validate", "doctor", "transform root", "inject", "help"
            })
    void aNarrowTerminalBreaksLinesAndNoWord(String command) {
        String[] words = ("help " + command).strip().split(" ");
        String narrow = wide("60", words).out();
        assertThat(tokens(narrow)).isEqualTo(tokens(wide("100", words).out()));
        assertThat(narrow.lines())
                .allMatch(line -> line.length() <= 60 || tokens(line).size() == 1);
        assertThat(narrow.lines()).as("it follows the width").anyMatch(line -> line.length() > 45);
    }

    @Test
    void namesOfEnginesStayWhole() {
        for (int columns = 40; columns < 110; columns++) {
            assertThat(wide(String.valueOf(columns), "generate", "--help").out())
                    .contains("podman-4.3.1;");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 100", "wide, 100", "0, 40", "-5, 40", "20, 40", "77, 77", "400, 100", "99999999999, 100"})
    void oddWidthsAreSensibleOnes(String columns, int width) {
        assertThat(wide(columns, "generate", "--help").out().lines())
                .allMatch(line -> line.length() <= width || tokens(line).size() == 1)
                .anyMatch(line -> line.length() > width - 8);
    }

    @Test
    void commonOptionsComeFirst() {
        assertThat(Run.of("generate", "--help").out())
                .containsSubsequence(
                        "Common options:\n  --output=FILE\n",
                        "  --engine=",
                        "  --host-root=",
                        "What the spec holds:\n",
                        "  --vendor",
                        "Where the facts come from:\n",
                        "  --nvml-timeout=",
                        "Options of every command:\n  -d, --debug\n");
        assertThat(Run.of("diff", "--help").out())
                .containsSubsequence("Common options:\n  --against=FILE\n", "  --engine=", "  --driver-root=");
        assertThat(Run.of("list", "--help").out()).contains("\nOptions:\n").doesNotContain("Common");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "cdi generate", "transform root", "cdi", "doctor", "help"})
    void helpOfACommandIsTheSameBothWays(String command) {
        Run help = Run.of(("help " + command).split(" "));
        assertThat(help.status()).as(help.err()).isZero();
        assertThat(help.out())
                .isEqualTo(Run.of((command + " --help").split(" ")).out());
        assertThat(help.out()).startsWith("Usage: gpu-cdi " + command + " ");
    }

    @Test
    void theProgramAlonePrintsItsCommands() {
        Run alone = Run.of();
        assertThat(alone.status()).isZero();
        assertThat(alone.err()).isEmpty();
        assertThat(alone.out())
                .isEqualTo(Run.of("help").out())
                .isEqualTo(Run.of("--help").out())
                .containsSubsequence("Commands:\n  generate ", "\n  doctor ", "\n  help ");
    }

    @Test
    void theOptionBeforeTheCommandIsOfTheCommand() {
        assertThat(Run.of("--help", "doctor").out()).startsWith("Usage: gpu-cdi doctor ");
        assertThat(Run.of("-h", "generate").out()).startsWith("Usage: gpu-cdi generate ");
    }

    @ParameterizedTest
    @CsvSource({"genrate, gpu-cdi, generate", "cdi generat, gpu-cdi cdi, generate", "list x, gpu-cdi list, ''"})
    void noSuchCommand(String words, String group, String meant) {
        Run run = Run.of(("help " + words).split(" "));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().startsWith(group + " has no command '");
        assertThat(run.messages("hint")).singleElement().asString().contains(meant);
    }
}
