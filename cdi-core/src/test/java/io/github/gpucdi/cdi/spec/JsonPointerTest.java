package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPointerTest {
    @ParameterizedTest
    @CsvSource({"name, name", "'', ''", "a/b, a~1b", "~, ~0", "~1, ~01", "/~, ~1~0"})
    void whatSeparatesAndEscapesIsEscapedInAKey(String key, String step) {
        assertThat(JsonPointer.member("/devices/0", key)).isEqualTo("/devices/0/" + step);
        assertThat(JsonPointer.key(step)).isEqualTo(key);
    }
}
