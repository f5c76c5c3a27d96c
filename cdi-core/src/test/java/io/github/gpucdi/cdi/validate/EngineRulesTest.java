package io.github.gpucdi.cdi.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.EngineTable;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an engine ignores of a spec that its library loads. */
class EngineRulesTest {
    private static final SpecDocument HOOKS = read("""
            cdiVersion: 0.5.0
            kind: acme.example/gpu
            devices:
            - name: zero
              containerEdits: {env: [A=b]}
            - name: one
              containerEdits:
                hooks: [{hookName: poststop, path: /a}]
            containerEdits:
              hooks:
              - {hookName: poststop, path: /b}
              - {hookName: prestart, path: relative}
            """);

    private static SpecDocument read(String text) {
        return SpecReader.read(text.getBytes(StandardCharsets.UTF_8), SpecReader.Format.YAML);
    }

    private static EngineRelease engine(String word) {
        return EngineTable.find(word).orElseThrow();
    }

    @Test
    void hooksThatAreNotRunAreWarningsBesideWhatTheLibrarySays() {
        List<Finding> findings = SpecValidator.validate(HOOKS, engine("apptainer-1.5.0"));
        assertThat(findings)
                .filteredOn(finding -> finding.code() == Finding.Code.HOOKS_IGNORED)
                .extracting(Finding::severity, Finding::where, Finding::what)
                .containsExactly(
                        tuple(
                                Finding.Severity.WARNING,
                                "/devices/1/containerEdits/hooks",
                                "Apptainer runs no hooks: the one here is ignored"),
                        tuple(
                                Finding.Severity.WARNING,
                                "/containerEdits/hooks",
                                "Apptainer runs no hooks: the 2 here are ignored"));
        assertThat(findings)
                .extracting(Finding::position)
                .doesNotContain(Optional.empty(), Optional.of(new Position(1, 1)));
        assertThat(findings)
                .filteredOn(finding -> finding.code() != Finding.Code.HOOKS_IGNORED)
                .isEqualTo(
                        SpecValidator.validate(HOOKS, engine("apptainer-1.5.0").library()))
                .isNotEmpty();
    }

    @Test
    void otherEnginesRunThem() {
        for (EngineRelease release : EngineTable.releases()) {
            if (release.runsHooks()) {
                assertThat(SpecValidator.validate(HOOKS, release))
                        .as(release.name())
                        .isEqualTo(SpecValidator.validate(HOOKS, release.library()));
            }
        }
    }

    @Test
    void whatCannotBeReadHasNone() {
        EngineRelease apptainer = engine("apptainer-1.5.0");
        for (String text : List.of("", "[]", "hooks", "containerEdits: {hooks: []}")) {
            assertThat(SpecValidator.validate(read(text), apptainer))
                    .isEqualTo(SpecValidator.validate(read(text), apptainer.library()));
        }
    }
}
