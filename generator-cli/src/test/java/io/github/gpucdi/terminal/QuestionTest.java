package io.github.gpucdi.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
    @ParameterizedTest
    @CsvSource({"y, true", "Yes, true", "' y ', true", "'', false", "n, false", "yep, false", "'\ny', false"})
    void onlyYesIsYes(String answer, boolean yes) throws IOException {
        assertThat(Question.isYes(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(yes);
        assertThat(Question.isYes(new ByteArrayInputStream((answer + "\nmore").getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(yes);
    }
}
