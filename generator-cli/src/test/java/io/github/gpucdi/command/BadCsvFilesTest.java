package io.github.gpucdi.command;

import static io.github.gpucdi.command.OptionsTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files that are none, and lines that lead nowhere. */
class BadCsvFilesTest {
    @TempDir
    Path root;

    private CsvHost host;

    @BeforeEach
    void layOut() {
        host = CsvHost.below(root);
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
        host.csv("devices.csv", "dev,/dev/nvmap\n");
        String file = CsvHost.FOLDER + "drivers.csv";
        switch (what) {
            case "dir", "fifo" -> host.layOut(what + " " + file);
            case "link-to-nothing" -> host.layOut("link " + file + " /nothing");
            case "large" -> host.csv("drivers.csv", "dev,/dev/nvmap\n".repeat(700_000));
            default -> {
                StringBuilder many = new StringBuilder();
                for (int i = 0; i < 8192; i++) {
                    many.append("dev,/dev/n").append(i).append('\n');
                }
                host.csv("drivers.csv", many.toString());
            }
        }
        Run run = host.generate();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error")).containsExactly("CSV file " + file + " " + fault);
        assertThat(run.out()).isEmpty();
        Run named = host.generate("--csv.file=" + CsvHost.FOLDER + "devices.csv," + file);
        assertThat(named.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(named.messages("error")).isEqualTo(run.messages("error"));
    }

    @Test
    void aFileOfBadLinesIsNotCalledEmpty() throws Exception {
        host.csv("devices.csv", "no line\n");
        Run run = host.generate();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .startsWith("no line of " + CsvHost.FOLDER + "devices.csv names anything: line 1: ");
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
            host.layOut("file /etc/f" + i);
        }
        host.csv("devices.csv", text.toString());
        Run run = host.generate("--hooks=none");
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .hasSizeLessThan(40)
                .contains(
                        CsvHost.FOLDER + "devices.csv, line 5: 'nonsense' is not a type, a comma and a path",
                        CsvHost.FOLDER + "devices.csv: 1984 more lines are wrong",
                        "/etc/f0 left out: it is of another kind",
                        "92 more things that CSV files name are left out, of /etc/f8 on")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("3900 things that CSV files name are not on this host: /missing0, /missing1, "));
        assertThat(host.generate("--hooks=none", "--strict").status()).isEqualTo(ExitCode.INCOMPLETE.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev,/dev/nvlink", "dev,/dev", "dev,/etc/f", "dev,/dev/none", "lib,/etc/f"})
    void withoutADeviceNodeThereIsNothingToOffer(String line) throws Exception {
        host.layOut("link /dev/nvlink nvmap\nfile /etc/f\nfile /etc/nv_tegra_release");
        host.csv("devices.csv", line + "\n");
        Run run = host.generate();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .startsWith("no device node that the lines 'dev' of");
    }

    @Test
    void commasNeedNoHooks() throws Exception {
        host.layOut("file /etc/a,b\nfile /etc/c::d\nlink /etc/l a,b");
        host.csv("devices.csv", "dev,/dev/nvmap\nlib,/etc/a,b\nlib,/etc/c::d\nsym,/etc/l\n");
        Run hooks = host.generate("--hooks=nvidia");
        assertThat(hooks.out()).doesNotContain("a,b", "c::d", "/etc/l");
        assertThat(hooks.messages("warning"))
                .filteredOn(line -> line.contains("',' or '::'"))
                .hasSize(3);
        Run none = host.generate("--hooks=none");
        assertThat(none.out()).contains("hostPath: /etc/a,b\n    containerPath: /etc/l\n");
    }

    @Test
    void patternsThatLeadIntoTooManyFilesAreSaid() throws Exception {
        for (int i = 0; i < 200; i++) {
            host.layOut("for n 1 200 file /many/d" + i + "/f{n}");
        }
        host.csv("devices.csv", "dev,/dev/nvmap\nlib,/many/*/f*\n");
        Run run = host.generate("--hooks=none");
        assertThat(run.messages("warning")).contains("/many/*/f* left out: too many files have such names");
        assertThat(names(run)).containsExactly("0", "all");
    }
}
