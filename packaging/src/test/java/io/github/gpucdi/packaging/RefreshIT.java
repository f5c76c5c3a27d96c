package io.github.gpucdi.packaging;

import static io.github.gpucdi.packaging.GpuHost.LIBRARIES;
import static io.github.gpucdi.packaging.GpuHost.NEW;
import static io.github.gpucdi.packaging.GpuHost.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spec follows what happens to a host. */
class RefreshIT {
    private static final String SERVICE = "gpu-cdi-refresh.service";
    private static final String GPU = "/devices/pci0000:00/0000:00:05.0";

    @TempDir
    private static Path parent;

    private static CleanRoot root;
    private GpuHost host;

    @BeforeAll
    static void install() throws Exception {
        root = GpuHost.root(parent);
        Packaged.Result installed = root.install(CleanRoot.Kind.DEB.made());
        assertThat(installed.status()).as(installed.err()).isZero();
        // What a container engine finds when it starts.
        GpuHost.write(root, "etc/systemd/system/docker.service", """
                [Service]
                Type=oneshot
                ExecStart=/bin/sh -c 'cp /etc/cdi/nvidia.yaml /root/found || :'
                RemainAfterExit=yes
                """);
        assertThat(root.run("systemctl add-wants multi-user.target docker.service")
                        .status())
                .isZero();
    }

    @AfterAll
    static void delete() throws Exception {
        if (root != null) {
            root.delete();
        }
    }

    /** With the units as they were installed, whatever another test did. */
    @BeforeEach
    void boot() throws Exception {
        Packaged.Result reset = root.run(
                "cd /etc/systemd/system && rm -rf gpu-cdi-refresh.service gpu-cdi-refresh.path.wants nvidia-cdi-*"
                        + " && systemctl preset gpu-cdi-refresh.service gpu-cdi-refresh.path gpu-cdi-watch.service");
        assertThat(reset.status()).as(reset.err()).isZero();
        host = GpuHost.boot(root);
    }

    @AfterEach
    void end() throws Exception {
        if (host != null) {
            host.end();
        }
    }

    @Test
    void withoutADriverNothingFails() throws Exception {
        assertThat(host.must("systemctl is-active gpu-cdi-refresh.path gpu-cdi-changed.path"))
                .isEqualTo("active\nactive\n");
        assertThat(host.show(SERVICE, "Result") + " " + host.show(SERVICE, "ExecMainStatus"))
                .isEqualTo("success 3");
        assertThat(host.must("cat /run/gpu-cdi/refresh.result")).isEqualTo("success exited 3\n");
        assertThat(host.must("systemctl --failed --plain --no-legend")).isEmpty();
    }

