package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.model.ShadowAdvice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowAdviceTest {
    @ParameterizedTest
    @CsvSource({
        "false, false, true",
        "false, true, true",
        "true, true, true",
        "true, false, false",
    })
    void theLowerFileGoesOnlyIfItAloneIsOfAnotherDriver(boolean lowerStale, boolean higherStale, boolean higherGoes) {
        assertThat(ShadowAdvice.higherGoes(lowerStale, higherStale)).isEqualTo(higherGoes);
    }
}
