package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.PlainText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"\uFFFD", "\uFFFDa", "a\uFFFD", "a\nb", "\t", "\u2028"})
    void whatASpecCannotCarryIsNoName(String text) {
        assertThat(PathText.isWritable(text)).isFalse();
        assertThat(PathText.isFileName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "...", "..a", "grün", "\u00ff", "\u0100"})
    void whatIsPlainIsAName(String text) {
        assertThat(PathText.isFileName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "/a", "a/", "a/b"})
    void aDirectoryIsNoFileName(String text) {
        assertThat(PathText.isWritable(text)).isTrue();
        assertThat(PathText.isFileName(text)).isFalse();
    }

    @Test
    void whatCannotBePrintedIsSpelledOut() {
        assertThat(PlainText.escaped("a\nb\t\u0000\u007f\u0085é")).isEqualTo("a\\x0ab\\x09\\x00\\x7f\\x85é");
        assertThat(PlainText.escaped("a\uFFFDb\u2028c\u202E\uD83D\uDE00")).isEqualTo("a?b?c?\uD83D\uDE00");
    }

    @ParameterizedTest
    @CsvSource({"/, a, /a", "/usr, a, /usr/a", "/usr/, a, /usr/a", "rel, a, rel/a"})
    void aNameInADirectory(String directory, String name, String path) {
        assertThat(PathText.child(directory, name)).isEqualTo(path);
    }
}
