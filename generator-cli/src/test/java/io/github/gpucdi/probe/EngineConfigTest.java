package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineConfigTest {
    @ParameterizedTest
    @CsvSource({
        "'{\"features\": {\"cdi\": true}}', true",
        "'{\"features\":{\"buildkit\":true,\n\"cdi\" : false}}', false",
        "'{\"features\": {\"buildkit\": true}, \"cdi\": true}',",
        "'{\"cdi\": true}',",
    })
    void dockersFeature(String json, Boolean enabled) {
        assertThat(EngineConfig.ofDocker(json).cdiEnabled().orElse(null)).isEqualTo(enabled);
    }

    @Test
    void dockersDirectories() {
        assertThat(EngineConfig.ofDocker("{\"cdi-spec-dirs\": [\"/opt/cdi/\", \"relative\", \"\"]}")
                        .specDirectories())
                .containsExactly("/opt/cdi");
        assertThat(EngineConfig.ofDocker("{}")).isEqualTo(EngineConfig.NOTHING);
    }

    @Test
    void containerdsConfiguration() {
        EngineConfig config = EngineConfig.ofToml("""
                version = 2
                disabled_plugins = []
                [plugins."io.containerd.grpc.v1.cri"]
                  cdi_spec_dirs = ["/etc/cdi", '/srv/cdi']
                  # enable_cdi = false
                  enable_cdi = true
                """);
        assertThat(config.cdiEnabled()).contains(true);
        assertThat(config.criDisabled()).contains(false);
        assertThat(config.specDirectories()).containsExactly("/etc/cdi", "/srv/cdi");
        assertThat(EngineConfig.ofToml("disabled_plugins = [\"cri\"]\n").criDisabled())
                .contains(true);
        assertThat(EngineConfig.ofToml("#enable_cdi = true\n#disabled_plugins = [\"cri\"]\n"))
                .isEqualTo(EngineConfig.NOTHING);
    }

    @Test
    void criosListOverSeveralLines() {
        assertThat(EngineConfig.ofToml("[crio.runtime]\ncdi_spec_dirs = [\n\t\"/etc/cdi\",\n\t\"/var/run/cdi\",\n]\n")
                        .specDirectories())
                .containsExactly("/etc/cdi", "/var/run/cdi");
    }

    /** A list over lines, a commented item, a bracket in a text: what a pattern takes for the end. */
    @Test
    void aListThatAPatternMisreads() {
        assertThat(EngineConfig.ofToml("disabled_plugins = [\n  \"a]\", # \"x\"\n  \"cri\",\n]\n")
                        .criDisabled())
                .contains(true);
        assertThat(EngineConfig.ofToml("x = \"\"\"\ndisabled_plugins = [\"cri\"]\n\"\"\"\n"))
                .isEqualTo(EngineConfig.NOTHING);
        assertThat(EngineConfig.ofToml("[other]\ndisabled_plugins = [\"cri\"]\n"))
                .isEqualTo(EngineConfig.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disabled_plugins = [",
                "disabled_plugins = \"cri\"",
                "disabled_plugins = [1]",
                "[plugins.cri]\nenable_cdi = \"yes\"",
                "[a\n",
                "a = 1\na = 2\n",
                "\u0000",
            })
    void whatIsNotUnderstoodIsAProblemNotAnAnswer(String toml) {
        EngineConfig config = EngineConfig.ofToml(toml);
        assertThat(config.problem()).isPresent();
        assertThat(config.of("/etc/x").problem().orElseThrow())
                .startsWith("/etc/x: ")
                .doesNotContain("\n");
        assertThat(EngineConfig.NOTHING.overriddenBy(config).problem()).isPresent();
        assertThat(config.overriddenBy(EngineConfig.NOTHING).problem()).isPresent();
    }

    @Test
    void brokenJsonIsAProblem() {
        assertThat(EngineConfig.ofDocker("{\"features\": {\"cdi\": tru").problem())
                .isPresent();
        assertThat(EngineConfig.ofDocker("{\"features\": {\"cdi\": 1}}").problem())
                .isPresent();
        assertThat(EngineConfig.ofDocker("[]").problem()).isPresent();
    }

    @Test
    void aLaterFileCountsMoreInWhatItSays() {
        EngineConfig first = EngineConfig.ofToml("[plugins.cri]\nenable_cdi = false\ncdi_spec_dirs = [\"/a\"]\n");
        EngineConfig later = EngineConfig.ofToml("[plugins.'io.containerd.cri.v1.runtime']\nenable_cdi = true\n");
        assertThat(first.overriddenBy(later).cdiEnabled()).contains(true);
        assertThat(first.overriddenBy(later).specDirectories()).isEqualTo(List.of("/a"));
        assertThat(first.overriddenBy(EngineConfig.NOTHING)).isEqualTo(first);
    }
}
