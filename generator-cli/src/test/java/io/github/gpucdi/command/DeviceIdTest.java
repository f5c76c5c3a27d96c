package io.github.gpucdi.command;

import static io.github.gpucdi.command.OptionsTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.terminal.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Device ids in every form. */
class DeviceIdTest {
    private static final String MIG_HOST = "--simulate=hgx-h100";

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "03, 3",
        "4:0, 4:0",
        "6:5, 6:5",
        "06:05, 6:5",
        "GPU-ff2ad1d0-be0b-0692-0dae-1ee21222defb, 0",
        "4, 4",
        "minor3, 3",
        "minor6:11:0, 6:3",
    })
    void deviceIdsOfEveryForm(String id, String name) {
        Run run = Run.of("generate", MIG_HOST, "--device-id=" + id, "--device-name-strategy=index", "--no-all-device");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(names(run)).containsExactly(name);
    }

    @Test
    void aMigUuidIsADeviceId() {
        Run all = Run.of("generate", MIG_HOST, "--device-name-strategy=uuid", "--no-all-device");
        String uuid = names(all).stream()
                .filter(name -> name.startsWith("MIG-"))
                .findFirst()
                .orElseThrow();
        Run run = Run.of("generate", MIG_HOST, "--device-id=" + uuid, "--device-name-strategy=uuid", "--no-all-device");
        assertThat(names(run)).containsExactly(uuid);
    }

    @Test
    void deviceIdsAreAListInEveryWriting() {
        String[] whole = {"--device-id=0,1", "--device-id=2"};
        for (String alias : List.of("--device-id", "--device-ids", "--device", "--devices")) {
            Run run = Run.of(
                    "generate",
                    MIG_HOST,
                    "--device-name-strategy=index",
                    whole[0].replace("--device-id", alias),
                    alias,
                    "2");
            assertThat(names(run)).as(alias).containsExactly("0", "1", "2", "all");
        }
        assertThat(names(Run.of(
                        "generate",
                        MIG_HOST,
                        "--device-name-strategy=index",
                        "--device-id=0,GPU-ff2ad1d0-be0b-0692-0dae-1ee21222defb")))
                .as("named twice")
                .containsExactly("0", "all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8",
                "-1",
                "0:0",
                "4:3",
                "4:",
                ":4",
                "4:0:0",
                "minor",
                "minor8",
                "minor6:11",
                "GPU-ff2ad1d0",
                "gpu0",
                "ALL",
                " 0",
                "+1",
                ""
            })
    void unknownDeviceIds(String id) {
        Run run = Run.of("generate", MIG_HOST, "--device-id=1," + id + ",2");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).singleElement().asString().contains("the id '" + id + "'");
        assertThat(run.messages("hint")).singleElement().asString().contains("all, none, 0, ", "4:0, 4:1, 4:2, 4:4");
    }
}
