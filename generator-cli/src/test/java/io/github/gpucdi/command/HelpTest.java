package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.option.EnvironmentDefaults;
import io.github.gpucdi.option.GlobalOptions;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static List<CommandLine> commands() {
        Session session = new Session(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new Console(new PrintStream(new ByteArrayOutputStream()), false),
                Map.of());
        GlobalOptions global = new GlobalOptions();
        return List.of(
                new CommandLine(new RootCommand(global)),
                new CommandLine(new GenerateCommand(global, session)),
                new CommandLine(new SnapshotCommand(global, session)),
                new CommandLine(new DevicesCommand(global, session)),
                new CommandLine(new ValidateCommand(session)),
                new CommandLine(new DiffCommand(global, session)),
                new CommandLine(new DoctorCommand(global, session)),
                new CommandLine(new TransformRootCommand(session)),
                new CommandLine(new CdiGenerateCommand(global, session)),
                new CommandLine(new CdiTransformRootCommand(session)),
                new CommandLine(new CdiListCommand(session)),
                new CommandLine(new ListCommand(session)),
                new CommandLine(new ShowCommand(session)),
                new CommandLine(new InjectCommand(session)));
    }

    static Stream<Known> options() {
        List<Known> known = new ArrayList<>();
        for (CommandLine command : commands()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
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
        if (EnvironmentDefaults.isCommandLineOnly(known.name())) {
            assertThat(known.facts().group("variables")).isEqualTo("none");
            String own = EnvironmentDefaults.ownVariable(known.name());
            assertThat(new EnvironmentDefaults(Map.of(own, "1")).defaultValue(known.option()))
                    .isNull();
            return;
        }
        List<String> variables = new ArrayList<>(List.of(EnvironmentDefaults.ownVariable(known.name())));
        EnvironmentDefaults.nvidiaVariable(known.command(), known.name()).ifPresent(variables::add);
        assertThat(known.facts().group("variables").split(", ")).containsExactlyElementsOf(variables);
        for (String variable : variables) {
            assertThat(new EnvironmentDefaults(Map.of(variable, "word")).defaultValue(known.option()))
                    .as(variable)
                    .isEqualTo("word");
        }
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
        } else if (value instanceof Optional<?> optional) {
            actual = optional.map(Object::toString).orElse("");
        } else {
            actual = Boolean.FALSE.equals(value) ? "off" : String.valueOf(value);
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
        String pages = page("options") + page("specs") + page("findings");
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
            EnvironmentDefaults.nvidiaVariable(known.command(), known.name())
                    .ifPresent(variable -> assertThat(page).contains("`" + variable + "`"));
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
            EnvironmentDefaults.nvidiaVariable("generate", known.name())
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
                "show -h",
                "inject -h",
                "cdi list -h",
                "validate -h",
                "diff --help",
                "transform root -h",
                "cdi transform root -h"
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
            assertThat(help).containsPattern("\\b" + code.status() + " ");
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
