package io.github.gpucdi.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({"x86_64, x86_64-linux-gnu", "aarch64, aarch64-linux-gnu", "ppc64le, powerpc64le-linux-gnu"})
    void tripletsAreDebians(String architecture, String triplet) {
        assertThat(new Platform(architecture, "").triplet()).isEqualTo(triplet);
    }
}
