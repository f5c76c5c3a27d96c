package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "libcuda.so.*.*, libcuda.so.580.95.05, true",
        "libcuda.so.*.*, libcuda.so.1, false",
        "libcuda.so.*, libcuda.so., true",
        "libcuda.so.**, libcuda.so., true",
        "libcuda.so.*, libcuda.so, false",
        "lib*.so.1, libx.so.so.1, true",
        "lib*.so.1, libx.so.12, false",
        "*, '', true",
        "*, anything, true",
        "'', '', true",
        "'', x, false",
        "x, '', false",
        "gsp*.bin, gsp_tu10x.bin, true",
        "gsp*.bin, gsp_tu10x.bin.xz, false",
        "a*b*c, abbc, true",
        "a*b*c, acb, false",
        "a?c, abc, false",
        "a.c, abc, false",
        "[ab], a, false",
    })
    void onlyTheStarIsSpecial(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }
}