    @Test
    void systemdAndUdevFindNothingWrong() throws Exception {
        Packaged.Result verified = host.run("cd /usr/lib/systemd/system && systemd-analyze verify --man=no gpu-cdi-*");

        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.err()).doesNotContain("gpu-cdi");
        assertThat(host.must("udevadm test --action=add /module/kernel 2>&1"))
                .contains("70-gpu-cdi.rules")
                .doesNotContain("nvalid", "gnoring");
        // README.md has the numbers, which the next systemd may count otherwise.
        host.must("systemd-analyze security --no-pager --threshold=20 gpu-cdi-refresh.service gpu-cdi-watch.service");
    }

    @Test
    void anUpgradeOfTheDriverIsNoticed() throws Exception {
        aDriver();
        host.driver(NEW);
        host.awaitSpec(NEW);

        host.must("rm " + LIBRARIES + "libnvidia-ml.so.*");
        host.awaitNoSpec();
    }

    @Test
    void theDriversModuleComesAndGoes() throws Exception {
        aDriver();

        host.must("rm -r /proc/driver/nvidia");
        host.answer(OLD, "fail nvmlInit_v2 always code=9");
        host.uevent("remove", "/module/nvidia", "SUBSYSTEM=module");
        host.awaitNoSpec();

        host.answer(OLD, "gpu.0 = l40s");
        host.module(OLD);
        host.uevent("add", "/module/nvidia", "SUBSYSTEM=module");
        host.awaitSpec(OLD);
    }

    @Test
    void aGpuIsPluggedInAndTakenOut() throws Exception {
        aDriver();

        host.answer(OLD, "gpu.0 = l40s", "gpu.1 = l40s");
        host.must("mknod /dev/nvidia1 c 195 1");
        host.uevent("add", GPU, "SUBSYSTEM=pci", "PCI_CLASS=30200", "PCI_ID=10DE:26B9");
        host.awaitSpec("/dev/nvidia1");

        host.answer(OLD, "gpu.0 = l40s");
        host.must("rm /dev/nvidia1");
        host.uevent("remove", GPU, "SUBSYSTEM=pci", "PCI_CLASS=30200", "PCI_ID=10DE:26B9");
        Booted.until("the GPU to go", () -> !Files.readString(host.spec()).contains("/dev/nvidia1"));
    }

    /** The kernel raises no event for them, but their nodes are made. */
    @Test
    void migDevicesComeAndGo() throws Exception {
        aDriver();

        host.answer(
                OLD,
                "gpu.0 = a100-40",
                "gpu.0.mig = 1",
                "gpu.0.mig.0.profile = 1g.5gb",
                "gpu.0.mig.0.gi = 1",
                "gpu.0.mig.0.ci = 0");
        host.must("mkdir /proc/driver/nvidia-caps && printf 'gpu0/gi1/access 12\\ngpu0/gi1/ci0/access 13\\n'"
                + " >/proc/driver/nvidia-caps/mig-minors && mkdir /dev/nvidia-caps && cd /dev/nvidia-caps"
                + " && mknod nvidia-cap12 c 236 12 && mknod nvidia-cap13 c 236 13");
        host.awaitSpec("\"0:0\"");

        host.answer(OLD, "gpu.0 = a100-40");
        host.must("rm /dev/nvidia-caps/*");
        Booted.until(
                "the MIG device to go", () -> !Files.readString(host.spec()).contains("\"0:0\""));
    }

    @Test
    void halfAnUpgradeKeepsTheSpecAndIsTriedAgain() throws Exception {
        aDriver();

        host.answer(NEW, "fail nvmlInit_v2 always code=18");
        host.libraries(NEW);
        host.await(SERVICE, "ExecMainStatus", "5");
        assertThat(host.spec()).content().contains(OLD);
        assertThat(host.must("cat /run/gpu-cdi/refresh.result")).isEqualTo("exit-code exited 5\n");

        host.answer(NEW, "gpu.0 = l40s");
        host.awaitSpec(NEW);
    }

    /** Far more often than the limit that units have by default, by path and by rule. */
    @Test
    void thirtyEventsInARowAreSurvived() throws Exception {
        aDriver();

        host.must("for i in $(seq 30); do touch " + LIBRARIES + "x; /root/uevent add@/module/nvidia ACTION=add"
                + " DEVPATH=/module/nvidia SUBSYSTEM=module && systemctl start gpu-cdi-event.service || exit 1; done; rm "
                + LIBRARIES + "x");
        assertThat(host.must("systemctl --failed --plain --no-legend")).isEmpty();
        host.driver(NEW);
        host.awaitSpec(NEW);
    }

    /** A path unit sees nothing while that runs which it has started. */
    @Test
    void whatChangesDuringARunIsNotLost() throws Exception {
        aDriver();
        host.await(SERVICE, "ActiveState", "inactive");
        host.must("echo 'latency_us.nvmlInit_v2 = 1000000' >>/etc/nvml.conf && systemctl --no-block start " + SERVICE);
        Callable<Boolean> runs = () -> host.show(SERVICE, "SubState").equals("start");
        Booted.until("a run", runs);

        host.driver(NEW);

        host.awaitSpec(NEW);
    }

    /** Before an engine starts. */
    @Test
    void aBootHasTheSpecMadeAnew() throws Exception {
        aDriver();
        host.must("systemd-tmpfiles --remove gpu-cdi.conf && test -e /etc/cdi/nvidia.yaml");
        host.await(SERVICE, "ActiveState", "inactive");
        host.end();
        FileTime then = Files.getLastModifiedTime(host.spec());
        String spec = Files.readString(host.spec());
        Files.deleteIfExists(root.path().resolve("root/found"));

        host = GpuHost.reboot(root);

        assertThat(root.path().resolve("root/found")).hasContent(spec);
        assertThat(Files.getLastModifiedTime(host.spec())).isGreaterThan(then);
    }

    @Test
    void aBootWithoutTheDriverLeavesNoSpec() throws Exception {
        aDriver();
        host.must("rm " + LIBRARIES + "libnvidia-ml.so.* && systemctl mask " + SERVICE);
        host.end();

        host = GpuHost.reboot(root);

        assertThat(host.spec()).doesNotExist();
    }

    @Test
    void itHasNoNetworkAndNobodysHome() throws Exception {
        aDriver();
        host.await(SERVICE, "ActiveState", "inactive");

        assertThat(host.must("cat /run/gpu-cdi/seen"))
                .contains("'/root': Permission denied", "'/home': Permission denied", "HOME=\nnet:")
                .doesNotContain(host.must("readlink /proc/1/ns/net"));
    }

    @Test
    void watchKeepsTheSpecByItself() throws Exception {
        aDriver();
        String watch = "gpu-cdi-watch.service";

        host.must(GpuHost.documented("enable --now gpu-cdi-watch"));
        assertThat(host.run("systemctl is-active " + watch + " gpu-cdi-refresh.path gpu-cdi-changed.path")
                        .out())
                .isEqualTo("active\ninactive\ninactive\n");
        assertThat(host.show(watch, "StatusText")).isNotEmpty();
        String pinged = host.show(watch, "WatchdogTimestampMonotonic");
        Booted.until(
                "another sign of life",
                () -> !host.show(watch, "WatchdogTimestampMonotonic").equals(pinged));
        host.must("systemctl reload " + watch);
        host.driver(NEW);
        host.awaitSpec(NEW);

        host.must("systemctl is-active " + watch + " && systemctl stop " + watch);
        assertThat(host.must("cat /run/gpu-cdi/watch.result")).isEqualTo("success exited 0\n");
    }

    @Test
    void itTakesOverFromTheToolkit() throws Exception {
        String theirs = "/etc/systemd/system/nvidia-cdi-refresh.";
        host.must("mkdir -p /var/run/cdi && echo theirs >/var/run/cdi/nvidia.yaml"
                + " && printf '[Path]\nPathChanged=/opt\n[Install]\nWantedBy=multi-user.target\n' >" + theirs + "path"
                + " && printf '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n' >" + theirs
                + "service && systemctl enable --now nvidia-cdi-refresh.path nvidia-cdi-refresh.service");
        host.driver(OLD);

        host.must(GpuHost.documented("disable --now nvidia-cdi-refresh.path"));

        host.awaitSpec(OLD);
        assertThat(host.run(
                                "systemctl is-enabled nvidia-cdi-refresh.path nvidia-cdi-refresh.service; systemctl is-active"
                                        + " nvidia-cdi-refresh.path; ls /var/run/cdi")
                        .out())
                .isEqualTo("disabled\ndisabled\ninactive\n");
    }

    @Test
    void aDirectoryOfTheSitesOwnIsNoticedToo() throws Exception {
        aDriver();
        host.must("mkdir -p /opt/nvidia/lib; " + GpuHost.documented("/opt/nvidia/lib"));
        host.await(SERVICE, "ActiveState", "inactive");

        host.must("rm /etc/cdi/nvidia.yaml && touch /opt/nvidia/lib/x");

        host.awaitSpec(OLD);
    }

    private void aDriver() throws Exception {
        host.driver(OLD);
        host.awaitSpec(OLD);
    }
}
