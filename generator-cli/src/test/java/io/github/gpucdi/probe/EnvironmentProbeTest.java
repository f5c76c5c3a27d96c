package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostEnvironment.Selinux;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProbeTest {
    @TempDir
    Path temp;

    private HostEnvironment probe(String... tree) throws IOException {
        Path root = Files.createDirectory(temp.resolve("host"));
        HostTree.layOut(root, String.join("\n", tree));
        return new EnvironmentProbe(RootedFs.host(root)).probe();
    }

    @Test
    void aHostWithoutAnyOfIt() throws IOException {
        assertThat(probe("dir /etc")).isEqualTo(new HostEnvironment(Selinux.OFF, Optional.empty(), false, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"1, ENFORCING", "0, PERMISSIVE", "1\\n, ENFORCING", "x, UNKNOWN"})
    void selinux(String text, Selinux expected) throws IOException {
        assertThat(probe("text /sys/fs/selinux/enforce " + text).selinux()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1 1, true", "0 0, false", "0 1, false", "x,"})
    void theBooleanForContainers(String text, Boolean expected) throws IOException {
        assertThat(probe("text /sys/fs/selinux/booleans/container_use_devices " + text)
                        .containerUseDevices()
                        .orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/systemd/system/multi-user.target.wants/nvidia-cdi-refresh.path, true",
        "/etc/systemd/system/multi-user.target.wants/nvidia-cdi-refresh.service, true",
        "/etc/systemd/system/nvidia-cdi-refresh.service, false",
        "/etc/systemd/system/multi-user.target.wants/other.service, false",
    })
    void theRefreshUnit(String link, boolean enabled) throws IOException {
        assertThat(probe("link " + link + " /usr/lib/systemd/system/unit").cdiRefresh())
                .isEqualTo(enabled);
    }

    @Test
    void majors() {
        assertThat(EnvironmentProbe.majors("""
                        Character devices:
                          1 mem
                        195 nvidia
                        195 nvidiactl
                        511 nvidia-uvm
                        99999999999 nvidia-huge
                        x nvidia-word
                        5 nvidia two
                        7 nvidia/slash

                        Block devices:
                        259 nvidia-block
                        """))
                .containsExactly(
                        new DeviceMajor("nvidia", 195),
                        new DeviceMajor("nvidiactl", 195),
                        new DeviceMajor("nvidia-uvm", 511));
        assertThat(EnvironmentProbe.majors("")).isEmpty();
    }

    @Test
    void aMajorsNameIsOfALengthThatCanBe() {
        String longest = "nvidia" + "x".repeat(58);
        assertThat(EnvironmentProbe.majors("1 " + longest + "\n2 " + longest + "x\n3 xnvidia\n"))
                .containsExactly(new DeviceMajor(longest, 1));
    }
}
