package io.github.gpucdi.command;

import static io.github.gpucdi.command.OptionsTest.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode csv on hosts laid out here, good and bad. */
class CsvModeTest {
    private static final String FOLDER = "/etc/nvidia-container-runtime/host-files-for-container.d/";

    @TempDir
    Path host;

    @BeforeEach
    void node() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(host, "chr /dev/nvmap 10 120 660 0 44");
    }

    private Run generate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--mode=csv", "--host-root=" + host));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(new String[0]));
    }

    private void csv(String name, String text) throws IOException {
        Path file = host.resolve((FOLDER + name).substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void whereThereIsNothingIsSaidWhatWasLookedFor() {
        Run run = generate("--driver-root=/drv");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .containsExactly("there is no /drv" + FOLDER + "devices.csv, no /drv" + FOLDER + "drivers.csv, no /drv"
                        + FOLDER
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
        HostTree.layOut(host, item);
        Run run = generate();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.err().contains("they are missing or empty")).isEqualTo(tegra);
    }

    @Test
    void aDriverRootIsSeenFromInside() throws Exception {
        HostTree.layOut(host, """
                file /drv/etc/nv_tegra_release x
                file /etc/nv_tegra_release y
                so /drv/usr/lib/tegra/libcuda.so.1.1 libcuda.so.1 - libcuda.so.1 libcuda.so
                link /drv/usr/lib/libcuda.so /usr/lib/tegra/libcuda.so
                link /drv/usr/lib/out ../../../../etc/secret
                file /etc/secret x
                link /drv/usr/share/here /usr/share/there
                dir /drv/usr/share/there
                chr /drv/dev/nvmap 10 121 666
                """.replace(" - ", " x86_64 ")
                .replace("x86_64", "aarch64".equals(System.getProperty("os.arch")) ? "aarch64" : "x86_64"));
        Files.createDirectories(host.resolve("drv" + FOLDER));
        Files.writeString(host.resolve("drv" + FOLDER + "devices.csv"), """
                dev, nvmap
                lib, /usr/lib/tegra/libcuda.so.1
                sym, /usr/lib/libcuda.so
                sym, /usr/lib/out
                sym, /usr/share/here
                """);
        Run run = generate("--driver-root=/drv", "--hooks=nvidia", "--disable-hook=update-ldcache");
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
        HostTree.layOut(host, "file /opt/v/x\nlink /opt/a v/x\nlink /etc/b ../opt/a\ndir /srv/d");
        csv("devices.csv", "dev,/dev/nvmap\nsym,/etc/b\ndir,/srv/*\n");
        Run run = generate("--hooks=none");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "hostPath: /opt/v/x\n    containerPath: /opt/v/x\n",
                        "hostPath: /opt/v/x\n    containerPath: /opt/a\n",
                        "hostPath: /opt/v/x\n    containerPath: /etc/b\n",
                        "hostPath: /srv/d\n")
                .doesNotContain("hooks");
    }

    /** A container would not start if a name had to be made in a directory that is mounted read-only. */
    @Test
    void nothingIsMountedInsideAMountedDirectory() throws Exception {
        HostTree.layOut(host, "file /opt/d/libx.so.1\nlink /opt/d/y libx.so.1\nlink /opt/z d/y");
        csv("devices.csv", "dev,/dev/nvmap\ndir,/opt/d\nlib,/opt/d/libx.so.1\nsym,/opt/z\n");
        Run run = generate("--hooks=none");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("containerPath: /opt/d\n", "containerPath: /opt/z\n", "/usr/lib64/libx.so.1\n")
                .doesNotContain("containerPath: /opt/d/");
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
        HostTree.layOut(host, "file /usr/lib/x\nlink /usr/lib/tegra/liba.so ../x\nlink /usr/lib/libb.so x");
        csv("drivers.csv", "dev,/dev/nvmap\nsym,/usr/lib/tegra/liba.so\nsym,/usr/lib/libb.so\nlib,/usr/lib/x");
        Run run = generate("--hooks=nvidia", "--csv.ignore-pattern=" + patterns);
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
        HostTree.layOut(host, "file /usr/lib/x one\nfile /opt/usr/lib/x two\nfile /opt/liby three\ndir /drv/etc");
        Files.writeString(host.resolve("my.csv"), "lib,/usr/lib/x\nlib,liby\ndev,/dev/nvmap\n");
        csv("devices.csv", "lib,/etc/nothing\n");
        String[] options = {
            "--csv.file=/my.csv", "--library-search-path=/opt", "--driver-root=/drv", "--dev-root=/", "--hooks=nvidia"
        };
        Run run = generate(options);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("hostPath: /opt/usr/lib/x\n", "hostPath: /opt/liby\n");
        assertThat(run.err()).doesNotContain("nothing");
        assertThat(generate("--csv.file=/my.csv,/not.csv", "--strict").status())
                .isEqualTo(ExitCode.INCOMPLETE.status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dir | is not a regular file",
                "fifo | is not a regular file",
                "link-to-nothing | is not a regular file",
                "large | is larger than 1 MiB",
                "many | names too much: all CSV files together may have 8192 entries"
            })
    void filesThatCannotBeUsedAreFailures(String what, String fault) throws Exception {
        csv("devices.csv", "dev,/dev/nvmap\n");
        String file = FOLDER + "drivers.csv";
        switch (what) {
            case "dir", "fifo" -> HostTree.layOut(host, what + " " + file);
            case "link-to-nothing" -> HostTree.layOut(host, "link " + file + " /nothing");
            case "large" -> csv("drivers.csv", "dev,/dev/nvmap\n".repeat(700_000));
            default -> {
                StringBuilder many = new StringBuilder();
                for (int i = 0; i < 8192; i++) {
                    many.append("dev,/dev/n").append(i).append('\n');
                }
                csv("drivers.csv", many.toString());
            }
        }
        Run run = generate();
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("CSV file " + file + " " + fault);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsNotThereIsOneWarningAndBrokenThingsAreAFew() throws Exception {
        StringBuilder text = new StringBuilder("dev,/dev/nvmap\ndev,/dev/nvmap\n");
        for (int i = 0; i < 2000; i++) {
            text.append("lib,/missing")
                    .append(i)
                    .append("\ndir,/etc/f")
                    .append(i)
                    .append("\nnonsense\n");
        }
        for (int i = 0; i < 100; i++) {
            HostTree.layOut(host, "file /etc/f" + i);
        }
        csv("devices.csv", text.toString());
        Run run = generate("--hooks=none");
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .hasSizeLessThan(40)
                .contains(
                        FOLDER + "devices.csv, line 5: 'nonsense' is not a type, a comma and a path",
                        FOLDER + "devices.csv: 1984 more lines are wrong",
                        "/etc/f0 left out: it is of another kind",
                        "92 more things that CSV files name are left out, of /etc/f8 on")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("3900 things that CSV files name are not on this host: /missing0, /missing1, "));
        assertThat(generate("--hooks=none", "--strict").status()).isEqualTo(ExitCode.INCOMPLETE.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev,/dev/nvlink", "dev,/dev", "dev,/etc/f", "dev,/dev/none", "lib,/etc/f"})
    void withoutADeviceNodeThereIsNothingToOffer(String line) throws Exception {
        HostTree.layOut(host, "link /dev/nvlink nvmap\nfile /etc/f\nfile /etc/nv_tegra_release");
        csv("devices.csv", line + "\n");
        Run run = generate();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .startsWith("no device node that the lines 'dev' of");
    }

    @Test
    void commasNeedNoHooks() throws Exception {
        HostTree.layOut(host, "file /etc/a,b\nfile /etc/c::d\nlink /etc/l a,b");
        csv("devices.csv", "dev,/dev/nvmap\nlib,/etc/a,b\nlib,/etc/c::d\nsym,/etc/l\n");
        Run hooks = generate("--hooks=nvidia");
        assertThat(hooks.out()).doesNotContain("a,b", "c::d", "/etc/l");
        assertThat(hooks.messages("warning"))
                .filteredOn(line -> line.contains("',' or '::'"))
                .hasSize(3);
        Run none = generate("--hooks=none");
        assertThat(none.out()).contains("hostPath: /etc/a,b\n    containerPath: /etc/l\n");
    }

    @Test
    void patternsThatLeadIntoTooManyFilesAreSaid() throws Exception {
        for (int i = 0; i < 200; i++) {
            HostTree.layOut(host, "for n 1 200 file /many/d" + i + "/f{n}");
        }
        csv("devices.csv", "dev,/dev/nvmap\nlib,/many/*/f*\n");
        Run run = generate("--hooks=none");
        assertThat(run.messages("warning")).contains("/many/*/f* left out: too many files have such names");
        assertThat(names(run)).containsExactly("0", "all");
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
