package io.github.gpucdi.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.FileContent.Encoding;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a", "a\n", "a\n\nb", "---\nname: \"grün \uD83D\uDE00\"\n", "\uFFFD\n"})
    void plainTextStaysReadable(String text) {
        FileContent content = FileContent.of(text.getBytes(UTF_8));
        assertThat(content.encoding()).isEqualTo(Encoding.TEXT);
        assertThat(content.lines()).isEqualTo(List.of(text.split("\n", -1)));
        assertThat(content.bytes()).isEqualTo(text.getBytes(UTF_8));
    }

    static List<byte[]> others() {
        Random random = new Random(7);
        byte[] noise = new byte[10_000];
        random.nextBytes(noise);
        return List.of(
                new byte[] {(byte) 0xff, 1, 2},
                new byte[] {(byte) 0xc0, (byte) 0xaf},
                "a\r\nb".getBytes(UTF_8),
                "a\tb".getBytes(UTF_8),
                "a\u202Eb".getBytes(UTF_8),
                new byte[] {0},
                "x".repeat(FileContent.MAX_LINE + 1).getBytes(UTF_8),
                "\n".repeat(FileContent.MAX_LINES).getBytes(UTF_8),
                noise);
    }

    @ParameterizedTest
    @MethodSource("others")
    void allElseIsBase64InLinesThatFit(byte[] bytes) {
        FileContent content = FileContent.of(bytes);
        assertThat(content.encoding()).isEqualTo(Encoding.BASE64);
        assertThat(content.lines()).allMatch(line -> line.length() <= FileContent.MAX_LINE);
        assertThat(content.lines().size()).isLessThanOrEqualTo(FileContent.MAX_LINES);
        assertThat(content.bytes()).isEqualTo(bytes);
    }

    @Test
    void theLongestLineAndTheMostLinesAreText() {
        assertThat(FileContent.of("x".repeat(FileContent.MAX_LINE).getBytes(UTF_8))
                        .encoding())
                .isEqualTo(Encoding.TEXT);
        assertThat(FileContent.of("\n".repeat(FileContent.MAX_LINES - 1).getBytes(UTF_8)))
                .satisfies(content -> assertThat(content.encoding()).isEqualTo(Encoding.TEXT))
                .satisfies(content -> assertThat(content.size()).isZero());
    }
}
