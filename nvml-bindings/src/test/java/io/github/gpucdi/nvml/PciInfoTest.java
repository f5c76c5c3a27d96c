package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PciInfoTest {

    @ParameterizedTest
    @CsvSource({
        "00000000:CA:00.0,0000:ca:00.0",
        "00000008:01:00.0,0008:01:00.0",
        "00010000:3B:00.0,00010000:3b:00.0",
        "0000:3B:00.0,0000:3b:00.0",
        "garbage,garbage"
    })
    void sysfsDropsOnlyZeroDigits(String busId, String name) {
        assertThat(new PciInfo(busId, 0, 0, 0, 0, 0).sysfsName()).isEqualTo(name);
    }
}
