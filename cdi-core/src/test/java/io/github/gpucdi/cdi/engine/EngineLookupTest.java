package io.github.gpucdi.cdi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineLookupTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/home/u", "XDG_CONFIG_HOME", "/conf", "XDG_RUNTIME_DIR", "/run/user/7");

    private static EngineRelease release(String nameAndVersion) {
        return EngineTable.find(nameAndVersion).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "podman-4.1, Podman, 4.1-4.2, 0.4.0, V0_4",
        "podman-4.2.1, Podman, 4.1-4.2, 0.4.0, V0_4",
        "podman-4.3.1, Podman, 4.3, 0.5.2, V0_5_0",
        "PodMan-v4.4.4, Podman, 4.4, 0.5.3, V0_5_0",
        "podman-4.3.1+ds1-8+deb12u1, Podman, 4.3, 0.5.2, V0_5_0",
        "podman-4.5.0-rc1, Podman, 4.5-4.6, 0.5.4, V0_5_4",
        "podman-4.7, Podman, 4.7, 0.6.1, V0_6",
        "podman-4.9.3, Podman, 4.8-5.0, 0.6.2, V0_6",
        "podman-5, Podman, 4.8-5.0, 0.6.2, V0_6",
        "podman-5.1, Podman, 5.1, 0.7.2, V0_7",
        "podman-5.4.2, Podman, 5.2-5.4, 0.8.0, V0_8",
        "podman-5.5.0, Podman, 5.5, 1.0.1, V1_0",
        "podman-5.10, Podman, 5.6-5.8, 1.0.1, V1_0",
        "podman-6.0.0-dev, Podman, 6.0, 1.1.0, V1_1",
        "podman-99, Podman, 6.0, 1.1.0, V1_1",
        "docker-25.0.0, Docker, 25.0-26.1, 0.6.2, V0_6",
        "docker-27.3.1, Docker, 27.0-27.3, 0.7.2, V0_7",
        "docker-28.0.4, Docker, 27.4-28.0, 0.8.x, V0_8",
        "docker-28.2, Docker, 28.1-29.1, 1.0.1, V1_0",
        "docker-29.2, Docker, 29.2-29.7, 1.1.0, V1_1",
        "containerd-1.7, containerd, 1.7.0-1.7.10, 0.5.4, V0_5_4",
        "containerd-1.7.11, containerd, 1.7.0-1.7.10, 0.5.4, V0_5_4",
        "containerd-1.7.13, containerd, 1.7.13-1.7.15, 0.6.2, V0_6",
        "containerd-1.7.100, containerd, 1.7.27-1.7.34, 0.8.1, V0_8",
        "containerd-2.0, containerd, 2.0.0-2.0.2, 0.8.0, V0_8",
        "containerd-2.0.5, containerd, 2.0.5-2.0.11, 1.0.0, V1_0",
        "containerd-2.2.0, containerd, 2.1-2.2.0, 1.0.1, V1_0",
        "containerd-v2.2.1, containerd, 2.2.1-2.3, 1.1.0, V1_1",
        "cri-o-1.24, CRI-O, 1.24, 0.3.2, V0_3",
        "crio-1.28, CRI-O, 1.28, 0.6.0, V0_6",
        "CRI-O-1.28.2, CRI-O, 1.28, 0.6.0, V0_6",
        "cri-o-1.36.0, CRI-O, 1.35-1.36, 1.1.0, V1_1",
        "buildah-1.37, Buildah, 1.37-1.39, 0.8.0, V0_8",
        "buildkit-0.21, BuildKit, 0.21-0.26, 1.0.1, V1_0",
        "nerdctl-2.2.1, nerdctl, 2.1-2.2.0, 1.0.1, V1_0",
        "nerdctl-2.2.2, nerdctl, 2.2.2-2.3, 1.1.0, V1_1",
        "singularityce-4.2, SingularityCE, 4.2, 0.8.0, V0_8",
        "singularity-ce-4.3.6, SingularityCE, 4.3.0, 1.0.0, V1_0",
        "apptainer-1.5.0, Apptainer, 1.5.0, 1.1.0, V1_1",
        "library-0.5.2, library, 0.5.2, 0.5.2, V0_5_0",
        "library-v0.5.4, library, 0.5.4, 0.5.4, V0_5_4",
        "library-1.0, library, 1.0, 1.0, V1_0",
        "library-1.1.0, library, 1.1.0, 1.1.0, V1_1",
        "Library-after-1.1.0, library, after-1.1.0, after-1.1.0, AFTER_V1_1",
    })
    void takesTheNewestRowNotAboveTheVersion(
            String word, String engine, String range, String libraryVersion, LibraryRelease library) {
        EngineRelease release = release(word);
        assertThat(List.of(release.engine().label(), release.range(), release.libraryVersion()))
                .containsExactly(engine, range, libraryVersion);
        assertThat(release.library()).isEqualTo(library);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "podman-3.1 | Podman 3.1 has no CDI, the first release with it is 4.1",
                "podman-3.2 | Podman 3.2 to 4.0 were built with CDI from before its first release, which cannot be judged",
                "podman-4.0.3 | Podman 3.2 to 4.0 were built with CDI from before its first release, which cannot be judged",
                "docker-24.0 | Docker 24.0 has no CDI, the first release with it is 25.0",
                "containerd-v1.6.33 | containerd v1.6.33 has no CDI, the first release with it is 1.7.0",
                "apptainer-1.4.5 | Apptainer 1.4.5 has no CDI, the first release with it is 1.5.0",
                "incus-7.3 | Incus has no CDI",
                "lxd-6.2 | LXD reads no spec directories: it makes its spec itself",
                "library-1.2.0 | CDI library 1.2.0 is not known, only 0.3 to 1.1 and after-1.1.0 are",
                "library-1.1.x | CDI library 1.1.x is not known, only 0.3 to 1.1 and after-1.1.0 are",
                "library-1.1.1000 | CDI library 1.1.1000 is not known, only 0.3 to 1.1 and after-1.1.0 are",
                "library- | CDI library  is not known, only 0.3 to 1.1 and after-1.1.0 are",
                "singularity-4.2 | engine 'singularity' is not known, only Podman, Docker, containerd, CRI-O, Buildah,"
                        + " BuildKit, nerdctl, SingularityCE, Apptainer and library",
                "rkt-1.0 | engine 'rkt' is not known, only Podman, Docker, containerd, CRI-O, Buildah, BuildKit, nerdctl,"
                        + " SingularityCE, Apptainer and library",
                "podman | 'podman' is not NAME-VERSION, such as podman-4.9.3",
                "podman- | 'podman-' is not NAME-VERSION, such as podman-4.9.3",
                "podman-new | 'podman-new' is not NAME-VERSION, such as podman-4.9.3",
                "podman-5.x | 'podman-5.x' is not NAME-VERSION, such as podman-4.9.3",
                "podman-5..1 | 'podman-5..1' is not NAME-VERSION, such as podman-4.9.3",
                "podman-9999999999 | 'podman-9999999999' is not NAME-VERSION, such as podman-4.9.3",
                "-4.3 | '-4.3' is not NAME-VERSION, such as podman-4.9.3",
                "4.3 | '4.3' is not NAME-VERSION, such as podman-4.9.3",
                "`` | '' is not NAME-VERSION, such as podman-4.9.3",
            })
    void saysWhyThereIsNone(String word, String reason) {
        assertThat(EngineTable.find(word)).isEmpty();
        assertThat(EngineTable.lookUp(word)).isEqualTo(new EngineLookup.Unknown(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "podman-5.4, false, /etc/cdi:/var/run/cdi",
        "podman-5.4, true, /etc/cdi:/var/run/cdi",
        "podman-5.5.2, false, /etc/cdi",
        "podman-5.5.2, true, /etc/cdi",
        "podman-5.6, true, /etc/cdi:/var/run/cdi",
        "docker-29.1, true, /etc/cdi:/var/run/cdi",
        "docker-29.2, false, /etc/cdi:/var/run/cdi",
        "docker-29.2, true, /etc/cdi:/var/run/cdi:/conf/cdi:/run/user/7/cdi",
        "containerd-2.2, false, /etc/cdi:/var/run/cdi",
        "cri-o-1.24, false, /etc/cdi:/var/run/cdi",
        "buildah-1.36, false, /etc/cdi",
        "buildah-1.38, true, /etc/cdi",
        "buildah-1.40, false, /etc/cdi",
        "buildah-1.41, true, /etc/cdi:/var/run/cdi",
        "buildkit-0.20, false, /etc/cdi:/var/run/cdi:/etc/buildkit/cdi",
        "buildkit-0.32, false, /etc/cdi:/var/run/cdi:/etc/buildkit/cdi",
        "nerdctl-2.1, false, /etc/cdi:/var/run/cdi",
        "nerdctl-2.1, true, /conf/cdi:/run/user/7/cdi",
        "nerdctl-2.3, true, /conf/cdi:/run/user/7/cdi",
        "singularityce-4.0, true, /etc/cdi:/var/run/cdi",
        "apptainer-1.5, true, /etc/cdi:/var/run/cdi",
        "library-1.1.0, false, /etc/cdi:/var/run/cdi",
    })
    void knowsTheDefaultDirectories(String word, boolean rootless, String directories) {
        assertThat(release(word).directories(rootless, ENVIRONMENT)).containsExactly(directories.split(":"));
    }

    @Test
    void usersDirectoriesFollowTheEnvironment() {
        EngineRelease nerdctl = release("nerdctl-2.2.2");
        assertThat(nerdctl.directories(true, Map.of("HOME", "/home/u"))).containsExactly("/home/u/.config/cdi");
        assertThat(nerdctl.directories(true, Map.of("HOME", "/home/u", "XDG_CONFIG_HOME", "", "XDG_RUNTIME_DIR", "")))
                .containsExactly("/home/u/.config/cdi");
        assertThat(nerdctl.directories(true, Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
                .containsExactly("/run/user/7/cdi");
        assertThat(nerdctl.directories(true, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "podman-6.0, false, false",
        "docker-29.1, true, false",
        "docker-29.2, false, false",
        "docker-29.2, true, true",
        "nerdctl-2.3, true, false",
        "library-1.1.0, true, false",
        "library-after-1.1.0, false, true",
        "library-after-1.1.0, true, true",
    })
    void knowsWhoFollowsLinkedDirectories(String word, boolean rootless, boolean follows) {
        assertThat(release(word).followsLinkedDirectories(rootless)).isEqualTo(follows);
    }

    @Test
    void onlyBuildahAndSingularityFailOnAnyError() {
        for (EngineRelease release : EngineTable.releases()) {
            assertThat(release.failsOnAnyError())
                    .as("%s %s", release.engine().label(), release.range())
                    .isEqualTo(Set.of(Engine.BUILDAH, Engine.SINGULARITY_CE).contains(release.engine()));
        }
    }

    @Test
    void rowsRiseWithinEachEngineAndFindThemselves() {
        List<EngineRelease> releases = EngineTable.releases();
        assertThat(releases).hasSize(52);
        for (int i = 0; i < releases.size(); i++) {
            EngineRelease release = releases.get(i);
            String name = release.engine().label() + "-";
            assertThat(EngineTable.find(name + release.first())).contains(release);
            assertThat(EngineTable.find(name + release.last())).contains(release);
            if (i > 0 && releases.get(i - 1).engine() == release.engine()) {
                EngineRelease before = releases.get(i - 1);
                assertThat(ReleaseNumber.of(before.last())).isLessThan(ReleaseNumber.of(release.first()));
                assertThat(before.library()).isLessThanOrEqualTo(release.library());
            }
        }
    }

    @Test
    void enginesStandInOneBlockEach() {
        List<Engine> blocks = new ArrayList<>();
        for (EngineRelease release : EngineTable.releases()) {
            if (blocks.isEmpty() || blocks.get(blocks.size() - 1) != release.engine()) {
                blocks.add(release.engine());
            }
        }
        assertThat(blocks)
                .extracting(Engine::label)
                .containsExactly(
                        "Podman",
                        "Docker",
                        "containerd",
                        "CRI-O",
                        "Buildah",
                        "BuildKit",
                        "nerdctl",
                        "SingularityCE",
                        "Apptainer");
    }
}
