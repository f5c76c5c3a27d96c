package io.github.gpucdi.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029,
                0x202A, 0x202E, 0x2066, 0x2069, 0xD83D, 0xDE00
            })
    void refusesAndReplaces(int unit) {
        String text = "a" + (char) unit + "b";
        assertThat(PlainText.isPlain(text)).isFalse();
        assertThat(PlainText.of(text)).isEqualTo("a\uFFFDb");
        assertThat(PlainText.isPlain("" + (char) unit)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "NVIDIA A100-SXM4-80GB", "grün \uD83D\uDE00 \u00A0\uFFFD", "\u200D\u2027\u202F\u2065\u206A"})
    void keepsTheRest(String text) {
        assertThat(PlainText.isPlain(text)).isTrue();
        assertThat(PlainText.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00"})
    void replacesOnlyLoneSurrogates(String text) {
        assertThat(PlainText.isPlain(text)).isFalse();
        assertThat(PlainText.isPlain(PlainText.of(text))).isTrue();
        assertThat(PlainText.of(text)).hasSameSizeAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb', a\\x0ab",
        "'\u001b\u009f', \\x1b\\x9f",
        "'\u202e\u2028', ??",
        "'\ud83d grün \ud83d\ude00', '? grün \ud83d\ude00'",
        "'no UTF-8: \ufffd', no UTF-8: ?"
    })
    void spellsOutWhatItCan(String text, String escaped) {
        assertThat(PlainText.escaped(text)).isEqualTo(escaped);
    }
}
