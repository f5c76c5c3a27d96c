package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The machine's own {@code /dev}, {@code /proc/devices} and {@code /sbin/modprobe}, or rather what is mounted over them: in a
 * namespace of mounts that ends with the run, so that the machine sees nothing of it.
 */
class SystemMachineTest {
    /** A program that notes what it is given, and a root beside the machine's; then a line of the test's own. */
    private static final String LAY_OUT = """
            set -e
            mount --make-rprivate /
            mount -t tmpfs -o mode=755 none /mnt
            umask 022
            mkdir -p /mnt/dev/char /mnt/sbin /mnt/x/dev /mnt/x/mnt
            cp -a /dev/null /dev/random /dev/urandom /mnt/dev
            cp "$(command -v chroot)" /mnt/sbin
            cat >/mnt/sbin/modprobe <<'END'
            #!/bin/sh
            echo "$# $*" >>/mnt/ran
            env | grep -v -e ^PWD= -e ^SHLVL= -e ^OLDPWD= -e ^_= >>/mnt/ran
            [ -e /mnt/x ] || exit 0
            echo "195 nvidia" >>/mnt/devices
            [ "$1" != nvidia-uvm ] || { [ ! -e /mnt/broken ] && echo "510 nvidia-uvm" >>/mnt/devices; }
            END
            chmod 755 /mnt/sbin/modprobe
            mount --bind /mnt/sbin /usr/sbin
            for directory in usr bin lib lib64; do
                [ ! -e /$directory ] || { mkdir /mnt/x/$directory; mount --rbind /$directory /mnt/x/$directory; }
            done
            ln -s usr/sbin /mnt/x/sbin
            echo "  1 mem" >/mnt/devices
            mount --bind /mnt/devices /proc/devices
            mount --bind /mnt/dev /dev
            umask 077
            eval "$1"
            shift
            set +e
            "$@"
            echo "status $?"
            cat /mnt/ran /mnt/x/mnt/ran 2>/dev/null
            stat -c '%n %a %t:%T' /dev/nvidia* 2>/dev/null
            :
            """;

    private static final String READY = "printf '195 nvidia\\n510 nvidia-uvm\\n' >/mnt/devices";

    @BeforeEach
    void canMount() {
        assumeTrue(HostTree.canMakeNodes(), "device nodes and mounts need root");
    }

