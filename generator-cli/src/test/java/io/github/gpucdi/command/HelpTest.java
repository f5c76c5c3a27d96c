package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Help says for each option its default, its variables and an example, and the documentation names them all. */
class HelpTest {
    private static final Pattern FACTS = Pattern.compile(
            "Default: (?<value>.+?)\\. Variable: (?<variables>\\S+(?:, \\S+)*)\\. Example: (?<example>.+)");

    /**
     * An option of a command.
     *
     * @param command its command's whole name
     * @param option picocli's model of it
     */
    record Known(String command, OptionSpec option) {
        String name() {
            return option.names()[0];
        }

        Matcher facts() {
            String text = String.join(" ", option.description());
            Matcher facts = FACTS.matcher(text);
            assertThat(facts.find()).as(text).isTrue();
            return facts;
        }

        @Override
        public String toString() {
            return command + " " + name();
        }
    }

    static List<CommandLine> commands() {
        Session session = new Session(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new Console(new PrintStream(new ByteArrayOutputStream()), false),
                Map.of());
        List<CommandLine> commands = new ArrayList<>(List.of(new Invocation(session).commandLine(new String[0])));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        return commands;
    }

    static Stream<Known> options() {
        List<Known> known = new ArrayList<>();
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden() && !option.usageHelp() && !option.versionHelp() && !option.inherited()) {
                    known.add(new Known(command.getCommandName(), option));
                }
            }
        }
        return known.stream();
    }

    @Test
    void thereAreOptions() {
        assertThat(options().map(Known::toString))
                .hasSizeGreaterThan(60)
                .contains("gpu-cdi --debug", "generate --output", "snapshot --redact", "devices --format");
    }

    @ParameterizedTest
    @MethodSource("options")
    void variablesAreThoseThatAreRead(Known known) {
        List<String> variables = EnvironmentDefaults.variables(known.option());
        if (variables.isEmpty()) {
            assertThat(known.name()).isIn("--fix", "--yes");
            assertThat(known.facts().group("variables")).isEqualTo("none");
            return;
        }
        String command = known.option()
                .command()
                .qualifiedName("_")
                .replaceFirst("^gpu-cdi(_cdi)?_?", "")
                .replaceFirst("^generate$", "");
        String words = (command.isEmpty() ? "" : command + "_") + known.name().substring(2);
        String own = "GPU_CDI_" + words.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
        List<String> told = List.of(known.facts().group("variables").split(", "));
        assertThat(variables).startsWith(own);
        // The program's help tells once for all of them that a command's own variable wins.
        boolean plainToo = EnvironmentDefaults.isShared(known.option()) && !command.isEmpty();
        assertThat(told).isEqualTo(plainToo ? variables.subList(1, variables.size()) : variables);
        for (String variable : variables) {
            assertThat(new EnvironmentDefaults(Map.of(variable, "word")).defaultValue(known.option()))
                    .as(variable)
                    .isEqualTo("word");
        }
    }

    @Test
    void noTwoOptionsOfDifferentMeaningShareAVariable() {
        Map<String, String> meaning = new HashMap<>();
        options().filter(known -> !EnvironmentDefaults.isShared(known.option())).forEach(known -> {
            String what = known.option().userObject().getClass().getName();
            for (String variable : EnvironmentDefaults.variables(known.option())) {
                if (variable.startsWith("GPU_CDI_")) {
                    assertThat(meaning.merge(variable, what, (first, second) -> first))
                            .as(variable)
                            .isEqualTo(what);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("options")
    void theExampleUsesTheOption(Known known) {
        String example = known.facts().group("example");
        assertThat(List.of(known.option().names()))
                .as(example)
                .anyMatch(name ->
                        example.equals(name) || example.startsWith(name + "=") || example.startsWith(name + " "));
        assertThat(known.facts().group("value")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("options")
    void theWrittenDefaultIsTheDefault(Known known) throws Exception {
        Object value = known.option().getter().get();
        String actual;
        if (value instanceof List<?> list) {
            actual = String.join(",", list.stream().map(Object::toString).toList());
        } else {
            actual = Boolean.FALSE.equals(value) ? "off" : Objects.toString(value, "");
        }
        if (!actual.isEmpty()) {
            assertThat(known.facts().group("value")).isEqualTo(actual);
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void aSwitchOnTheCommandLineIsNeverOff(Known known) {
        if (known.option().arity().max() == 0) {
            assertThat(known.option().fallbackValue()).isEqualTo("true");
        }
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("..", "docs", name + ".md"));
    }

    @Test
    void theDocumentationNamesEveryOption() throws IOException {
        String pages =
                page("options") + page("specs") + page("findings") + page("config") + page("watch") + page("system");
        options().filter(known -> !known.command().equals("snapshot")).forEach(known -> {
            for (String name : known.option().names()) {
                assertThat(pages).as("%s of %s", name, known).contains("`" + name + "`");
            }
        });
    }

    @Test
    void thePageOfTheListingCommandsNamesTheirOptions() throws IOException {
        String page = page("specs");
        List<String> listing = List.of("list", "show", "inject");
        options().filter(known -> listing.contains(known.command())).forEach(known -> {
            assertThat(page).as("%s", known).contains("`" + known.name() + "`");
            EnvironmentDefaults.variables(known.option()).stream()
                    .filter(variable -> variable.startsWith("NVIDIA_"))
                    .forEach(variable -> assertThat(page).contains("`" + variable + "`"));
        });
    }

    @Test
    void theTableOfOptionsHasNvidiasVariables() throws IOException {
        List<String> rows =
                page("options").lines().filter(line -> line.startsWith("| `--")).toList();
        options().filter(known -> known.command().equals("generate")).forEach(known -> {
            String row = rows.stream()
                    .filter(line -> line.contains("`" + known.name() + "`"))
                    .findFirst()
                    .orElse("");
            assertThat(row).as("row of %s", known).isNotEmpty();
            EnvironmentDefaults.nvidiaVariable(known.name())
                    .ifPresent(variable -> assertThat(row).contains("`" + variable + "`"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "generate --help",
                "cdi -h",
                "cdi generate --help",
                "snapshot -h",
                "devices -h",
                "list -h",
                "doctor -h",
                "watch -h",
                "show -h",
                "inject -h",
                "cdi list -h",
                "validate -h",
                "diff --help",
                "config show -h",
                "config check --help",
                "transform root -h",
                "cdi transform root -h",
                "system create-device-nodes -h",
                "system create-dev-char-symlinks --help"
            })
    void helpIsOnStandardOutput(String line) {
        Run run = Run.of(line.split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: gpu-cdi", "--debug", "Example");
        assertThat(run.out().lines()).allMatch(text -> text.length() <= 110);
    }

    @Test
    void helpNamesCommandsAndExitCodes() {
        assertThat(Run.of("--help").out())
                .contains("generate", "snapshot", "devices", "validate", "diff", "doctor", "transform", "cdi");
        String help = Run.of("generate", "--help").out();
        for (ExitCode code : ExitCode.values()) {
            assertThat(help).containsPattern("\\b" + code.status() + "\\s");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--version", "-v", "generate --version", "cdi generate -v", "diff --version", "transform root -v"
            })
    void versionIsOnStandardOutput(String line) {
        Run run = Run.of(line.split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("gpu-cdi ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "snapshot", "devices", "diff", "doctor", "cdi generate"})
    void everyCommandListsTheSimulatedHosts(String command) {
        Run run = Run.of((command + " --simulate=help").split(" "));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .hasSameSizeAs(SimulatedHosts.descriptions().keySet());
        SimulatedHosts.descriptions()
                .forEach((name, text) -> assertThat(run.out()).contains(name + " ", text));
    }
}
