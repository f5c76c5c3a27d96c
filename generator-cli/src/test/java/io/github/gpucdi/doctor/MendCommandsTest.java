package io.github.gpucdi.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.Mode;
import io.github.gpucdi.host.ProbeOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A command is for the host that was looked at, looked at in the same way. */
class MendCommandsTest {
    private static final ProbeOptions PROBED = new ProbeOptions(
            "/run/nvidia/driver", "/", List.of("/a", "/b"), List.of("/c d"), Optional.of("/usr/bin/hook"));

    @Test
    void optionsAreKept() {
        Mend mend = new Mend("podman-5.0", "/host", List.of("/srv/cdi"), PROBED, Mode.AUTO);
        String look = " --host-root=/host --driver-root=/run/nvidia/driver --dev-root=/ --library-search-path=/a,/b"
                + " --config-search-path='/c d' --nvidia-cdi-hook-path=/usr/bin/hook";
        assertThat(mend.generate("/etc/cdi/x.yaml").command())
                .isEqualTo("gpu-cdi generate" + look + " --engine=podman-5.0 --output=/host/etc/cdi/x.yaml");
        assertThat(mend.onMachine("modprobe nvidia").reaches()).isFalse();
        assertThat(mend.doctor()).isEqualTo(look + " --spec-dir=/srv/cdi");
        assertThat(mend.disable("/etc/cdi/a b").command()).isEqualTo("mv '/host/etc/cdi/a b' '/host/etc/cdi/a b.off'");
        assertThat(mend.disableRefreshed("/run/x").command())
                .isEqualTo("systemctl --root=/host disable nvidia-cdi-refresh.path nvidia-cdi-refresh.service"
                        + " && rm /host/run/x");
    }

    @Test
    void nothingIsAddedToWhatIsUsual() {
        Mend mend = new Mend("auto", "/", List.of(), ProbeOptions.DEFAULT, Mode.AUTO);
        assertThat(mend.doctor()).isEmpty();
        assertThat(mend.path("/etc/cdi")).isEqualTo("/etc/cdi");
        assertThat(mend.onMachine("modprobe nvidia").reaches()).isTrue();
    }
}
