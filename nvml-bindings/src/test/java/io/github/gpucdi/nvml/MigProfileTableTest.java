package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The names that boards were seen to have, against the arithmetic. */
class MigProfileTableTest {

    /** Total MiB, then instance MiB and the name's gb, of the slices 1, 1 double, 2, 3, 4, 7. */
    private static final String SEVEN_SLICE_BOARDS = """
            a100-40 40960  4864:5   9856:10  9856:10  19968:20  19968:20  40192:40
            a100-80 81920  9728:10  19968:20 19968:20 40192:40  40192:40  80896:80
            h100    81559  9984:10  20096:20 20096:20 40448:40  40448:40  81152:80
            h200    143771 16384:18 33024:35 33024:35 71168:71  71168:71  142848:141
            b200    183359 20992:23 45312:45 45312:45 91136:90  91136:90  182784:180
            b200    183359 22528:23 45312:45 45312:45 91136:90  91136:90  182784:180
            gb200   189471 22528:23 46592:47 46592:47 93696:93  93696:93  188416:186
            """;

    static Stream<Arguments> sevenSliceNames() {
        return SEVEN_SLICE_BOARDS.lines().flatMap(line -> {
            String[] f = line.split(" +");
            long total = Long.parseLong(f[1]);
            return Stream.of(
                    name(f[0], total, 0, 0, f[2], "1g.%sgb"),
                    name(f[0], total, 7, 0, f[2], "1g.%sgb+me"),
                    name(f[0], total, 9, 0, f[3], "1g.%sgb"),
                    name(f[0], total, 1, 1, f[4], "2g.%sgb"),
                    name(f[0], total, 1, 0, f[4], "1c.2g.%sgb"),
                    name(f[0], total, 2, 2, f[5], "3g.%sgb"),
                    name(f[0], total, 2, 7, f[5], "1c.3g.%sgb"),
                    name(f[0], total, 3, 3, f[6], "4g.%sgb"),
                    name(f[0], total, 4, 4, f[7], "7g.%sgb"),
                    name(f[0], total, 4, 8, f[7], "7g.%sgb"));
        });
    }

    private static Arguments name(
            String board, long total, int gpuProfile, int computeProfile, String cell, String form) {
        String[] parts = cell.split(":");
        return Arguments.of(
                board, total, gpuProfile, computeProfile, Long.parseLong(parts[0]), form.formatted(parts[1]));
    }

    @ParameterizedTest
    @MethodSource("sevenSliceNames")
    @CsvSource({
        "a30,24576,0,0,5952,1g.6gb",
        "a30,24576,7,0,5952,1g.6gb+me",
        "a30,24576,1,1,11968,2g.12gb",
        "a30,24576,8,1,11968,2g.12gb+me",
        "a30,24576,3,3,24000,4g.24gb",
        "rtxpro6000,97887,0,0,24192,1g.24gb",
        "rtxpro6000,97887,7,0,24192,1g.24gb+me",
        "rtxpro6000,97887,10,0,24192,1g.24gb+gfx",
        "rtxpro6000,97887,15,0,24192,1g.24gb+me.all",
        "rtxpro6000,97887,13,0,24192,1g.24gb-me",
        "rtxpro6000,97887,1,1,48512,2g.48gb",
        "rtxpro6000,97887,11,1,48512,2g.48gb+gfx",
        "rtxpro6000,97887,16,1,48512,2g.48gb+me.all",
        "rtxpro6000,97887,14,1,48512,2g.48gb-me",
        "rtxpro6000,97887,3,3,97408,4g.96gb",
        "rtxpro6000,97887,3,3,97280,4g.96gb",
        "rtxpro6000,97887,12,3,97408,4g.96gb+gfx",
        "rounded total of 192 GiB,196608,0,0,20992,1g.24gb"
    })
    void publishedNamesComeOut(
            String board, long totalMiB, int gpuProfile, int computeProfile, long memoryMiB, String name) {
        assertThat(MigProfileTable.profile(gpuProfile, computeProfile, memoryMiB, totalMiB << 20))
                .map(MigProfile::text)
                .contains(name);
    }

    @ParameterizedTest
    @CsvSource({"17,0", "18,0", "-1,0", "0,-1", "0,9"})
    void anUnknownIndexHasNoName(int gpuProfile, int computeProfile) {
        assertThat(MigProfileTable.profile(gpuProfile, computeProfile, 4864, 40960L << 20))
                .isEmpty();
    }

    @Test
    void halvesRoundAwayFromZero() {
        assertThat(MigProfileTable.gigabytes(71168, 143771L << 20)).isEqualTo(71);
        assertThat(MigProfileTable.gigabytes(46592, 189471L << 20)).isEqualTo(47);
    }

    @Test
    void memoryThatCannotBeIsNoName() {
        for (long[] pair : List.of(new long[] {0, 1L << 30}, new long[] {4864, 0}, new long[] {-1, 1L << 30})) {
            assertThat(MigProfileTable.profile(0, 0, pair[0], pair[1])).isEmpty();
        }
    }
}
