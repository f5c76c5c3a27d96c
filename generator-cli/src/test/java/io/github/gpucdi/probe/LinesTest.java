package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void theLastLineNeedsNoNewlineAndANewlineBeginsNone() {
        assertThat(Lines.of("")).isEmpty();
        assertThat(Lines.of("\n")).containsExactly("");
        assertThat(Lines.of("a")).containsExactly("a");
        assertThat(Lines.of("a\n")).containsExactly("a");
        assertThat(Lines.of("a\n\nb\r\n")).containsExactly("a", "", "b\r");
    }
}
