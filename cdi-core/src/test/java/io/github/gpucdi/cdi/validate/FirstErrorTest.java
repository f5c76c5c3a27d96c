package io.github.gpucdi.cdi.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where loading stops, and how much is said. */
class FirstErrorTest {
    private static SpecDocument document(String text) {
        return SpecReader.read(text.getBytes(StandardCharsets.UTF_8), SpecReader.Format.YAML);
    }

    @Test
    void theFirstInLoadingOrderIsNotTheFirstInTheText() {
        SpecDocument document = document("""
                devices: []
                kind: bad
                cdiVersion: 0.3.0
                """);
        Finding first =
                SpecValidator.firstError(document, LibraryRelease.NEWEST).orElseThrow();
        assertThat(first.code()).isEqualTo(Code.KIND_INVALID);
        assertThat(first.position()).contains(new Position(2, 7));
        assertThat(SpecValidator.validate(document, LibraryRelease.NEWEST)
                        .get(0)
                        .code())
                .isEqualTo(Code.NO_DEVICES);
    }

    @Test
    void aGoodSpecHasNone() {
        SpecDocument document =
                document("{cdiVersion: 0.3.0, kind: ab/cd, devices: [{name: x, containerEdits: {env: [A=b]}}]}");
        assertThat(SpecValidator.firstError(document, LibraryRelease.NEWEST)).isEmpty();
        assertThat(SpecValidator.verdict(document, LibraryRelease.NEWEST)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void ofManyFindingsTheFirstThousandOfEachSeverity() {
        String devices = "{name: 1, containerEdits: {mounts: [{hostPath: a, containerPath: ''}]}},".repeat(3_000);
        SpecDocument document = document("{cdiVersion: 0.5.0, kind: ab/cd, devices: [" + devices + "]}");
        List<Finding> findings = SpecValidator.validate(document, LibraryRelease.NEWEST);
        for (Severity severity : Severity.values()) {
            assertThat(findings)
                    .filteredOn(finding -> finding.severity() == severity)
                    .as("%s", severity)
                    .hasSize(1_000);
        }
        assertThat(SpecValidator.verdict(document, LibraryRelease.NEWEST)).isEqualTo(Verdict.REFUSED);
    }
}
