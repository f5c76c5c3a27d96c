package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README says of commands, options, exit codes and engines is what the program takes and says. */
class ReadmeTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:bin/)?gpu-cdi (.+?)(?: +#.*)?$");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)");
    private static final String TOO_NEW = " cannot read CDI 0.7.0";

    private static String readme() throws IOException {
        return Files.readString(Path.of("..", "README.md"));
    }

    static Stream<String> commands() throws IOException {
        return COMMAND.matcher(readme()).results().map(line -> line.group(1));
    }

    @Test
    void thereAreCommands() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(10).contains("generate --simulate dgx-a100", "doctor");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsAreUnderstood(String command) {
        String[] words = command.split(" ");
        Session session = new Session(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new Console(new PrintStream(new ByteArrayOutputStream()), false),
                Map.of());
        assertThatCode(() -> new Invocation(session).commandLine(words).parseArgs(words))
                .doesNotThrowAnyException();
    }

    @Test
    void optionsAreThere() throws IOException {
        Set<String> known = HelpTest.options()
                .flatMap(option -> Stream.of(option.option().names()))
                .collect(Collectors.toSet());
        List<String> named = OPTION.matcher(readme())
                .results()
                .map(option -> option.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(known).containsAll(named);
    }

    @Test
    void everyExitCodeIsTold() throws IOException {
        Matcher codes = Pattern.compile("Exit codes:[^.]+\\.").matcher(readme());
        assertThat(codes.find()).isTrue();
        for (ExitCode code : ExitCode.values()) {
            assertThat(codes.group()).containsPattern("[:·]\\s+" + code.status() + "\\s");
        }
    }

    @Test
    void enginesThatCannotReadTheNewestContentAreThoseThatGenerateNames() throws IOException {
        String said = Run.of("generate", "--simulate=dgx-a100").messages("info").stream()
                .filter(message -> message.contains(TOO_NEW))
                .map(message -> message.substring(0, message.indexOf(TOO_NEW) + TOO_NEW.length()))
                .findFirst()
                .orElseThrow();
        assertThat(readme().replaceAll("\\s+", " ")).contains(said);
    }

    /** The README names these hosts' losses: names by number, and hook-free specs with DRM nodes. */
    @ParameterizedTest
    @MethodSource("oldest")
    void theOldestEnginesGetNoNumbersAndNoHookFreeDrmNodes(String engine) {
        assertThat(Run.of("generate", "--simulate=dgx-a100", "--hooks=none", "--engine=" + engine)
                        .status())
                .isEqualTo(ExitCode.INCOMPLETE.status());
        Run run = Run.of("generate", "--simulate=dgx-a100", "--hooks=nvidia", "--engine=" + engine);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContainPattern("(?m)^ *-? *name: \"?[0-9]");
    }

    static Stream<String> oldest() {
        return Stream.of("podman-4.1", "podman-4.2", "cri-o-1.24");
    }
}
