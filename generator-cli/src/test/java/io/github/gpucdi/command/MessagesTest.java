package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiException;
import io.github.gpucdi.generate.NotWritten;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.IoReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages: a line each, safe for a terminal; and the arguments that a face ignores. */
class MessagesTest {
    private static final String HOSTILE = "a\u001b[31mb\u202ec\u2028d\u0085e\u200ff\rg";
    private static final String ESCAPED = "a\\u001b[31mb\\u202ec\\u2028d\\u0085e\\u200ff\\u000dg";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format",
                "--mode",
                "--hooks",
                "--vendor",
                "--device-name-strategy",
                "--device-id",
                "--simulate",
                "--nvml-timeout",
                "--enable-hook",
                "--no-all-device",
            })
    void valuesAreEscaped(String option) {
        Run run = Run.of("generate", "--simulate=rtx4090-desktop", option + "=" + HOSTILE);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains(ESCAPED);
        assertPlain(run);
    }

    @Test
    void warningsAndInfosAreEscaped() {
        Run run = Run.of(
                "generate",
                "--simulate=rtx4090-desktop",
                "--feature-flag=" + HOSTILE,
                "--hooks=nvidia",
                "--disable-hook=" + HOSTILE);
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .filteredOn(line -> line.contains(ESCAPED))
                .hasSize(2);
        assertPlain(run);
    }

    @Test
    void pathsAreEscaped() {
        Run run = Run.of("generate", "--snapshot=/nowhere/x\u202ey");
        assertThat(run.messages("error")).singleElement().asString().contains("/nowhere/x\\u202ey");
        assertPlain(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--un\nknown", "--un\u001bknown", "--unknown=\u202e"})
    void unknownOptionsAreEscaped(String option) {
        Run run = Run.of("generate", option);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).hasSize(1);
        assertPlain(run);
    }

    private static void assertPlain(Run run) {
        if (run.status() == 0) {
            assertThat(run.out()).startsWith("---\ncdiVersion: ").endsWith("\n");
        } else {
            assertThat(run.out()).isEmpty();
        }
        assertThat(run.err().lines()).allMatch(line -> line.matches("(error|hint|warning|info): .*"));
        assertThat(run.err().chars())
                .allMatch(c -> c == '\n' || !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .doesNotContain(0x2028, 0x2029);
    }

    @ParameterizedTest
    @CsvSource({"generate, 2", "snapshot, 2", "devices, 2"})
    void extraArgumentsAreRefused(String command, int status) {
        Run run = Run.of(command, "--simulate=dgx-a100", "extra");
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.messages("error")).singleElement().asString().contains("extra");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void nvidiaCtkIgnoresExtraArguments() {
        Run with = Run.of("cdi", "generate", "--simulate=dgx-a100", "extra", "--no-all-device", "more");
        assertThat(with.status()).isZero();
        assertThat(with.out())
                .isEqualTo(Run.of("cdi", "generate", "--simulate=dgx-a100", "--no-all-device")
                        .out());
    }

    /**
     * A row of the table.
     *
     * @param line the command line, without the program's name
     * @param status the exit status
     * @param said each line of standard error
     */
    record Row(String line, int status, List<String> said) {}

    /** Rows stand with an empty line between them: {@code $ command line}, exit status, messages. */
    static Stream<Row> table() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/messages/table.txt"));
        List<Row> rows = new ArrayList<>();
        for (String row : text.strip().split("\n\n")) {
            List<String> lines = row.lines().toList();
            assertThat(lines.get(0)).startsWith("$ gpu-cdi");
            rows.add(new Row(
                    lines.get(0).substring("$ gpu-cdi".length()).strip(),
                    Integer.parseInt(lines.get(1)),
                    lines.subList(2, lines.size())));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void messagesAreThoseOfTheTable(Row row) {
        Run run = Run.of(row.line().split(" "));
        assertThat(run.err().lines()).as(row.line()).containsExactlyElementsOf(row.said());
        assertThat(run.status()).isEqualTo(row.status());
    }

    @Test
    void whoMayNotWriteIsToldToBeRoot() {
        CdiException denied = new CdiException(CdiException.Code.UNWRITABLE, "/x", "permission denied in /");
        CdiException full = new CdiException(CdiException.Code.UNWRITABLE, "/x", "no space left on the device");
        assertThat(NotWritten.hint(denied)).contains("run as root");
        assertThat(NotWritten.hint(full)).doesNotContain("root");
        assertThat(IoReason.hint(new AccessDeniedException("/x"))).contains("run as root");
        assertThat(IoReason.hint(new NoSuchFileException("/x"))).doesNotContain("root");
    }

    @Test
    void whoMayNotReadASpecIsToldToBeRoot() throws IOException {
        Path file = OutputTest.closed(folder.resolve("nvidia.yaml"));
        for (String command : List.of(
                "diff --simulate=debian-l4 " + file,
                "validate " + file,
                "validate --all-engines " + file,
                "transform root --input=" + file,
                "show --spec-dir=" + folder + " nvidia.com/gpu=0",
                "list --spec-dir=" + folder,
                "cdi list --spec-dir=" + folder)) {
            Run run = Run.of(command.split(" "));
            assertThat(run.out() + run.err())
                    .as(command)
                    .contains("permission denied", IoReason.hint(new AccessDeniedException("")));
        }
    }

    /** It is there, or may be: nobody is told that it does not exist. */
    @Test
    void aConfigurationThatCannotBeReadIsNotMissing() throws IOException {
        Path closed = OutputTest.closed(folder.resolve("config.json"));
        Run inject = Run.of("inject", "--config=" + closed, "--spec-dir=" + folder, "nvidia.com/gpu=0");
        assertThat(inject.messages("error")).containsExactly("cannot read " + closed + ": permission denied");
        assertThat(inject.messages("hint")).containsExactly("run as root, or as a user who may read it");
        Path loop = folder.resolve("loop.json");
        Files.createSymbolicLink(loop, loop);
        Run looped = Run.of("inject", "--config=" + loop, "--spec-dir=" + folder, "nvidia.com/gpu=0");
        assertThat(looped.messages("error"))
                .singleElement()
                .asString()
                .startsWith("cannot read " + loop + ": Too many");
    }

    @Test
    void aFileThatCannotBeHadHasNoPlaceInItsText() throws IOException {
        Path loop = folder.resolve("nvidia.yaml");
        Files.createSymbolicLink(loop, loop);
        assertThat(Run.of("list", "--spec-dir=" + folder).messages("warning"))
                .singleElement()
                .asString()
                .startsWith(loop + " is not loaded: Too many levels of symbolic links");
    }

    @Test
    void anEmptyListingIsExplained() throws IOException {
        Run empty = Run.of("list", "--spec-dir=" + folder);
        assertThat(empty.status()).isZero();
        assertThat(empty.err()).isEqualTo("info: there is no spec file in " + folder + "\n");
        Files.writeString(folder.resolve("nvidia.yaml"), "kind: [");
        assertThat(Run.of("list", "--spec-dir=" + folder).messages("info")).isEmpty();
        Path file = Files.createFile(folder.resolve("file"));
        Run unread = Run.of("list", "--spec-dir=" + file);
        assertThat(unread.err()).isEqualTo("warning: " + file + ": not a directory\n");
    }

    @Test
    void aSpecWithoutVersionIsToldByItsField() throws IOException {
        Files.copy(Path.of("src/test/resources/messages/no-version.yaml"), folder.resolve("nvidia.yaml"));
        Run run = Run.of("list", "--spec-dir=" + folder);
        assertThat(run.messages("warning"))
                .containsExactly(folder.resolve("nvidia.yaml")
                        + " is not loaded: 1:1: /cdiVersion: missing or empty; declare 0.5.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "devices", "diff"})
    void whereTheDriverWasLookedForIsALineOfDebug(String command) {
        Run run = Run.of(command, "--host-root=" + folder, "--debug");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("debug"))
                .filteredOn(line -> line.startsWith("no libnvidia-ml.so.1 in "))
                .singleElement()
                .asString()
                .contains("/usr/lib64, ", " and /etc/ld.so.cache");
        assertThat(Run.of(command, "--host-root=" + folder).err()).doesNotContain("/usr/lib64");
    }
}
