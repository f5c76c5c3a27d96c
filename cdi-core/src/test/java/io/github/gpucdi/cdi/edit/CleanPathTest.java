package io.github.gpucdi.cdi.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanPathTest {
    @ParameterizedTest
    @CsvSource({
        "'', .",
        "., .",
        "/, /",
        "//, /",
        "/.., /",
        "/../a, /a",
        "/a/, /a",
        "/a//b/./c, /a/b/c",
        "/a/b/../c, /a/c",
        "/a/../.., /",
        "a/.., .",
        "a/../.., ..",
        "../../a, ../../a",
        "../a/../b, ../b",
        "/..a/...b, /..a/...b"
    })
    void isTheShortestForm(String path, String clean) {
        assertThat(CleanPath.of(path)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "/drv, /drv, true",
        "/drv/lib, /drv, true",
        "/drvx/lib, /drv, false",
        "/dr, /drv, false",
        "/lib, /, true",
        "lib, /, false"
    })
    void isUnderByComponents(String path, String root, boolean under) {
        assertThat(CleanPath.isUnder(path, root)).isEqualTo(under);
    }
}
