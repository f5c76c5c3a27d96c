package io.github.gpucdi.cdi.text.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.text.RandomSpecs;
import io.github.gpucdi.cdi.text.read.SpecReader.Format;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input made to break the reader: it ends, soon and with findings. */
class HostileSpecTest {
    private static final String HEAD = "cdiVersion: 0.5.0\nkind: a.b/cc\n";
    private static final String SYNTAX = "{}[]:,&*!|>'\"%@#-?\n\t \\";
    /** Against hanging, not a measurement. */
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "- ",
                "? ",
                ": ",
                "a: ",
                "&a ",
                "*a ",
                "!a ",
                "\"",
                "'",
                "|\n",
                "#",
                "\n",
                " ",
                "\t",
                "a",
                "a\n",
                "--- ",
                "[a, ",
                "{a: ",
                "%",
                "\ud83d\ude00",
                "\\",
                ",",
                "[-,",
                "[a:,",
                "{?a ",
                "\"\\'",
                "\"\\L"
            })
    void repeatedSyntaxEndsSoon(String piece) {
        String repeated = piece.repeat(20_000 / piece.length());
        assertTimeoutPreemptively(SOON, () -> {
            for (String text : List.of(repeated, HEAD + "x: " + repeated, "[" + repeated, "{" + repeated)) {
                SpecDocument document = SpecReader.read(bytes(text), Format.JSON);
                assertThat(document.findings()).isNotEmpty();
            }
        });
    }

    @Test
    void longScalarsAreReadInLinearTime() {
        String longText = "a".repeat(1_000_000);
        assertTimeoutPreemptively(SOON, () -> {
            for (String scalar :
                    List.of(longText, "'" + longText + "'", "0" + "1".repeat(1_000_000), "|\n   " + longText)) {
                assertThat(codes(HEAD + "containerEdits: {}\nannotations:\n  a: " + scalar))
                        .doesNotContain(Code.SYNTAX, Code.TOO_LARGE_TO_JUDGE);
            }
        });
    }

    @Test
    void manyScalarsAreReadInLinearTime() {
        assertTimeoutPreemptively(SOON, () -> {
            for (String scalar : List.of("\"a\"", "a b", "'\ud83d\ude00'", "[\ta]")) {
                assertThat(codes("{\"x\": [" + (scalar + ", ").repeat(100_000) + "]}"))
                        .containsExactly(Code.UNKNOWN_KEY);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 10_000, 1_000_000})
    void deepNestingIsNotJudged(int depth) {
        assertTimeoutPreemptively(SOON, () -> {
            assertThat(codes(HEAD + "x: " + "[".repeat(depth) + "]".repeat(depth)))
                    .containsExactly(Code.TOO_LARGE_TO_JUDGE);
            assertThat(codes(HEAD + "x: " + "{a: ".repeat(depth))).containsExactly(Code.TOO_LARGE_TO_JUDGE);
        });
    }

    @Test
    void aThousandLevelsAreRead() {
        assertThat(codes(HEAD + "x: " + "[".repeat(999) + "]".repeat(999))).containsExactly(Code.UNKNOWN_KEY);
    }

    @Test
    void aliasBombsAreRefusedUnexpanded() {
        StringBuilder bomb = new StringBuilder(HEAD + "a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 40; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (alias + ",").repeat(8) + alias + "]\n");
        }
        assertTimeoutPreemptively(
                SOON,
                () -> assertThat(codes(bomb.toString()))
                        .hasSize(1)
                        .containsAnyOf(Code.ALIASES_EXCESSIVE, Code.TOO_LARGE_TO_JUDGE));
    }

    @Test
    void mergesOfMergesAreBounded() {
        StringBuilder bomb = new StringBuilder(HEAD + "a0: &a0 {k: v}\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a" + i + ": &a" + i + " {<<: [*a" + (i - 1) + ", *a" + (i - 1) + "]}\n");
        }
        assertTimeoutPreemptively(
                SOON,
                () -> assertThat(codes(bomb.toString()))
                        .hasSize(1)
                        .containsAnyOf(Code.ALIASES_EXCESSIVE, Code.TOO_LARGE_TO_JUDGE));
    }

    @Test
    void valuesAreCountedBehindAliasesToo() {
        ExpandedNodes nodes = new ExpandedNodes();
        nodes.alias(ExpandedNodes.LIMIT - 1);
        assertThat(nodes.isBeyondLimit()).isFalse();
        nodes.node();
        assertThat(nodes.isBeyondLimit()).isTrue();
    }

    @Test
    void findingsAreBounded() {
        SpecDocument document =
                SpecReader.read(bytes(HEAD + "devices: [" + "{x: 1},".repeat(3_000) + "]"), Format.YAML);
        assertThat(document.spec()).isEmpty();
        assertThat(document.findings()).hasSizeLessThanOrEqualTo(1_001);
    }

    @Test
    void largeFilesAreNotRead() throws IOException {
        Path huge = directory.resolve("huge.yaml");
        try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes(HEAD)), 0);
            channel.write(ByteBuffer.allocate(1), 100_000_000);
        }
        assertThat(SpecReader.read(huge).findings()).extracting(Finding::code).containsExactly(Code.TOO_LARGE_TO_JUDGE);
    }

    @Test
    void onlyRegularFilesAreOpened() throws IOException, InterruptedException {
        Path fifo = directory.resolve("fifo.yaml");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling.yaml"), directory.resolve("gone"));
        assertTimeoutPreemptively(SOON, () -> {
            assertThat(unreadable(fifo)).isEqualTo("not a regular file");
            assertThat(unreadable(Path.of("/dev/zero"))).isEqualTo("not a regular file");
            assertThat(unreadable(directory)).isEqualTo("a directory");
            assertThat(unreadable(directory.resolve("none"))).isEqualTo("no such file");
            assertThat(unreadable(dangling)).isEqualTo("a link that leads nowhere");
        });
    }

    private static String unreadable(Path file) {
        List<Finding> findings = SpecReader.read(file).findings();
        assertThat(findings).extracting(Finding::code).containsExactly(Code.UNREADABLE);
        return findings.get(0).what();
    }

    @Test
    void randomBytesNeverThrow() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] file = new byte[random.nextInt(400)];
            random.nextBytes(file);
            for (int i = 0; i < file.length; i++) {
                if (random.nextInt(4) > 0) {
                    file[i] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
                }
            }
            try {
                assertThat(SpecReader.read(file, Format.JSON).findings()).isNotEmpty();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void damagedFilesNeverThrow() {
        int refused = 0;
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            var spec = RandomSpecs.seeded(random.nextInt(50));
            byte[] file = random.nextBoolean() ? SpecWriter.yaml(spec) : SpecWriter.json(spec);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                file[random.nextInt(file.length)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : SYNTAX.charAt(random.nextInt(SYNTAX.length())));
            }
            try {
                refused += SpecReader.read(file, Format.YAML).spec().isEmpty() ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isBetween(100, 599);
    }

    private static List<Code> codes(String text) {
        return SpecReader.read(bytes(text), Format.YAML).findings().stream()
                .map(Finding::code)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
