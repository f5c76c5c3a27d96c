package io.github.gpucdi.cdi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTableTest {
    @ParameterizedTest
    @EnumSource(
            value = CdiVersion.class,
            names = {"V0_1_0", "V0_2_0", "V0_3_0", "V0_4_0", "V0_5_0"})
    void everyEngineReadsUpTo050(CdiVersion version) {
        assertThat(EngineTable.cannotRead(version)).isEmpty();
    }

    @Test
    void namesTheReleasesThatCannotReadDottedClassesAndAnnotations() {
        assertThat(EngineTable.cannotRead(CdiVersion.V0_6_0))
                .contains("Podman before 4.7, containerd before 1.7.12, CRI-O before 1.28 cannot read CDI 0.6.0");
    }

    @Test
    void namesTheReleasesThatCannotReadAdditionalGids() {
        assertThat(EngineTable.cannotRead(CdiVersion.V0_7_0))
                .contains("Podman before 5.1, Docker before 27.0, containerd before 1.7.16, CRI-O before 1.30,"
                        + " SingularityCE before 4.2 cannot read CDI 0.7.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V0_8_0 | Podman before 5.2, Docker before 27.4, containerd before 1.7.27, CRI-O before 1.31,"
                        + " Buildah before 1.37, SingularityCE before 4.2 cannot read CDI 0.8.0",
                "V1_0_0 | Podman before 5.5, Docker before 28.1, containerd before 2.0.5, CRI-O before 1.33,"
                        + " Buildah before 1.40, BuildKit before 0.21, SingularityCE before 4.3.0 cannot read CDI 1.0.0",
            })
    void namesTheReleasesThatCannotReadWhatNobodyNeeds(CdiVersion version, String line) {
        assertThat(EngineTable.cannotRead(version)).contains(line);
    }

    @Test
    void namesTheReleasesThatCannotReadNetDevices() {
        assertThat(EngineTable.cannotRead(CdiVersion.V1_1_0))
                .contains("Podman before 6.0, Docker before 29.2, containerd before 2.2.1, CRI-O before 1.35,"
                        + " Buildah before 1.44, BuildKit before 0.27, nerdctl before 2.2.2,"
                        + " SingularityCE before 4.3.7 cannot read CDI 1.1.0");
    }
}
