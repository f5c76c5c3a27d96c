package io.github.gpucdi.cdi.text.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gpucdi.cdi.spec.Finding.Code;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that must be spelled otherwise is read again a bounded number of times, a large one hardly ever. */
class SpellingsTest {
    /** What loaders take for texts and our parser does not. */
    private static final String[] PIECES = {"a:, ", "-, ", "\"\\'\", "};

    private final Spellings spellings = new Spellings();

    private static SourceText text(String text) {
        return SourceText.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSmallTextIsReadAgainForEach(int piece) throws SyntaxException {
        String items = PIECES[piece].repeat(Spellings.MAX - 1);
        assertThat(TreeReader.read(text("x: [" + items + "]"), spellings)).isPresent();
        assertThat(spellings.readings()).isEqualTo(Spellings.MAX - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void oneMoreIsTooMuch(int piece) {
        assertTooMuch("x: [" + PIECES[piece].repeat(Spellings.MAX) + "]", Spellings.MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aLargeTextIsNotReadManyTimes(int piece) {
        String filler = "f: " + "x".repeat(9_000_000) + "\n";
        assertTooMuch(filler + "x: [" + PIECES[piece].repeat(3) + "]", 2);
    }

    @Test
    void aLargeTextIsReadAgainOnce() throws SyntaxException {
        String filler = "f: " + "x".repeat(9_000_000) + "\n";
        assertThat(TreeReader.read(text(filler + "x: [-]"), spellings)).isPresent();
        assertThat(spellings.readings()).isEqualTo(1);
    }

    /** What stands behind the place counts as little as it costs. */
    @Test
    void onlyWhatWasReadCounts() throws SyntaxException {
        String filler = "f: " + "x".repeat(9_000_000) + "\n";
        assertThat(TreeReader.read(text("x: [" + PIECES[0].repeat(20) + "]\n" + filler), spellings))
                .isPresent();
        assertThat(spellings.readings()).isEqualTo(20);
    }

    private void assertTooMuch(String text, int readings) {
        SyntaxException refusal =
                catchThrowableOfType(SyntaxException.class, () -> TreeReader.read(text(text), spellings));
        assertThat(refusal.code()).isEqualTo(Code.TOO_LARGE_TO_JUDGE);
        assertThat(spellings.readings()).isEqualTo(readings);
    }
}
