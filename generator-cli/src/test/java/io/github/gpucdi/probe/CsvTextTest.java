package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.CsvEntry.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTextTest {
    @Test
    void linesAreTypeCommaPath() {
        CsvText text = CsvText.of(
                "\uFEFFdev, /dev/nvmap\r\n# comment\r\n\r\n  dir ,/a//b/../c/ \nlib,/x, y\nsym,/with space\ndev,nvmap");
        assertThat(text.lines())
                .containsExactly(
                        new CsvText.Line(1, Type.DEV, "/dev/nvmap"),
                        new CsvText.Line(4, Type.DIR, "/a/c"),
                        new CsvText.Line(5, Type.LIB, "/x, y"),
                        new CsvText.Line(6, Type.SYM, "/with space"),
                        new CsvText.Line(7, Type.DEV, "nvmap"));
        assertThat(text.rejected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dev | 'dev' is not a type, a comma and a path",
                "dev /dev/x | 'dev /dev/x' is not a type, a comma and a path",
                "Dev,/dev/x | 'Dev' is none of dev, dir, lib, sym",
                "blk,/dev/x | 'blk' is none of dev, dir, lib, sym",
                ",/dev/x | '' is none of dev, dir, lib, sym",
                "dev, | there is no path",
                "lib,usr/lib/libx.so | 'usr/lib/libx.so' is not an absolute path",
                "dir,etc | 'etc' is not an absolute path",
                "dev,.. | '..' is not an absolute path",
                "dev,dri/card0 | 'dri/card0' is not an absolute path",
                "dev,\"/dev/x\" | '\"/dev/x\"' is not an absolute path",
                "dir,/etc/.. | '/etc/..' is the root directory",
                "dir,/ | '/' is the root directory",
                "lib,/a\u0007b | '/a\\x07b' holds what no spec can carry",
                "lib,/a\uFFFDb | '/a?b' holds what no spec can carry",
            })
    void whatIsWrongIsSaidWithTheLine(String line, String fault) {
        CsvText text = CsvText.of("\n" + line);
        assertThat(text.lines()).isEmpty();
        assertThat(text.rejected()).containsExactly("line 2: " + fault);
    }

    @Test
    void longTextIsCut() {
        CsvText text = CsvText.of("x".repeat(5000) + "\nlib,/" + "y".repeat(4095));
        assertThat(text.rejected())
                .containsExactly(
                        "line 1: '" + "x".repeat(60) + "…' is not a type, a comma and a path",
                        "line 2: the path is longer than 4095 characters");
    }

    @Test
    void notAllBadLinesAreListed() {
        CsvText text = CsvText.of("bad\n".repeat(1000) + "dev,/dev/x");
        assertThat(text.rejected()).hasSize(16);
        assertThat(text.unlisted()).isEqualTo(984);
        assertThat(text.lines()).hasSize(1);
    }
}
