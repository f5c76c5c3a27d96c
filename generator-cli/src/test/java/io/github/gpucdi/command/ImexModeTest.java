package io.github.gpucdi.command;

import static io.github.gpucdi.command.OptionsTest.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IMEX channels and their ids. */
class ImexModeTest {
    @TempDir
    Path host;

    private static Run generate(String... ids) {
        String[] arguments = {"generate", "--simulate=gb200-imex", "--mode=imex", "--device-id=" + String.join(",", ids)
        };
        return Run.of(arguments);
    }

    private Run onHost() {
        return Run.of("generate", "--mode=imex", "--host-root=" + host);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 2, all",
                "002 | 2, all",
                "channel2 | 2, all",
                "5,channel0 | 0, 5, all",
                "all | 0, 1, 2, 3, 4, 5, 6, 7, all",
                "channelall | 0, 1, 2, 3, 4, 5, 6, 7, all",
                "3,all | 0, 1, 2, 3, 4, 5, 6, 7, all",
            })
    void ids(String ids, String names) {
        Run run = generate(ids);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(String.join(", ", names(run))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1048576",
                "99999999999999999999",
                "-1",
                "x",
                "none",
                "channel",
                "2 ",
                "GPU-1",
                "channelchannel2",
                "٣"
            })
    void whatIsNoIdIsRefused(String id) {
        Run run = generate(id);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).containsExactly("'" + id + "' is no id of an IMEX channel");
        assertThat(run.messages("hint")).singleElement().asString().contains("0 to 1048575");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2,2", "2,channel2", "channel02,2"})
    void aChannelTwiceIsRefused(String ids) {
        Run run = generate(ids);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("IMEX channel 2 is asked for twice");
    }

    @Test
    void aChannelThatIsNotThereIsRefusedWithThoseThatAre() {
        Run run = generate("1048575");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("there is no IMEX channel 1048575");
        assertThat(run.messages("hint")).containsExactly("this host has all, 0, 1, 2, 3, 4, 5, 6, 7");
    }

    @Test
    void aHostWithoutChannels() {
        Run run = onHost();
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error")).containsExactly("there is no /dev/nvidia-caps-imex-channels/channel*");
    }

    @Test
    void namesThatAreNoChannelsAreNamed() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        String directory = "/dev/nvidia-caps-imex-channels/";
        HostTree.layOut(host, "chr " + directory + "channelx 503 0 666\nchr " + directory + "channel02 503 2 666");
        Run none = onHost();
        assertThat(none.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        HostTree.layOut(host, "chr " + directory + "channel10 503 10 660 0 44\ndir " + directory + "channel3");
        Run run = onHost();
        assertThat(names(run)).containsExactly("10", "all");
        assertThat(run.out()).contains("minor: 10", "gid: 44", "additionalGids:");
        assertThat(run.messages("warning"))
                .containsExactlyInAnyOrder(
                        directory + "channel3 is a directory, not a device node: left out",
                        directory + "channel02 left out: it is not named as channels are",
                        directory + "channelx left out: it is not named as channels are");
    }

    @Test
    void olderEnginesHaveNoNamesThatAreNumbers() {
        Run run = Run.of("generate", "--simulate=gb200-imex", "--mode=imex", "--device-id=4", "--cdi-version=0.3.0");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(names(run)).containsExactly("all");
        assertThat(Run.of("generate", "--simulate=gb200-imex", "--mode=imex", "--cdi-version=0.3.0")
                        .status())
                .isEqualTo(ExitCode.INCOMPLETE.status());
    }
}
