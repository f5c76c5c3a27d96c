package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units under a systemd, which runs in namespaces of its own, with the double as the driver. */
class RefreshIT {
    private static final String LIBRARIES = "/usr/lib/" + System.getProperty("package.arch") + "-linux-gnu/";
    private static final String SPEC = "/etc/cdi/nvidia.yaml";
    private static final String OLD = "580.95.05";
    private static final String NEW = "590.44.01";

    @TempDir
    private static Path parent;

    private static CleanRoot root;
    private Booted host;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(CleanRoot.has("unshare") && CleanRoot.has("nsenter"), "util-linux is not there");
        root = CleanRoot.withSystemd(parent);
        Packaged.Result installed = root.install(CleanRoot.Kind.DEB.made());
        assertThat(installed.status()).as(installed.err()).isZero();
        for (String version : List.of(OLD, NEW)) {
            Commands.run(List.of("../nvml-double/src/main/c/build.sh", root.path() + "/root/" + version, version));
        }
        // What the double answers; and /proc as the test mounted it, since a fresh one has no driver.
        String told = "[Service]\nEnvironment=NVML_DOUBLE_CONFIG=/etc/nvml.conf\nProtectProc=default\n";
        for (String service : List.of("gpu-cdi-refresh", "gpu-cdi-watch")) {
            Path more = root.path().resolve("etc/systemd/system/" + service + ".service.d");
            Files.writeString(Files.createDirectories(more).resolve("double.conf"), told);
        }
    }

    @AfterAll
    static void delete() throws Exception {
        if (root != null) {
            root.delete();
        }
    }

    @BeforeEach
    void boot() throws Exception {
        Commands.run(List.of(
                "sh",
                "-c",
                "rm -rf \"$0\"/etc/cdi \"$0\"" + LIBRARIES + "libnvidia-ml.so.*",
                root.path().toString()));
        host = Booted.boot(root.path());
        host.must("cd /dev && mknod nvidia0 c 195 0 && mknod nvidiactl c 195 255");
    }

    @AfterEach
    void end() throws Exception {
        if (host != null) {
            host.end();
        }
    }

    @Test
    void withoutADriverNothingFails() throws Exception {
        assertThat(host.must("systemctl is-enabled gpu-cdi-refresh.service gpu-cdi-refresh.path"))
                .isEqualTo("enabled\nenabled\n");
        assertThat(host.run("systemctl is-enabled gpu-cdi-watch.service").out()).isEqualTo("disabled\n");
        assertThat(host.must("systemctl show -P ExecMainStatus gpu-cdi-refresh.service"))
                .isEqualTo("3\n");
        assertThat(host.must("systemctl --failed --plain --no-legend")).isEmpty();
    }

    @Test
    void systemdFindsNothingWrong() throws Exception {
        Packaged.Result verified = host.run("cd /usr/lib/systemd/system && systemd-analyze verify --man=no gpu-cdi-*");

        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.err()).doesNotContain("gpu-cdi");
    }

    @Test
    void theSpecFollowsTheDriver() throws Exception {
        driver(OLD);
        awaitSpec(OLD);
        driver(NEW);
        awaitSpec(NEW);

        host.must("rm " + LIBRARIES + "libnvidia-ml.so.*");
        Booted.until("the spec to go", () -> !exists());
    }

    @Test
    void halfAnUpgradeKeepsTheSpecAndIsTriedAgain() throws Exception {
        driver(OLD);
        awaitSpec(OLD);

        host.must("sed -i s/" + OLD + "/" + NEW + "/ /etc/nvml.conf && touch " + LIBRARIES + "x && rm " + LIBRARIES
                + "x");
        Booted.until(
                "exit 5",
                () -> host.must("systemctl show -P ExecMainStatus gpu-cdi-refresh.service")
                        .equals("5\n"));
        assertThat(host.must("cat " + SPEC)).contains(OLD);
        host.must("sed -i s/" + NEW + "/" + OLD + "/ /etc/nvml.conf");
        Booted.until(
                "another try",
                () -> host.must("systemctl show -P ExecMainStatus gpu-cdi-refresh.service")
                        .equals("0\n"));
    }

    @Test
    void newNodesOfMigAreNoticed() throws Exception {
        driver(OLD);
        awaitSpec(OLD);

        host.must("echo 'gpu.1 = l40s' >>/etc/nvml.conf && mknod /dev/nvidia1 c 195 1 && mkdir /dev/nvidia-caps");
        awaitSpec("/dev/nvidia1");
    }

    /** What the udev rule runs, and far more often than the limit that units have by default. */
    @Test
    void thirtyEventsInARowAreSurvived() throws Exception {
        driver(OLD);
        awaitSpec(OLD);

        host.must("for i in $(seq 30); do systemctl start gpu-cdi-event.service && touch " + LIBRARIES
                + "x || exit 1; done");
        assertThat(host.must("systemctl --failed --plain --no-legend")).isEmpty();
        host.must("rm " + LIBRARIES + "x");
        driver(NEW);
        awaitSpec(NEW);
    }

    @Test
    void whatIsWatchedIsNotRefreshedToo() throws Exception {
        driver(OLD);
        awaitSpec(OLD);
        host.must("mkdir /proc/driver/nvidia && echo " + OLD + " >/proc/driver/nvidia/version");

        host.must("systemctl start gpu-cdi-watch.service");
        assertThat(host.run("systemctl is-active gpu-cdi-watch.service gpu-cdi-refresh.path")
                        .out())
                .isEqualTo("active\ninactive\n");
        driver(NEW);
        awaitSpec(NEW);
        host.must("systemctl reload gpu-cdi-watch.service && systemctl is-active gpu-cdi-watch.service");
    }

    @Test
    void onlyABootRemovesTheSpec() throws Exception {
        driver(OLD);
        awaitSpec(OLD);

        host.must("systemd-tmpfiles --remove gpu-cdi.conf && test -e " + SPEC);
        host.must("systemd-tmpfiles --boot --remove gpu-cdi.conf && test ! -e " + SPEC);
    }

    private void driver(String version) throws Exception {
        host.must("cd " + LIBRARIES + " && printf 'driver = " + version + "\\ngpu.0 = l40s\\n' >/etc/nvml.conf"
                + " && cp /root/" + version + " libnvidia-ml.so." + version
                + " && ln -sfn libnvidia-ml.so." + version + " libnvidia-ml.so.1"
                + " && find . -maxdepth 1 -name 'libnvidia-ml.so.*.*' ! -name '*." + version + "' -delete");
    }

    private boolean exists() {
        return Files.exists(root.path().resolve(SPEC.substring(1)));
    }

    private void awaitSpec(String text) throws Exception {
        Path spec = root.path().resolve(SPEC.substring(1));
        Booted.until(
                text + " in the spec", () -> exists() && Files.readString(spec).contains(text));
    }
}
