package io.github.gpucdi.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.terminal.CommandFailure;
import io.github.gpucdi.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of drivers, and what they make of the control nodes. */
class MajorsTest {
    private static Majors of(String text) {
        List<DeviceMajor> listed = new ArrayList<>();
        for (String entry : text.split(" ")) {
            listed.add(new DeviceMajor(entry.split("=")[0], Long.parseLong(entry.split("=")[1])));
        }
        return new Majors(listed);
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia=195 nvidia-uvm=510, 195:255 195:254 510:0 510:1",
        "nvidia-frontend=195 nvidia-uvm=510, 195:255 195:254 510:0 510:1",
        "nvidia-frontend=7 nvidia=195 nvidia-uvm=510, 195:255 195:254 510:0 510:1",
        "nvidia=195 nvidia=196 nvidia-uvm=4095 nvidia-uvm=3, 195:255 195:254 4095:0 4095:1",
        "nvidia=4096 nvidia=195 nvidia-uvm=0 nvidia-uvm=999999999 nvidia-uvm=9, 195:255 195:254 9:0 9:1",
    })
    void controlNodes(String listed, String numbers) {
        assertThat(of(listed).controlNodes()).extracting(Device::numbers).containsExactly(numbers.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia-uvm=510, no NVIDIA devices found: /proc/devices does not name their driver",
        "nvidiactl=195 nvidia-uvm=510, no NVIDIA devices found: /proc/devices does not name their driver",
        "nvidia=4096 nvidia-uvm=510, no NVIDIA devices found: /proc/devices does not name their driver",
        "nvidia=195, /proc/devices has no number for /dev/nvidia-uvm",
        "nvidia=195 nvidia-uvm=4096, /proc/devices has no number for /dev/nvidia-uvm",
    })
    void aDriverThatIsMissing(String listed, String what) {
        assertThatThrownBy(() -> of(listed).controlNodes()).isInstanceOfSatisfying(CommandFailure.class, failure -> {
            assertThat(failure.getMessage()).isEqualTo(what);
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOTHING_TO_OFFER);
        });
    }
}
