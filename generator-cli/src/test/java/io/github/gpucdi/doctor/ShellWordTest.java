package io.github.gpucdi.doctor;

import static org.assertj.core.api.Assertions.assertThat;

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
                "-rf, '-rf'",
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
}
