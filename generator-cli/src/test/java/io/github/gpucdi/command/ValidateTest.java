package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.report.SpecInput;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The command validate, judging as one engine or library. */
class ValidateTest {
    private static final OutputSchema SCHEMA = OutputSchema.of("findings-1.schema.json");

    static final String GOOD = """
            cdiVersion: 0.3.0
            kind: acme.example/gpu
            devices:
            - name: one
              containerEdits:
                env:
                - A=b
            """;
    private static final String WARNED = GOOD.replace("A=b\n", "A=b\n    mounts: [{hostPath: a, containerPath: /a}]\n");
    private static final String REFUSED = GOOD.replace("one", "0");

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Run validate(String... more) {
        return Run.of(Stream.concat(Stream.of("validate"), Arrays.stream(more)).toArray(String[]::new));
    }

    private static Run piped(byte[] in, String... more) {
        return Run.of(
                Map.of(),
                in,
                Stream.concat(Stream.of("validate"), Arrays.stream(more)).toArray(String[]::new));
    }

    static List<Path> examples() throws IOException {
        return ExamplesTest.specs();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesAreGood(Path spec) {
        Run run = validate(spec.toString());
        assertThat(run).isEqualTo(new Run(0, spec + ": ok\n", ""));
    }

    @Test
    void aLineAFileAndBelowItALineAFinding() throws IOException {
        String good = file("good.yaml", GOOD);
        String warned = file("warned.yaml", WARNED);
        String refused = file("refused.yaml", REFUSED + "mystery: 1\n");
        Run run = validate(good, warned, refused);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        good + ": ok",
                        warned + ": ok, 1 warning",
                        warned + ":8:25: warning: path-relative /devices/0/containerEdits/mounts/0/hostPath:"
                                + " 'a' is not an absolute path; give an absolute path",
                        refused + ": refused, 2 errors, 1 note",
                        refused
                                + ":1:13: error: version-too-low /cdiVersion: the content needs CDI 0.5.0, declared is 0.3.0;"
                                + " declare 0.5.0 or remove what needs it",
                        refused + ":8:1: error: unknown-key /mystery: 'mystery' is no key of CDI here;"
                                + " remove it or correct its spelling");
    }

    @Test
    void warningsAreOnlyCountedByStrict() throws IOException {
        String warned = file("warned.yaml", WARNED);
        Run run = validate(warned);
        assertThat(run.status()).isZero();
        assertThat(validate("--strict", warned)).isEqualTo(new Run(1, run.out(), ""));
        assertThat(validate("--strict", file("good.yaml", GOOD)).status()).isZero();
    }

    @Test
    void notesAreCountedAndShownOnRequest() throws IOException {
        String noted = file("noted.json", GOOD);
        Run run = validate("--strict", noted);
        assertThat(run).isEqualTo(new Run(0, noted + ": ok, 1 note\n", ""));
        assertThat(validate("--debug", noted).out().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(noted + ":1:1: info: not-json: "));
    }

    @Test
    void quietLeavesTheOutputAsItIs() throws IOException {
        String refused = file("refused.yaml", REFUSED);
        assertThat(validate("--quiet", refused)).isEqualTo(validate(refused));
    }

    @Test
    void whatCrashesEnginesIsSaidSo() throws IOException {
        String crashing = file("crashing.yaml", GOOD.replace("acme.example/gpu", "a/gpu"));
        Run run = validate(crashing);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .startsWith(crashing + ": crashes engines, 1 error\n" + crashing
                        + ":2:7: error: kind-crashes-engines /kind");
    }

