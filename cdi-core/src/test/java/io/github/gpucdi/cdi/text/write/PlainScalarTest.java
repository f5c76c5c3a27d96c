package io.github.gpucdi.cdi.text.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PlainScalarTest {
    /** The regular expressions of the YAML 1.1 type repository, those of YAML 1.2's core schema, and Go's numbers. */
    private static final List<Pattern> NOT_TEXT = List.of(
            Pattern.compile("y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"),
            Pattern.compile("~|null|Null|NULL|"),
            Pattern.compile("<<|="),
            Pattern.compile("[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"),
            Pattern.compile("[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*"),
            Pattern.compile("[-+]?([0-9][0-9_]*)?\\.[0-9.]*([eE][-+][0-9]+)?"),
            Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"),
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?"),
            Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)"),
            Pattern.compile("[-+]?(?i:inf|infinity|nan)"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "00",
                "1e3",
                "12e4",
                "017",
                "0x10",
                "0o7",
                "0b1",
                "1_000",
                "0:0",
                "12:30",
                "190:20:30.15",
                "1.",
                ".5",
                "-1",
                "+1",
                "-.5",
                "+.5e-3",
                "-0x1f",
                "yes",
                "No",
                "ON",
                "off",
                "y",
                "N",
                "true",
                "False",
                "null",
                "NULL",
                "~",
                ".inf",
                "-.Inf",
                "+.INF",
                ".nan",
                ".NaN",
                "inf",
                "NaN",
                "2001-01-01",
                "2001-12-14t21:59:43.10-05:00",
                "<<",
                "=",
                "",
                " a",
                "a ",
                "-",
                "--",
                "---",
                "...",
                ".",
                "..",
                "- a",
                "? a",
                "?",
                ": a",
                ":",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "@a",
                "`a",
                "%a",
                "!a",
                "&a",
                "*a",
                "|",
                ">",
                "'a",
                "\"a",
                "[a",
                "]",
                "{a",
                "}",
                ",a",
                "a\tb",
                "a\nb",
                "a\rb",
                "a\u0085b",
                "a\u2028b",
                "a\u007fb",
                "\ufeffa",
                "a\u0000",
                "0.6",
                "0.5.0",
                "0000:65:00.0"
            })
    void quotesWhatCouldBeReadAsSomethingElse(String text) {
        assertThat(PlainScalar.isSafe(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "gpu0",
                "GPU-8f1b8e0c-1e2d",
                "/dev/nvidia0",
                "nvidia.com/gpu",
                "A=b",
                "A=",
                "--link",
                "-x",
                "--host-driver=1.2",
                "../card1::/dev/dri/by-path/x",
                "/usr/lib/libcuda.so.550.1",
                "rwm",
                "yesno",
                "nullable",
                "a b",
                "a#b",
                "a:b",
                "l\u00e9",
                "\ud83d\ude00",
                "mig0:1",
                "~/x",
                ".hidden",
                "a[0]",
                "a{b}",
                "a,b",
                "a<b>&c"
            })
    void leavesPlainWhatEveryReaderTakesForText(String text) {
        assertThat(PlainScalar.isSafe(text)).isTrue();
        assertThat(parsed("- " + text + "\n")).isEqualTo(List.of(text));
        assertThat(parsed(text + ": x\n")).isEqualTo(java.util.Map.of(text, "x"));
    }

    @Test
    void nothingNumberLikeStaysPlain() {
        String alphabet = "0123456789abcdefxoXOEinfNyYsTZ+-_.:,~=< ";
        int plain = 0;
        for (long seed = 0; seed < 60_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String candidate = text.toString();
            if (PlainScalar.isSafe(candidate)) {
                plain++;
                for (Pattern pattern : NOT_TEXT) {
                    assertThat(pattern.matcher(candidate).matches())
                            .as("seed %d: '%s' stays plain but matches %s", seed, candidate, pattern)
                            .isFalse();
                }
            }
        }
        assertThat(plain).as("plain texts among those tried").isGreaterThan(3_000);
    }

    private static Object parsed(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
