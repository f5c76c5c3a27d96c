package io.github.gpucdi.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallTimesTest {
    private final CallTimes times = new CallTimes();

    @Test
    void oneCall() {
        times.add(10_000);
        assertThat(times.told()).isEqualTo("1 call, 10 us: 1 up to 10 us");
    }

    @Test
    void someOfEachLength() {
        times.add(0);
        times.add(10_001);
        times.add(2_000_000);
        times.add(9_000_000);
        times.add(10_000_000_000L);
        times.add(10_000_000_001L);
        assertThat(times.told())
                .isEqualTo(
                        "6 calls, 20011010 us: 1 up to 10 us, 1 up to 100 us, 2 up to 10 ms, 1 up to 10 s, 1 longer");
    }
}
