package io.github.gpucdi.cdi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of engines whatever their release. */
class EngineTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void namesLeadBackToTheEngine(Engine engine) {
        assertThat(Engine.named(engine.label())).contains(engine);
        assertThat(Engine.named(engine.word())).contains(engine);
        assertThat(EngineTable.releases().stream().anyMatch(release -> release.engine() == engine))
                .isEqualTo(engine != Engine.LIBRARY);
        assertThat(engine.program().isPresent()).isEqualTo(engine != Engine.LIBRARY);
    }

    @ParameterizedTest
    @CsvSource({"crio, CRI_O", "CRI-O, CRI_O", "Singularity-CE, SINGULARITY_CE", "singularityce, SINGULARITY_CE"})
    void otherNames(String word, Engine engine) {
        assertThat(Engine.named(word)).contains(engine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rkt", "singularity", "cri", "podman-4.3"})
    void whatIsNoName(String word) {
        assertThat(Engine.named(word)).isEmpty();
    }

    @Test
    void apptainerAloneRunsNoHooks() {
        List<Engine> ignoring = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            if (!engine.runsHooks()) {
                ignoring.add(engine);
            }
        }
        assertThat(ignoring).containsExactly(Engine.APPTAINER);
    }

    /** {@code singularity} as a link to Apptainer is Apptainer. */
    @Test
    void programsAreDistinctAndApptainerIsLookedForFirst() {
        Set<String> files = new HashSet<>();
        for (Engine engine : Engine.values()) {
            engine.program().ifPresent(program -> {
                assertThat(files.add(program.file())).as(program.file()).isTrue();
                assertThat(program.names()).isNotEmpty();
            });
        }
        assertThat(Engine.APPTAINER).isLessThan(Engine.SINGULARITY_CE);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatSwitchesCdiStandsInAFile(Engine engine) {
        EngineConfiguration configuration = engine.configuration();
        if (configuration.toggle().isPresent() || configuration.dropIns().isPresent()) {
            assertThat(configuration.file()).isPresent();
        }
        configuration
                .toggle()
                .ifPresent(toggle ->
                        assertThat(ReleaseNumber.parse(toggle.onSince())).isPresent());
    }
}
