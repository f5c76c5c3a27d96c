package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes for what is beside GPUs, as a user meets them. */
class SideModesTest {
    private static final String FABRIC = "--simulate=hgx-h100-fabric";

    @TempDir
    Path folder;

    private Path host() throws IOException {
        return Files.createDirectories(folder.resolve("host"));
    }

    private Run generate(String mode, String... more) throws IOException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "generate";
        arguments[1] = "--host-root=" + host();
        arguments[2] = "--mode=" + mode;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Run.of(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gds | /dev/nvidia-fs* | modprobe nvidia-fs",
                "gdrcopy | /dev/gdrdrv | modprobe gdrdrv",
                "mofed | /dev/infiniband/uverbs* and no /dev/infiniband/rdma_cm | ib_uverbs",
                "nvswitch | /dev/nvidia-nvswitch* | Fabric Manager",
            })
    void nothingFoundIsToldWithWhatWasLookedFor(String mode, String looked, String hint) throws IOException {
        Run run = generate(mode);
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).containsExactly("there is no " + looked);
        assertThat(run.messages("hint")).singleElement().asString().contains(hint);
    }

    @Test
    void aDirectoryInANodesPlaceIsNoNode() throws IOException {
        HostTree.layOut(host(), "dir /dev/nvidia-nvswitch0");
        Run run = generate("nvswitch");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .containsExactly(
                        "there is no device node: /dev/nvidia-nvswitch0 is a directory, not a" + " device node");
    }

    @Test
    void aDirectoryBesideNodesMakesTheSpecIncomplete() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(host(), "dir /dev/nvidia-nvswitch0\nchr /dev/nvidia-nvswitchctl 238 255 666");
        Run run = generate("nvswitch");
        assertThat(run.status()).isZero();
        assertThat(run.messages("warning"))
                .containsExactly("/dev/nvidia-nvswitch0 is a directory, not a device node: left out");
        assertThat(run.out())
                .contains("path: /dev/nvidia-nvswitchctl")
                .doesNotContain("/dev/nvidia-nvswitch0")
                .contains("kind: nvidia.com/nvswitch");
        assertThat(generate("nvswitch", "--strict").status()).isEqualTo(ExitCode.INCOMPLETE.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gds", "gdrcopy", "mofed", "nvswitch"})
    void eachHasAClassOfItsOwnButInNvidiasManners(String mode) {
        assertThat(Run.of("generate", FABRIC, "--mode=" + mode).out()).contains("kind: nvidia.com/" + mode + "\n");
        assertThat(Run.of("cdi", "generate", FABRIC, "--mode=" + mode).out()).contains("kind: nvidia.com/gpu\n");
        for (String face : new String[] {"generate", "cdi generate"}) {
            String[] words = (face + " " + FABRIC + " --class=mine --vendor=acme.example --mode=" + mode).split(" ");
            assertThat(Run.of(words).out()).contains("kind: acme.example/mine\n");
        }
    }

    @Test
    void rootsAreInHostPathsOnly() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(host(), "chr /r/dev/nvidia-fs0 239 0 600\nfile /r/etc/cufile.json");
        Run run = generate("gds", "--driver-root=/r");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("path: /dev/nvidia-fs0", "hostPath: /r/dev/nvidia-fs0", "cdiVersion: 0.5.0")
                .contains("hostPath: /r/etc/cufile.json", "containerPath: /etc/cufile.json");
        Run moved = generate("gds", "--driver-root=/r", "--target-dev-root=/", "--target-driver-root=/x");
        assertThat(moved.out()).doesNotContain("/r/").contains("hostPath: /x/etc/cufile.json");
    }

    @Test
    void anIdChangesNothingAndThatIsSaid() {
        Run run = Run.of("generate", FABRIC, "--mode=gdrcopy", "--device-id=3");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .isEqualTo(Run.of("generate", FABRIC, "--mode=gdrcopy").out());
        assertThat(run.messages("info")).contains("mode gdrcopy has one device, whatever --device-id says");
    }

    @Test
    void aSnapshotGivesTheSameBytes() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        HostTree.layOut(host(), "chr /dev/infiniband/uverbs0 231 192 660 0 44\nchr /dev/infiniband/rdma_cm 10 1 666");
        Path file = folder.resolve("host.json");
        assertThat(Run.of("snapshot", "--host-root=" + host(), "--redact", "--output=" + file)
                        .status())
                .isZero();
        Run live = generate("mofed");
        assertThat(live.out()).contains("additionalGids:", "cdiVersion: 0.7.0");
        assertThat(Run.of("generate", "--mode=mofed", "--snapshot=" + file).out())
                .isEqualTo(live.out());
        Run engine = Run.of("generate", "--mode=mofed", "--snapshot=" + file, "--engine=podman-4.3.1");
        assertThat(engine.out()).contains("cdiVersion: 0.3.0").doesNotContain("additionalGids");
        assertThat(engine.messages("warning")).singleElement().asString().contains("supplementary groups 44");
    }

    @Test
    void aSnapshotOfAnOlderProgramIsRefused() throws IOException {
        Path file = folder.resolve("old.json");
        Files.writeString(
                file,
                "{\"schemaVersion\":\"1.0\",\"options\":{\"driverRoot\":\"/\",\"devRoot\":\"/\"},"
                        + "\"platform\":{\"architecture\":\"x86_64\"}}");
        Run run = Run.of("generate", "--mode=gds", "--snapshot=" + file);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error")).containsExactly("the snapshot has no section 'gds'");
    }
}
