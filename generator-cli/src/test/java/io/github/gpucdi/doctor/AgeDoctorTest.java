package io.github.gpucdi.doctor;

import static io.github.gpucdi.doctor.DoctorHost.FILE;
import static io.github.gpucdi.doctor.DoctorHost.golden;
import static io.github.gpucdi.doctor.DoctorHost.ids;
import static io.github.gpucdi.doctor.DoctorHost.only;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that are older than the last change of the driver. */
class AgeDoctorTest {
    private static final String DRIVER = DoctorHost.bare().driver().version().orElseThrow();

    /** A spec as one of before a package was installed. */
    private static String before(String spec) {
        return spec.replace("libnvidia-encode.so", "libother.so");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.yaml", "nvidia.yaml"})
    void aLibraryThatCameLater(String name) {
        DoctorHost host = DoctorHost.healthy().spec(FILE, before(golden(name)));
        Symptom older = only(host.driverChanged(1).examined(), FindingId.SPEC_OLDER_THAN_DRIVER);
        assertThat(older.what())
                .isEqualTo(FILE + " is older than the driver's last change, and lacks 1 of its libraries");
        assertThat(older.evidence())
                .containsExactly(
                        "written 2026-11-20T10:00:00Z, the driver's libraries changed 2026-11-20T10:00:01Z",
                        "libnvidia-encode.so." + DRIVER);
        assertThat(older.command()).isEqualTo("gpu-cdi generate --engine=auto --output=" + FILE);
    }

    @Test
    void aLibraryThatWasLeftOutOfASpecOfThisDriver() {
        DoctorHost host = DoctorHost.healthy().spec(FILE, before(golden("none.yaml")));
        assertThat(host.examined().symptoms()).isEmpty();
        assertThat(host.driverChanged(0).examined().symptoms()).isEmpty();
    }

    @Test
    void aDriverThatIsAsItWas() {
        assertThat(DoctorHost.healthy().driverChanged(86_400).examined().symptoms())
                .isEmpty();
    }

    @Test
    void anotherVersionIsToldAsThat() {
        DoctorHost host = DoctorHost.healthy().spec(FILE, golden("none.yaml").replace(DRIVER, "1.2.3"));
        assertThat(ids(host.driverChanged(1).examined())).containsExactly(FindingId.SPEC_STALE_DRIVER);
    }
}
