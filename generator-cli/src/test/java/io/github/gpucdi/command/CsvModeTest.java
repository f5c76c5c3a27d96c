package io.github.gpucdi.command;

import static io.github.gpucdi.command.OptionsTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mode csv on hosts laid out here. */
class CsvModeTest {
    @TempDir
    Path root;

    private CsvHost host;

    @BeforeEach
    void layOut() {
        host = CsvHost.below(root);
    }

    @Test
    void whereThereIsNothingIsSaidWhatWasLookedFor() {
        Run run = host.generate("--driver-root=/drv");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .containsExactly("there is no /drv" + CsvHost.FOLDER + "devices.csv, no /drv" + CsvHost.FOLDER
                        + "drivers.csv, no /drv"
                        + CsvHost.FOLDER
                        + "l4t.csv, no /drv/etc/nv_tegra_release, and no /drv/sys/devices/soc0/family that begins"
                        + " with tegra");
        assertThat(run.messages("hint")).singleElement().asString().contains("--csv.file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file /etc/nv_tegra_release x | true",
                "dir /etc/nv_tegra_release | false",
                "text /sys/devices/soc0/family TEGRA\\n | true",
                "text /sys/devices/soc0/family Tegra234\\n | true",
                "text /sys/devices/soc0/family Xavier\\n | false",
                "text /sys/devices/soc0/family  tegra\\n | false",
            })
    void signsOfTegra(String item, boolean tegra) {
        host.layOut(item);
        Run run = host.generate();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.err().contains("they are missing or empty")).isEqualTo(tegra);
    }

    @Test
    void aDriverRootIsSeenFromInside() throws Exception {
        host.layOut("""
                file /drv/etc/nv_tegra_release x
                file /etc/nv_tegra_release y
                lib /drv/usr/lib/tegra/libcuda.so.1.1 libcuda.so.1
                link /drv/usr/lib/tegra/libcuda.so.1 libcuda.so.1.1
                link /drv/usr/lib/tegra/libcuda.so libcuda.so.1
                link /drv/usr/lib/libcuda.so /usr/lib/tegra/libcuda.so
                link /drv/usr/lib/out ../../../../etc/secret
                file /etc/secret x
                link /drv/usr/share/here /usr/share/there
                dir /drv/usr/share/there
                chr /drv/dev/nvmap 10 121 666
                """);
        Files.createDirectories(root.resolve("drv" + CsvHost.FOLDER));
        Files.writeString(root.resolve("drv" + CsvHost.FOLDER + "devices.csv"), """
                dev, nvmap
                lib, /usr/lib/tegra/libcuda.so.1
                sym, /usr/lib/libcuda.so
                sym, /usr/lib/out
                sym, /usr/share/here
                """);
        Run run = host.generate("--driver-root=/drv", "--hooks=nvidia", "--disable-hook=update-ldcache");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "- libcuda.so.1::/usr/lib/tegra/libcuda.so\n",
                        "- /usr/lib/tegra/libcuda.so::/usr/lib/libcuda.so\n",
                        "- /usr/share/there::/usr/share/here\n",
                        "hostPath: /drv/usr/lib/tegra/libcuda.so.1.1\n    containerPath: /usr/lib/tegra/libcuda.so.1.1\n",
                        "hostPath: /drv/usr/share/there\n    containerPath: /usr/share/there\n",
                        "hostPath: /drv/etc/nv_tegra_release\n",
                        "hostPath: /drv/dev/nvmap\n")
                .doesNotContain("::/drv", "secret");
        assertThat(run.messages("warning")).contains("/drv/usr/lib/out left out: the link leads nowhere");
    }

    @Test
    void withoutHooksLinksAreMountsInTheirPlace() throws Exception {
        host.layOut("file /srv/f\nfile /opt/v/x\nlink /opt/a v/x\nlink /etc/b ../opt/a\ndir /srv/d");
        host.csv("devices.csv", "dev,/dev/nvmap\nsym,/etc/b\ndir,/srv/*\n");
        Run run = host.generate("--hooks=none");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "hostPath: /opt/v/x\n    containerPath: /opt/v/x\n",
                        "hostPath: /opt/v/x\n    containerPath: /opt/a\n",
                        "hostPath: /opt/v/x\n    containerPath: /etc/b\n",
                        "hostPath: /srv/d\n")
                .doesNotContain("hooks", "/srv/f");
        assertThat(run.messages("warning")).noneMatch(line -> line.contains("/srv/f"));
    }

    @Test
    void aLinkThroughADirectorysLinkLeadsWhereItDoes() throws Exception {
        host.layOut("dir /a/b\nlink /l a/b\nfile /a/x\nfile /x wrong\nlink /opt/up ../l/../x");
        host.csv("devices.csv", "dev,/dev/nvmap\nsym,/opt/up\n");
        Run run = host.generate("--hooks=nvidia");
        assertThat(run.out())
                .contains("- /a/x::/opt/up\n", "hostPath: /a/x\n    containerPath: /a/x\n")
                .doesNotContain("containerPath: /x\n");
    }

    /** A container would not start if a name had to be made in a directory that is mounted read-only. */
    @Test
    void nothingIsMountedInsideAMountedDirectory() throws Exception {
        host.layOut("file /opt/d/libx.so.1\nlink /opt/d/y libx.so.1\nlink /opt/z d/y");
        host.csv("devices.csv", "dev,/dev/nvmap\ndir,/opt/d\nlib,/opt/d/libx.so.1\nsym,/opt/z\n");
        Run run = host.generate("--hooks=none");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("containerPath: /opt/d\n", "containerPath: /opt/z\n", "/usr/lib64/libx.so.1\n")
                .doesNotContain("containerPath: /opt/d/");
    }

    @Test
    void nothingIsMountedInsideADirectoryThatALinkLeadsTo() throws Exception {
        host.layOut("lib /opt/d/libx.so.1.2 libx.so.1\nlink /srv/d /opt/d");
        host.csv("devices.csv", "dev,/dev/nvmap\nsym,/srv/d\nlib,/opt/d/libx.so.1.2\n");
        Run run = host.generate("--hooks=none");
        assertThat(run.out())
                .contains("containerPath: /opt/d\n", "containerPath: /srv/d\n", "/usr/lib64/libx.so.1\n")
                .doesNotContain("containerPath: /opt/d/");
    }

    /** A container has the file, and not the directory's link that the text counts on. */
    @Test
    void aTextThatLeadsElsewhereWithoutADirectorysLinkIsNotWritten() throws Exception {
        host.layOut("file /real/up.txt\nlink /real/sub/l ../up.txt\nlink /opt/d /real/sub");
        host.csv("devices.csv", "dev,/dev/nvmap\nsym,/opt/d/l\n");
        assertThat(host.generate("--hooks=nvidia").out())
                .contains("- /real/up.txt::/opt/d/l\n")
                .doesNotContain("../up.txt");
    }

    @Test
    void ignorePatternsAreOfPathsInTheDriverRoot() throws Exception {
        host.layOut("file /drv/usr/lib/x\nlink /drv/usr/lib/libq.so x\nchr /drv/dev/nvmap 10 120 666");
        Files.createDirectories(root.resolve("drv" + CsvHost.FOLDER));
        Files.writeString(root.resolve("drv" + CsvHost.FOLDER + "devices.csv"), "dev,nvmap\nsym,/usr/lib/libq*.so\n");
        Run run = host.generate("--driver-root=/drv", "--hooks=none", "--csv.ignore-pattern=/usr/lib/libq.so");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("libq");
    }

    @Test
    void searchPathsHaveNoWildcardsAndLibrariesAreRegularFiles() throws Exception {
        host.layOut("file /opt/l1/a.txt\nfile /opt/l[1]/b.txt\nfifo /opt/l[1]/c.txt");
        host.csv("devices.csv", "dev,/dev/nvmap\nlib,*.txt\n");
        Run run = host.generate("--hooks=none", "--library-search-path=/opt/l[1]");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("/opt/l[1]/b.txt\n").doesNotContain("a.txt", "c.txt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/usr/lib/tegra/*.so | libb.so",
                "/usr/*/libb.so | liba.so",
                "/usr/*/liba.so | liba.so libb.so",
                "**/liba.so | libb.so",
                "**/lib?.so | ''",
                "**/tegra/* | liba.so libb.so",
                "liba.so | liba.so libb.so",
                "/usr/lib/libb.so,**/liba.so | ''",
            })
    void ignoredAreLinksOnly(String patterns, String links) throws Exception {
        host.layOut("file /usr/lib/x\nlink /usr/lib/tegra/liba.so ../x\nlink /usr/lib/libb.so x");
        host.csv("drivers.csv", "dev,/dev/nvmap\nsym,/usr/lib/tegra/liba.so\nsym,/usr/lib/libb.so\nlib,/usr/lib/x");
        Run run = host.generate("--hooks=nvidia", "--csv.ignore-pattern=" + patterns);
        assertThat(run.status()).as(run.err()).isZero();
        List<String> linked = new ArrayList<>();
        for (String name : List.of("liba.so", "libb.so")) {
            if (run.out().contains("/" + name + "\n")) {
                linked.add(name);
            }
        }
        assertThat(String.join(" ", linked)).isEqualTo(links);
        assertThat(run.out()).contains("containerPath: /usr/lib/x\n");
    }

    @Test
    void namedFilesAndSearchPathsAreThoseOfTheHost() throws Exception {
        host.layOut("file /usr/lib/x one\nfile /opt/usr/lib/x two\nfile /opt/liby three\ndir /drv/etc");
        Files.writeString(root.resolve("my.csv"), "lib,/usr/lib/x\nlib,liby\ndev,/dev/nvmap\n");
        host.csv("devices.csv", "lib,/etc/nothing\n");
        String[] options = {
            "--csv.file=/my.csv", "--library-search-path=/opt", "--driver-root=/drv", "--dev-root=/", "--hooks=nvidia"
        };
        Run run = host.generate(options);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("hostPath: /opt/usr/lib/x\n", "hostPath: /opt/liby\n");
        assertThat(run.err()).doesNotContain("nothing");
        assertThat(host.generate("--csv.file=/my.csv,/not.csv", "--strict").status())
                .isEqualTo(ExitCode.INCOMPLETE.status());
    }

    @Test
    void inNvidiaCtksManners() {
        Run run = Run.of("cdi", "generate", "--simulate=jetson-orin", "--mode=csv", "--csv.compat-container-root=/x");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(names(run)).contains("0", "1833c8b5-9aa0-5382-b784-68b7e77eb185", "all");
        assertThat(Run.of(
                                "generate",
                                "--simulate=jetson-orin",
                                "--mode=csv",
                                "--hooks=nvidia",
                                "--csv.compat-container-root=/x")
                        .out())
                .contains("--cuda-compat-container-root=/x");
    }
}
