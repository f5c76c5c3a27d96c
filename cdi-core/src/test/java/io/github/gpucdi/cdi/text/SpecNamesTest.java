package io.github.gpucdi.cdi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecNamesTest {
    @Test
    void readsWhatTheWriterWrites() {
        for (long seed = 0; seed < 300; seed++) {
            CdiSpec spec = RandomSpecs.seeded(seed);
            SpecNames expected = new SpecNames.Found(
                    spec.kind(), spec.devices().stream().map(Device::name).toList());
            assertThat(SpecNames.in(SpecWriter.yaml(spec))).as("seed %d", seed).isEqualTo(expected);
            assertThat(SpecNames.in(SpecWriter.json(spec))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "0x10, 16",
        "017, 15",
        "0o17, 15",
        "0b11, 3",
        "1_000, 1000",
        "+5, 5",
        "-5, -5",
        "yes, true",
        "Off, false",
        "TRUE, true",
        "12e4, 120000",
        "1e3, 1000",
        "1.50, 1.5",
        "195.0, 195",
        "09, 9",
        "1e7, 1e+07",
        "0:0, 0:0",
        "12:30, 12:30",
        "GPU-1, GPU-1",
        "'\"017\"', 017",
        "'''yes''', yes",
        "!!str 017, 017",
        "2001-01-01, 2001-01-01",
        "1.2.3, 1.2.3",
        "0x, 0x",
        "1e, 1e",
        "1e99999, 1e99999",
        "., ."
    })
    void coercesUnquotedScalars(String written, String seen) {
        assertThat(SpecNames.in(bytes("kind: a.b/cc\ndevices:\n- {name: " + written + "}\n")))
                .isEqualTo(found("a.b/cc", seen));
    }

    @Test
    void readsJsonAsEnginesDo() {
        assertThat(names("{\n\t\"kind\":\t\"a.b/cc\",\n\t\"devices\": [\n\t\t{\"name\": \"w\"},\n\t]\n}\n"))
                .isEqualTo(found("a.b/cc", "w"));
        assertThat(names("{\"kind\":\"a.b/cc\", # note\n\"devices\":[{\"name\":7}]} trailing"))
                .isEqualTo(found("a.b/cc", "7"));
        assertThat(names("\ufeff{\"kind\":\"a.b/cc\",\"devices\":[{\"name\":\"w\\u003d\"}]}"))
                .isEqualTo(found("a.b/cc", "w="));
    }

    @Test
    void onlyTheFirstDocumentCounts() {
        assertThat(names("---\nkind: a.b/cc\ndevices: [{name: w}]\n---\n[[[")).isEqualTo(found("a.b/cc", "w"));
    }

    @Test
    void keysMatchInAnyCaseAndOtherMembersAreSkipped() {
        assertThat(names("""
                Kind: a.b/cc
                containerEdits: {mounts: [{name: no}]}
                Devices:
                - containerEdits: &e {netDevices: [{hostInterfaceName: a, name: no}]}
                  NAME: w
                - {name: x, containerEdits: *e}
                """)).isEqualTo(found("a.b/cc", "w", "x"));
    }

    @Test
    void followsAliasesOfTexts() {
        assertThat(names("cdiVersion: &v w\nkind: a.b/cc\ndevices: [{name: *v}]"))
                .isEqualTo(found("a.b/cc", "w"));
    }

    @Test
    void noDevicesIsAnEmptyList() {
        assertThat(names("kind: a.b/cc")).isEqualTo(found("a.b/cc"));
        assertThat(names("kind: a.b/cc\ndevices:")).isEqualTo(found("a.b/cc"));
        assertThat(names("kind: a.b/cc\ndevices: []")).isEqualTo(found("a.b/cc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only\n",
                "null",
                "text",
                "[1]",
                "{}",
                "kind:",
                "kind: [a]",
                "kind: {a: b}",
                "kind: a.b/cc\ndevices: w",
                "kind: a.b/cc\ndevices: {name: w}",
                "kind: a.b/cc\ndevices: [w]",
                "kind: a.b/cc\ndevices: [{}]",
                "kind: a.b/cc\ndevices: [{name: null}]",
                "kind: a.b/cc\ndevices: [{name: [w]}]",
                "kind: a.b/cc\ndevices: [{name: *x}]",
                "kind: a.b/cc\ndevices: [{name: w}",
                "kind: \"a",
                "kind: a\n\tb: c",
                "kind: a\nkind b",
                "\u0000",
                "%BAD",
                "---\n...",
                "? [a]\n: b\nkind: a.b/cc",
                "kind: a.b/cc\ndevices: &d [*d]"
            })
    void whatNoEngineLoadsIsUnreadable(String text) {
        assertThat(names(text))
                .isInstanceOfSatisfying(
                        SpecNames.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.reason()).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void badUtf8IsUnreadable() {
        assertThat(SpecNames.in(new byte[] {'k', ':', ' ', (byte) 0xFF}))
                .isEqualTo(new SpecNames.Unreadable("not valid Unicode"));
    }

    @Test
    void readsUtf16WithAMark() {
        String text = "\ufeffkind: a.b/cc\ndevices: [{name: w}]";
        assertThat(SpecNames.in(text.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(found("a.b/cc", "w"));
        assertThat(SpecNames.in(text.getBytes(StandardCharsets.UTF_16BE))).isEqualTo(found("a.b/cc", "w"));
    }

    @Test
    void sizeAndDepthAreBounded() {
        assertThat(SpecNames.in(new byte[SpecNames.MAX_BYTES + 1]))
                .isEqualTo(new SpecNames.Unreadable("larger than 16 MiB"));
        assertThat(names("kind: a.b/cc\nx: " + "[".repeat(61) + "]".repeat(61))).isEqualTo(found("a.b/cc"));
        assertThat(names("kind: a.b/cc\nx: " + "[".repeat(100) + "]".repeat(100)))
                .isEqualTo(new SpecNames.Unreadable("nested deeper than 64"));
        assertThat(names("kind: a.b/cc\nx: [" + "&a b,".repeat(5_000) + "]")).isEqualTo(found("a.b/cc"));
        StringBuilder anchors = new StringBuilder("kind: a.b/cc\nx: [");
        for (int i = 0; i < 5_000; i++) {
            anchors.append("&a").append(i).append(" b,");
        }
        assertThat(names(anchors + "]")).isEqualTo(new SpecNames.Unreadable("more than 4096 anchors"));
        assertThat(names("kind: a.b/cc\ndevices: [" + "{name: w},".repeat(65_537) + "]"))
                .isEqualTo(new SpecNames.Unreadable("more than 65536 devices"));
    }

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
                ","
            })
    void repeatedSyntaxEndsSoon(String piece) {
        byte[] large = bytes("kind: a.b/cc\nx: " + piece.repeat(200_000 / piece.length()));
        byte[] bare = bytes(piece.repeat(200_000 / piece.length()));
        // A deadline against hanging, not a measurement.
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(SpecNames.in(large)).isNotNull();
            assertThat(SpecNames.in(bare)).isNotNull();
        });
    }

    @Test
    void longScalarsAreReadInLinearTime() {
        String long8M = "a".repeat(8_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(120), () -> {
            assertThat(names("kind: a.b/cc\nx: " + long8M)).isEqualTo(found("a.b/cc"));
            assertThat(names("kind: a.b/cc\nx: '" + long8M + "'")).isEqualTo(found("a.b/cc"));
        });
    }

    @Test
    void damagedFilesNeverThrow() {
        int unreadable = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            CdiSpec spec = RandomSpecs.seeded(random.nextInt(50));
            byte[] file = random.nextBoolean() ? SpecWriter.yaml(spec) : SpecWriter.json(spec);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                file[random.nextInt(file.length)] = (byte)
                        (random.nextBoolean()
                                ? random.nextInt(256)
                                : "{}[]:,&*!|>'\"%@#-?\n\t \\".charAt(random.nextInt(23)));
            }
            try {
                unreadable += SpecNames.in(file) instanceof SpecNames.Unreadable ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(unreadable).isBetween(100, 999);
    }

    private static SpecNames names(String text) {
        return SpecNames.in(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SpecNames found(String kind, String... devices) {
        return new SpecNames.Found(kind, List.of(devices));
    }
}
