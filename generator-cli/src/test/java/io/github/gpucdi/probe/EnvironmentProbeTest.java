package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostEnvironment.Selinux;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
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
        return new EnvironmentProbe(RootedFs.host(root))
                .probe(List.of(library("/lib/libcuda.so.1"), library("/lib/none")));
    }

    @Test
    void aHostWithoutAnyOfIt() throws IOException {
        assertThat(probe("dir /etc"))
                .isEqualTo(new HostEnvironment(
                        Selinux.OFF, Optional.empty(), false, List.of(), OptionalLong.empty(), Optional.empty()));
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
        "multi-user.target.wants/nvidia-cdi-refresh.path, nvidia-cdi-refresh.path, true",
        "multi-user.target.wants/nvidia-cdi-refresh.service, nvidia-cdi-refresh.service, true",
        "multi-user.target.wants/nvidia-cdi-refresh.service, nvidia-cdi-refresh.path, false",
        "nvidia-cdi-refresh.service, nvidia-cdi-refresh.service, false",
        "multi-user.target.wants/other.service, other.service, false",
    })
    void theToolkitsUnit(String link, String unit, boolean enabled) throws IOException {
        String file = "/usr/lib/systemd/system/" + unit;
        assertThat(probe("file " + file + " x", "link /etc/systemd/system/" + link + " " + file)
                        .cdiRefresh())
                .isEqualTo(enabled);
    }

    @Test
    void whenTheDriverChanged() throws IOException {
        long before = System.currentTimeMillis() / 1000;
        HostEnvironment environment = probe("file /lib/libcuda.so.1");
        Path file = temp.resolve("host/lib/libcuda.so.1");
        assertThat(environment.driverChanged())
                .hasValue(((FileTime) Files.getAttribute(file, "unix:ctime")).to(TimeUnit.SECONDS));
        assertThat(environment.driverChanged().getAsLong()).isGreaterThanOrEqualTo(before - 1);
    }

    private static Library library(String path) {
        return new Library(Library.Role.DRIVER, path, Optional.empty(), List.of());
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
