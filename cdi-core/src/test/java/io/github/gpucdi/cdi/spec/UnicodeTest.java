package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnicodeTest {
    @Test
    void halfAPairIsReplacedAndAWholeOneStays() {
        assertThat(Unicode.wellFormed("grün \ud83d\ude00")).isEqualTo("grün \ud83d\ude00");
        assertThat(Unicode.wellFormed("\ud83da\ude00\ud83d\ud83d\ude00\ud83d"))
                .isEqualTo("\ufffda\ufffd\ufffd\ud83d\ude00\ufffd");
    }
}
