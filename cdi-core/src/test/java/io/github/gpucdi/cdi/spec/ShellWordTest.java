package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/etc/cdi/nvidia.yaml, /etc/cdi/nvidia.yaml",
                "a b, 'a b'",
                "\"\", ''",
                "--a=b, --a=b",
                "it's, 'it'\\''s'",
                "$(reboot), '$(reboot)'",
                "`x`, '`x`'",
                "a;b, 'a;b'",
                "*, '*'",
                "~root, '~root'",
                "grün, 'grün'",
            })
    void oneWordThatMeansItself(String text, String word) {
        assertThat(ShellWord.of(text)).isEqualTo(word);
    }

    @Test
    void aLineHasAWordForEachText() {
        assertThat(ShellWord.line(List.of("hook", "", "a b", "--x=1"))).isEqualTo("hook '' 'a b' --x=1");
        assertThat(ShellWord.line(List.of())).isEmpty();
    }
}