    @Test
    void standardInputIsYaml() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        assertThat(piped(good, "-")).isEqualTo(new Run(0, "-: ok\n", ""));
        assertThat(piped(new byte[0], "-").out()).startsWith("-: refused, 1 error\n-:1:1: error: not-a-spec: ");
        assertThat(piped(good, "-", "-").status()).isEqualTo(ExitCode.USAGE.status());
    }

    @Test
    void endlessStandardInputIsTooLarge() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '#';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Arrays.fill(bytes, offset, offset + length, (byte) '#');
                return length;
            }
        };
        SpecInput input =
                SpecInput.read("-", new Session(endless, System.out, new Console(System.err, false), Map.of()));
        assertThat(input.document().spec()).isEmpty();
        assertThat(input.document().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("larger than 16 MiB"));
    }

    @Test
    void filesOfAnyKindAreFindings() throws Exception {
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(6L * SpecReader.MAX_BYTES);
        }
        Path fifo = folder.resolve("fifo.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path loop = Files.createSymbolicLink(folder.resolve("loop.yaml"), Path.of("loop.yaml"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.yaml"), Path.of("nowhere"));
        Run run = validate(
                huge.toString(),
                fifo.toString(),
                folder.toString(),
                "",
                "/dev/zero",
                loop.toString(),
                dangling.toString(),
                folder.resolve("missing.yaml").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(16);
        assertThat(lines.get(0)).isEqualTo(huge + ": too large to judge, 1 error");
        assertThat(lines.get(1)).startsWith(huge + ":1:1: error: too-large-to-judge: larger than 16 MiB");
        for (int i = 2; i < 16; i += 2) {
            assertThat(lines.get(i)).endsWith(": cannot be read, 1 error");
            assertThat(lines.get(i + 1)).contains(": error: unreadable: ").doesNotContain(":1:1");
        }
        assertThat(lines.get(3)).contains("not a regular file");
        assertThat(lines.get(5)).contains("a directory");
        assertThat(lines.get(13)).contains("a link that leads nowhere");
        assertThat(lines.get(15)).contains("no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fffe", "c0af", "00", "7b", "2d2d2d", "ff", "5b5b5b", "2a61", "25", "7b226122"})
    void bytesOfAnyKindAreFindings(String hex) throws IOException {
        Path bad = Files.write(folder.resolve("bad.yaml"), HexFormat.of().parseHex(hex));
        Run run = validate(bad.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(bad + ": refused, 1 error\n" + bad + ":1:")
                .hasLineCount(2);
    }

    @Test
    void namesAndTextsAreEscaped() throws IOException {
        String hostile = file("a\u001b[31m\nb\u202e.yaml", GOOD.replace("one", "\"x\\e[31m\\u202e\""));
        for (String[] arguments : new String[][] {{hostile}, {"--all-engines", hostile}}) {
            Run run = validate(arguments);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("/a\\u001b[31m\\u000ab\\u202e.yaml: ", "'x\\u001b[31m\\u202e'");
            assertThat(run.out().chars())
                    .allMatch(c -> c == '\n' || !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
        }
        assertThat(SCHEMA.json(validate("--format=json", hostile))
                        .at("/files/0/file")
                        .stringValue())
                .isEqualTo(hostile);
    }

    @Test
    void jsonIsAsTheSchemaSaysAndYamlTheSame() throws IOException {
        String[] files = {
            file("good.yaml", GOOD), file("noted.json", WARNED), file("refused.yaml", REFUSED), "/nowhere/x.yaml"
        };
        for (String judge : List.of("--as=podman-4.3.1", "--as=library-1.0.0", "--strict")) {
            String[] json = Stream.concat(Stream.of("--format=json", judge), Arrays.stream(files))
                    .toArray(String[]::new);
            Run run = validate(json);
            assertThat(run.status()).isEqualTo(1);
            JsonNode tree = SCHEMA.json(run);
            json[0] = "--format=YAML";
            assertThat(OutputSchema.yaml(validate(json))).isEqualTo(tree);
        }
    }

    @Test
    void whatAReportIs() throws IOException {
        String noted = file("noted.json", WARNED);
        JsonNode tree = SCHEMA.json(validate("--format=json", noted, file("refused.yaml", REFUSED)));
        assertThat(tree.at("/judgedAs").propertyNames()).containsExactly("library");
        assertThat(tree.at("/judgedAs/library").stringValue()).isEqualTo("1.1.0");
        JsonNode first = tree.at("/files/0");
        assertThat(first.get("file").stringValue()).isEqualTo(noted);
        assertThat(first.get("verdict").stringValue()).isEqualTo("accepted");
        assertThat(first.get("errors").intValue()).isZero();
        assertThat(first.get("warnings").intValue()).isEqualTo(1);
        assertThat(first.get("infos").intValue()).isEqualTo(1);
        JsonNode finding = first.at("/findings/1");
        assertThat(finding.get("code").stringValue()).isEqualTo("path-relative");
        assertThat(finding.get("severity").stringValue()).isEqualTo("warning");
        assertThat(finding.get("line").intValue()).isEqualTo(8);
        assertThat(finding.get("column").intValue()).isEqualTo(25);
        assertThat(finding.get("pointer").stringValue()).isEqualTo("/devices/0/containerEdits/mounts/0/hostPath");
        assertThat(tree.at("/files/1/verdict").stringValue()).isEqualTo("refused");
    }

    @ParameterizedTest
    @CsvSource({
        "schemaVersion, '\"2.0\"'",
        "files, '{}'",
        "files, '[{}]'",
        "judgedAs, '{\"engine\":\"Podman\",\"library\":\"0.5.2\"}'",
        "files, '[{\"file\":\"x\",\"errors\":-1,\"warnings\":0,\"infos\":0,\"verdict\":\"refused\",\"findings\":[]}]'",
        "files, '[{\"file\":\"x\",\"errors\":0,\"warnings\":0,\"infos\":0,\"verdict\":\"ok\",\"findings\":[]}]'",
        "files, '[{\"file\":\"x\",\"errors\":0,\"warnings\":0,\"infos\":0,\"verdict\":\"refused\",\"findings\":[{}]}]'",
        "files, '[{\"file\":\"x\",\"engines\":[{}]}]'",
    })
    void theSchemaRefuses(String member, String value) throws IOException {
        ObjectNode tree = (ObjectNode) SCHEMA.json(validate("--format=json", file("good.yaml", GOOD)));
        assertThat(SCHEMA.accepts(tree)).isTrue();
        tree.set(member, new JsonMapper().readTree(value));
        assertThat(SCHEMA.accepts(tree)).isFalse();
    }

    @Test
    void theSchemaIsOneOfItsDialect() {
        SCHEMA.assertIsASchema();
    }

    @ParameterizedTest
    @CsvSource({
        "'', FILE",
        "x --format=tabel, tabel",
        "--all-engines --as=podman-5.0 x, exclude each other",
        "--all-engines --format=sarif x, each engine's verdict"
    })
    void wrongUse(String arguments, String what) {
        Run run = validate(
                Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
    }
}
