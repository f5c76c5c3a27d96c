package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTextTest {
    @ParameterizedTest
    @CsvSource({
        "podman, 'podman version 4.3.1\n', 4.3.1",
        "podman, 'podman version 6.0.0-dev\n', 6.0.0-dev",
        "docker, 'Docker version 20.10.24+dfsg1, build 297e128\n', 20.10.24+dfsg1",
        "docker, 'Docker version 29.2.0, build 0ab1c2d\n', 29.2.0",
        "containerd, 'containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u1\n', 1.6.20~ds1",
        "containerd, 'containerd github.com/containerd/containerd v1.7.24 88bf19b2105c8b17560993bee28a01ddc2f97182\n',"
                + " 1.7.24",
        "containerd, 'containerd github.com/containerd/containerd/v2 v2.0.0 207ad711eabd375a01713109a8a197d197ff6542\n',"
                + " 2.0.0",
        "crio, 'crio version 1.28.4\nVersion:        1.28.4\nGitCommit:      unknown\n', 1.28.4",
        "buildah, 'buildah version 1.28.2 (image-spec 1.0.2-dev, runtime-spec 1.0.2-dev)\n', 1.28.2",
        "buildkitd, 'buildkitd github.com/moby/buildkit v0.20.1 de56a3c5056341667b5bad71f414ece70b50724f\n', 0.20.1",
        "nerdctl, 'nerdctl version 2.1.2\n', 2.1.2",
        "apptainer, 'apptainer version 1.4.1\n', 1.4.1",
        "singularity-ce, 'singularity-ce version 4.1.0-jammy\n', 4.1.0-jammy",
        "crun, 'crun version 1.8.1\ncommit: f8a096be060b22ccd3d5f3ebe44108517fbf6c30\n', 1.8.1",
        "runc, 'runc version 1.1.5+ds1\ncommit: 1.1.5+ds1-1+deb12u1\nspec: 1.0.2-dev\n', 1.1.5+ds1",
        "podman, 'podman 4.3.1', 4.3.1",
        "podman, 'podman version 4.3', 4.3",
    })
    void whatEnginesPrint(String name, String text, String version) {
        assertThat(VersionText.of(text, List.of(name))).contains(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "podman",
                "podman version",
                "podman version unknown",
                "podman version 4",
                "podman version .4.3",
                "podman version 4..3",
                "4.3.1 podman",
                "docker version 4.3.1",
                "version 4.3.1",
                "\npodman version 4.3.1",
                "podman version 99999999999.1",
                "podman version 4.3.1-$(reboot)",
                "podman version 4.3.1\u001b[31m",
                "podman version 4.3.1/x",
                "\0\0\0\0",
            })
    void whatTellsNothing(String text) {
        assertThat(VersionText.of(text, List.of("podman"))).isEmpty();
    }

    @Test
    void longLines() {
        assertThat(VersionText.of("podman " + "4.".repeat(2000), List.of("podman")))
                .isEmpty();
        assertThat(VersionText.of("podman 4.3-" + "x".repeat(65), List.of("podman")))
                .isEmpty();
    }
}
