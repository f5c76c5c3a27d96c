package io.github.gpucdi.cdi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSwitchTest {
    @ParameterizedTest
    @CsvSource({
        "docker-25.0.0, false",
        "docker-28.1.1, false",
        "docker-28.2.0, true",
        "Docker-29.2, true",
        "docker-28.2.0+ds1, true",
        "containerd-1.7.24, false",
        "containerd-1.7.24~ds1, false",
        "containerd-2.0.0, true",
        "containerd-v2.1.0, true",
    })
    void onByDefault(String word, boolean on) {
        assertThat(EngineSwitch.of(word).orElseThrow().onByDefault()).isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman-4.3.1", "cri-o-1.28.4", "docker", "docker-", "-", "", "docker-x", "library-1.0.1"})
    void enginesWithoutASwitch(String word) {
        assertThat(EngineSwitch.of(word)).isEmpty();
    }
}
