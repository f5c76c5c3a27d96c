package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigProfileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1g.5gb",
                "7g.40gb",
                "1c.3g.40gb",
                "1g.5gb+me",
                "1g.24gb+me.all",
                "2g.48gb-me",
                "4g.96gb+gfx",
                "1g.24gb+gfx,me",
                "2c.4g.96gb-me,gfx2"
            })
    void aCanonicalNameComesBack(String text) {
        assertThat(MigProfile.parse(text)).map(MigProfile::text).contains(text);
    }

    @Test
    void aFullComputePartIsLeftOut() {
        assertThat(MigProfile.parse("3c.3g.40gb")).contains(new MigProfile(3, 3, 40, List.of(), List.of()));
        assertThat(MigProfile.parse("3c.3g.40gb")).map(MigProfile::text).contains("3g.40gb");
    }

    @ParameterizedTest
    @CsvSource({"1g.24gb+gfx,true", "1g.24gb,false", "1g.24gb-gfx,false", "1g.24gb+me.all,false"})
    void graphicsIsAnAddedAttribute(String text, boolean graphics) {
        assertThat(MigProfile.parse(text).orElseThrow().graphics()).isEqualTo(graphics);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1g",
                "g.5gb",
                "1g.gb",
                "1g.5gb+",
                "1g.5gb-",
                "1g.5gb+me,",
                "1g.5gb+,me",
                "1g.5gb+me+gfx",
                "1g.5gb+me-gfx",
                "1g.5gb+me,me",
                "1g.5gb+1me",
                "1g.5gb+.me",
                "1g.5gb+me.",
                "1g.5gb+m e",
                "1c.2c.3g.5gb",
                "1g.5gb.6gb",
                "1c.5gb",
                " 1g.5gb",
                "1g.5gb ",
                "-1g.5gb",
                "0g.5gb",
                "1g.0gb",
                "4c.3g.40gb",
                "99999999999g.5gb",
                "1G.5GB",
                "１g.5gb",
                "1g.5gb\n",
                "1g.5gb+mé"
            })
    void whatIsNoProfileIsRefused(String text) {
        assertThat(MigProfile.parse(text)).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parsingUndoesPrinting(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            MigProfile profile = profile(random);
            assertThat(MigProfile.parse(profile.text())).contains(profile);
        }
    }

    private static MigProfile profile(Random random) {
        List<String> attributes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            attributes.add(letter(random) + (random.nextBoolean() ? ".x" : "") + i);
        }
        boolean plus = random.nextBoolean();
        int slices = 1 + random.nextInt(8);
        return new MigProfile(
                1 + random.nextInt(slices),
                slices,
                1 + random.nextInt(999),
                plus ? attributes : List.of(),
                plus ? List.of() : attributes);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void garbageIsRefusedOrCanonicalised(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            MigProfile.parse(garbage(random))
                    .ifPresent(profile ->
                            assertThat(MigProfile.parse(profile.text())).contains(profile));
        }
    }

    private static String garbage(Random random) {
        String alphabet = "0123cg.b+-,me \u0000";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(16); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String letter(Random random) {
        return String.valueOf((char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(26)));
    }
}