    /** What the program says, how it ends, what its modprobe was given, and which nodes there are then, by line. */
    private static List<String> run(String before, List<String> starter, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", LAY_OUT, "sh", before));
        command.addAll(starter);
        command.addAll(Watching.program());
        command.addAll(List.of("system", "create-device-nodes"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said.lines().toList();
    }

    private static List<String> run(String before, String... options) throws Exception {
        return run(before, List.of(), options);
    }

    @Test
    void modulesAreLoadedAndTheirNumbersUsed() throws Exception {
        assertThat(run(":", "--control-devices", "--load-kernel-modules"))
                .containsExactly(
                        "info: Running: /sbin/modprobe nvidia",
                        "info: Running: /sbin/modprobe nvidia-uvm",
                        "info: Running: /sbin/modprobe nvidia-modeset",
                        "info: Running: mknod --mode=0666 /dev/nvidiactl c 195 255",
                        "info: Running: mknod --mode=0666 /dev/nvidia-modeset c 195 254",
                        "info: Running: mknod --mode=0666 /dev/nvidia-uvm c 510 0",
                        "info: Running: mknod --mode=0666 /dev/nvidia-uvm-tools c 510 1",
                        "status 0",
                        "1 nvidia",
                        "1 nvidia-uvm",
                        "1 nvidia-modeset",
                        "/dev/nvidia-modeset 666 c3:fe",
                        "/dev/nvidia-uvm 666 1fe:0",
                        "/dev/nvidia-uvm-tools 666 1fe:1",
                        "/dev/nvidiactl 666 c3:ff");
    }

    @Test
    void aDryRunLoadsNothing() throws Exception {
        assertThat(run(":", "--control-devices", "--load-kernel-modules", "--dry-run"))
                .startsWith("info: Running: /sbin/modprobe nvidia")
                .contains("error: no NVIDIA devices found: /proc/devices does not name their driver")
                .endsWith("status " + ExitCode.NOTHING_TO_OFFER.status());
    }

    @Test
    void modulesOfAnotherRootAreLoadedInIt() throws Exception {
        assertThat(run(READY, "--root=/mnt/x", "--load-kernel-modules"))
                .containsExactly(
                        "info: Running: chroot /mnt/x /sbin/modprobe nvidia",
                        "info: Running: chroot /mnt/x /sbin/modprobe nvidia-uvm",
                        "info: Running: chroot /mnt/x /sbin/modprobe nvidia-modeset",
                        "status 0",
                        "1 nvidia",
                        "1 nvidia-uvm",
                        "1 nvidia-modeset");
    }

    @Test
    void theFirstModuleThatDoesNotLoadEndsIt() throws Exception {
        List<String> said = run("touch /mnt/broken", "--control-devices", "--load-kernel-modules");
        assertThat(said)
                .contains("error: cannot load the kernel module nvidia-uvm: it ended with exit status 1")
                .endsWith("status " + ExitCode.NOT_WRITTEN.status(), "1 nvidia", "1 nvidia-uvm");
    }

    @ParameterizedTest
    @CsvSource({
        "chmod 777 /mnt/sbin/modprobe, /, /sbin/modprobe: /usr/sbin/modprobe is writable by others than its owner",
        "rm /mnt/sbin/modprobe, /, /sbin/modprobe: not there",
        "chmod 777 /mnt/x, /mnt/x, /mnt/x/sbin/modprobe: /mnt/x is writable by others than its owner",
        "rm /mnt/x/sbin, /mnt/x, /mnt/x/sbin/modprobe: not there",
        "chown 7 /mnt/sbin/chroot, /mnt/x, /usr/sbin/chroot: /usr/sbin/chroot is not owned by root",
    })
    void programsThatNobodyShouldRun(String before, String root, String fault) throws Exception {
        assertThat(run(before, "--root=" + root, "--load-kernel-modules"))
                .hasSize(3)
                .startsWith("error: cannot load kernel modules: " + fault)
                .endsWith("status " + ExitCode.NOT_WRITTEN.status());
    }

    @Test
    void nothingIsLoadedWhereANodeCannotBe() throws Exception {
        assertThat(run("mkdir /dev/nvidiactl", "--control-devices", "--load-kernel-modules"))
                .startsWith("error: /dev/nvidiactl is a directory, not a device node")
                .doesNotContain("1 nvidia");
    }

    @ParameterizedTest
    @CsvSource({
        "'mount -o remount,ro,bind /dev', /, /dev, Read-only file system",
        "'mkdir /mnt/y; mount -t tmpfs -o nr_inodes=2 none /mnt/y; mkdir /mnt/y/dev', /mnt/y, /mnt/y/dev, No space left on device",
    })
    void placesThatCannotBeWritten(String before, String root, String dev, String reason) throws Exception {
        assertThat(run(READY + "; " + before, "--root=" + root, "--control-devices"))
                .containsExactly(
                        "info: Running: mknod --mode=0666 " + dev + "/nvidiactl c 195 255",
                        "error: cannot make " + dev + "/nvidiactl: " + reason,
                        "hint: can its directory be written, and is there free space?",
                        "status " + ExitCode.NOT_WRITTEN.status());
    }

    @Test
    void whoMayNotMakeNodesIsTold() throws Exception {
        assertThat(run(READY, List.of("setpriv", "--bounding-set=-mknod"), "--control-devices"))
                .containsExactly(
                        "info: Running: mknod --mode=0666 /dev/nvidiactl c 195 255",
                        "error: cannot make /dev/nvidiactl: permission denied",
                        "hint: run as root; in a container device nodes take the capability MKNOD",
                        "status " + ExitCode.NOT_WRITTEN.status());
    }
}
