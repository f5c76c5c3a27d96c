package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.UnitRun;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsProbeTest {
    private static final String UNIT = "gpu-cdi-refresh.service";
    private static final String PACKAGED = "/usr/lib/systemd/system/" + UNIT;
    private static final String OWN = "/etc/systemd/system/" + UNIT;

    @TempDir
    Path temp;

    private Optional<RefreshUnits> probe(String... tree) throws IOException {
        Path root = Files.createDirectory(temp.resolve("host"));
        HostTree.layOut(root, String.join("\n", tree));
        return new UnitsProbe(RootedFs.host(root)).probe();
    }

    /** The packaged unit, and what else there is. */
    private RefreshUnits withUnit(String... tree) throws IOException {
        String[] all = new String[tree.length + 1];
        all[0] = "file " + PACKAGED + " [Unit]";
        System.arraycopy(tree, 0, all, 1, tree.length);
        return probe(all).orElseThrow();
    }

    private RefreshUnit unit(String... tree) throws IOException {
        return withUnit(tree).unit(UNIT).orElseThrow();
    }

    @Test
    void aHostWithoutUnits() throws IOException {
        assertThat(probe(
                        "dir /run/systemd/system",
                        "file /usr/lib/systemd/system/other.service",
                        "dir /usr/lib/systemd/system/" + UNIT + ".d",
                        "file /run/gpu-cdi/refresh.result success"))
                .isEmpty();
    }

    @Test
    void aUnitThatIsInstalled() throws IOException {
        assertThat(withUnit())
                .isEqualTo(new RefreshUnits(
                        false,
                        false,
                        List.of(new RefreshUnit(UNIT, List.of(PACKAGED), false, false, false, Optional.empty()))));
    }

    @Test
    void systemdRuns() throws IOException {
        assertThat(withUnit("dir /run/systemd/system").systemdRuns()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/systemd/system/multi-user.target.wants/",
                "/run/systemd/system/multi-user.target.requires/",
                "/usr/lib/systemd/system/multi-user.target.wants/"
            })
    void aUnitThatIsEnabled(String directory) throws IOException {
        assertThat(unit("link " + directory + UNIT + " " + PACKAGED).isStarted())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/systemd/system/multi-user.target.wants/gpu-cdi-refresh.path",
                "/etc/systemd/system/multi-user.target.d/" + UNIT,
                "/etc/systemd/system/gpu-cdi-event.service",
            })
    void aUnitThatIsNot(String link) throws IOException {
        assertThat(unit("link " + link + " " + PACKAGED).enabled()).isFalse();
    }

    @Test
    void whatEnabledAUnitThatIsGone() throws IOException {
        RefreshUnits left = probe("link /etc/systemd/system/multi-user.target.wants/" + UNIT + " " + PACKAGED)
                .orElseThrow();
        assertThat(left.units()).hasSize(1);
        assertThat(left.starts(UNIT)).isFalse();
    }

    @Test
    void aUnitInPlaceOfThePackages() throws IOException {
        RefreshUnit unit = unit("file " + OWN + " [Unit]", "dir " + OWN + ".d");
        assertThat(unit.files()).containsExactly(OWN, PACKAGED);
        assertThat(unit.masked()).isFalse();
    }

    @Test
    void linksToThePackagesUnitAreNoUnitsOfTheirOwn() throws IOException {
        RefreshUnit unit = unit("link " + OWN + " " + PACKAGED, "link /lib usr/lib");
        assertThat(unit.files()).containsExactly(OWN);
        assertThat(unit.masked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link " + OWN + " /dev/null", "file " + OWN})
    void aMask(String mask) throws IOException {
        RefreshUnit unit = unit(mask, "link /etc/systemd/system/x.wants/" + UNIT + " " + PACKAGED);
        assertThat(unit.files()).containsExactly(OWN, PACKAGED);
        assertThat(unit.masked()).isTrue();
        assertThat(unit.isInstalled()).isTrue();
        assertThat(unit.isStarted()).isFalse();
    }

    @Test
    void aMaskOfNothing() throws IOException {
        RefreshUnits units = probe("link " + OWN + " /dev/null").orElseThrow();
        assertThat(units.unit(UNIT).orElseThrow().isInstalled()).isFalse();
    }

    @Test
    void whatIsNoUnitFile() throws IOException {
        assertThat(unit("fifo " + OWN).files()).containsExactly(PACKAGED);
        assertThat(RefreshUnits.NAMES).contains(UNIT);
    }

    /** What the packages bring is looked for, all of it. */
    @Test
    void theUnitsOfThePackages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../packaging/src/main/systemd"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches(".*\\.(service|path|timer)")))
                    .containsExactlyInAnyOrderElementsOf(RefreshUnits.NAMES.stream()
                            .filter(name -> name.startsWith("gpu-cdi-"))
                            .toList());
        }
    }

    @Test
    void aMaskedTemplate() throws IOException {
        String name = RefreshUnits.EVENT_PATHS;
        RefreshUnits units = withUnit(
                "file /usr/lib/systemd/system/" + name + " [Unit]", "link /etc/systemd/system/" + name + " /dev/null");
        assertThat(units.unit(name).orElseThrow().masked()).isTrue();
    }

    @Test
    void aLinkToNothing() throws IOException {
        assertThat(unit("link " + OWN + " /nowhere").files()).containsExactly(PACKAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sys/fs/cgroup/system.slice/", "/sys/fs/cgroup/systemd/system.slice/"})
    void aUnitThatRuns(String group) throws IOException {
        assertThat(unit("dir " + group + UNIT).active()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/lib/tmpfiles.d/gpu-cdi.conf, r! /etc/cdi/nvidia.yaml, true",
        "/etc/tmpfiles.d/gpu-cdi.conf, r! /etc/cdi/nvidia.yaml, true",
        "/usr/lib/tmpfiles.d/gpu-cdi.conf, # nothing, false",
        "/usr/lib/tmpfiles.d/other.conf, r! /etc/cdi/nvidia.yaml, false",
    })
    void theRuleThatDeletesTheSpecAtBoot(String path, String text, boolean deleted) throws IOException {
        assertThat(withUnit("text " + path + " " + text).deletedAtBoot()).isEqualTo(deleted);
    }

    @Test
    void aRuleThatIsMasked() throws IOException {
        assertThat(withUnit(
                                "text /usr/lib/tmpfiles.d/gpu-cdi.conf r! /etc/cdi/nvidia.yaml",
                                "link /etc/tmpfiles.d/gpu-cdi.conf /dev/null")
                        .deletedAtBoot())
                .isFalse();
    }

    @Test
    void howServicesEnded() throws IOException {
        RefreshUnits units = withUnit(
                "text /run/gpu-cdi/refresh.result exit-code exited 5\\n",
                "file /usr/lib/systemd/system/gpu-cdi-watch.service [Unit]",
                "text /run/gpu-cdi/watch.result signal killed KILL\\n");
        assertThat(units.unit(UNIT).orElseThrow().lastRun()).hasValue(new UnitRun("exit-code", "exited", "5"));
        assertThat(units.unit(RefreshUnits.WATCH).orElseThrow().lastRun())
                .hasValue(new UnitRun("signal", "killed", "KILL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo", "dir", "link /proc/1"})
    void noFileOfAResult(String kind) throws IOException {
        String[] words = kind.split(" ");
        String target = words.length > 1 ? " " + words[1] : "";
        assertThat(unit(words[0] + " /run/gpu-cdi/refresh.result" + target).lastRun())
                .isEmpty();
    }

    @Test
    void aResultWithoutAProcess() {
        assertThat(UnitsProbe.run("resources  \n")).hasValue(new UnitRun("resources", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "done exited 0",
                "success exited",
                "success left 0",
                "success exited 0 more",
                "success exited 1000",
                "signal killed kill",
                "success exited 0\nexit-code exited 5",
                "signal killed \u001b[31mKILL",
            })
    void anotherText(String text) {
        assertThat(UnitsProbe.run(text)).isEmpty();
    }
}
