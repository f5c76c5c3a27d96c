package io.github.gpucdi.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    @Test
    void theLineTellsItAll() {
        Report report = new Report(
                7,
                true,
                List.of(0, 3),
                12,
                8,
                56,
                Optional.of("580.95.05"),
                Map.of("spec-missing", 2, "no-engine", 1),
                Optional.empty());
        assertThat(report.line()).hasLineCount(1);
        assertThat(Report.of(report.line(), 4)).isEqualTo(report);
        Report bare = new Report(
                3, false, List.of(), 0, 0, 0, Optional.empty(), Map.of(), Optional.of("no driver: a=b\n%, \u00e4"));
        assertThat(bare.line()).hasLineCount(1);
        assertThat(Report.of(bare.line(), 0)).isEqualTo(bare);
    }

    @Test
    void aReasonWithoutAnEndIsCut() {
        Report report =
                new Report(6, false, List.of(), 0, 0, 0, Optional.empty(), Map.of(), Optional.of("x".repeat(100_000)));
        assertThat(report.reason().orElseThrow()).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "ended",
                "ended status=x",
                "ended status=",
                "status=0 changed=true",
                "ended status=0",
                "ended status=0 changed=true millis=1 gpus=0 mig=0 spec.1=true",
                "ended status=0 changed=true millis=1 gpus=0 mig=0 spec.-1=true"
            })
    void anyOtherLineIsNone(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Report.of(line, 1));
    }

    @Test
    void aVersionThatIsNoneIsNotTold() {
        Report report = new Report(0, false, List.of(0), 0, 0, 0, Optional.of("1\nended"), Map.of(), Optional.empty());
        assertThat(report.line()).doesNotContain("driver").hasLineCount(1);
    }
}
