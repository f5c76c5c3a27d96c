package io.github.gpucdi.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PciAddressTest {

    @ParameterizedTest
    @CsvSource({
        "00000000:3B:00.0, 0000:3b:00.0",
        "00000008:01:00.0, 0008:01:00.0",
        "0000FFFF:01:00.0, ffff:01:00.0",
        "00010008:3B:1F.0, 10008:3b:1f.0",
        "00100000:3B:1F.0, 100000:3b:1f.0",
        "FFFFFFFF:00:00.7, ffffffff:00:00.7",
        "0000:3B:00.0, 0000:3b:00.0",
        "10000:E1:00.0, 10000:e1:00.0"
    })
    void theKernelWritesFourDigitsOfTheDomainOrAsManyAsItNeeds(String busId, String address) {
        assertThat(PciAddress.isBusId(busId)).isTrue();
        assertThat(PciAddress.ofBusId(busId)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3B:00.0",
                "000000000:3B:00.0",
                "0000:3B:00",
                "0000:3B:00.0\n",
                "0000:3B:00.0/..",
                "0000:3G:00.0",
                ":3B:00.0"
            })
    void otherTextIsNone(String text) {
        assertThat(PciAddress.isBusId(text)).isFalse();
    }
}
