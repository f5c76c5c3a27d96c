package io.github.gpucdi.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dev/nvhost-* | /dev/nvhost-gpu",
                "/dev/nvhost-* | /dev/nvhost-",
                "*.so | .so",
                "lib*.so.* | libx.so.1.so.2",
                "/a/*/c | /a/b/c",
                "a?c | abc",
                "[a-c]x | bx",
                "[!a-c]x | dx",
                "[^a-c]x | dx",
                "[]]x | ]x",
                "[!]]x | ax",
                "[a-]x | -x",
                "[ab | [ab",
                "\\*x | *x",
                "x\\ | x\\",
                "** | ab",
            })
    void fits(String pattern, String name) {
        assertThat(new ShellPattern(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dev/* | /dev/dri/card0",
                "/a/**/c | /a/b/b/c",
                "a?c | a/c",
                "[!a]x | /x",
                "a[/]b | a/b",
                "[a-c]x | dx",
                "abc | ab",
                "ab | abc",
                "\\*x | ax",
                "a* | ba",
                "*a | ab",
            })
    void doesNotFit(String pattern, String name) {
        assertThat(new ShellPattern(pattern).matches(name)).isFalse();
    }

    @Test
    void manyStarsDoNotMultiply() {
        String name = "a".repeat(4000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(new ShellPattern("*a".repeat(500) + "b").matches(name))
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource({"/dev/nvmap,false", "/dev/nv*,true", "a?,true", "a[b,true", "a\\b,true"})
    void whatIsAPattern(String text, boolean pattern) {
        assertThat(ShellPattern.isPattern(text)).isEqualTo(pattern);
    }
}
