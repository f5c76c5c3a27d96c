package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.nvmldouble.CallLog;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts on which something is wrong: what is written, what is said, and the exit status. */
class SickHostTest {
    private static final String LIB = "/usr/lib/x86_64-linux-gnu/";
    private static final String OLD = "---\ncdiVersion: 0.3.0\nkind: nvidia.com/gpu\ndevices: []\n";

    @TempDir
    Path folder;

    private SmallHost host;
    private Path output;

    @BeforeEach
    void healthyHost() throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        host = SmallHost.in(folder);
        output = Files.createDirectories(folder.resolve("cdi")).resolve("nvidia.yaml");
        Files.writeString(output, OLD);
    }

    private Run generate(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("generate", "--host-root=" + host.layOut(), "--output=" + output, "--hooks=none"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private void assertKept() {
        assertThat(output).hasContent(OLD.stripTrailing()).content().isEqualTo(OLD);
    }

    private void assertFails(ExitCode expected, String what) {
        Run run = generate();
        assertThat(run.status()).as(run.err()).isEqualTo(expected.status());
        assertThat(run.messages("error")).singleElement().asString().contains(what);
        assertThat(run.messages("hint")).hasSize(1);
        assertThat(run.err()).doesNotContain("\tat ");
        assertKept();
    }

    /** Generated with exactly this warning; with {@code --strict} not generated, and nothing is written. */
    private void assertWarns(String what) throws IOException {
        Run strict = generate("--strict", "--quiet");
        assertThat(strict.status()).as(strict.err()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertThat(strict.messages("error")).hasSize(2).first().asString().contains(what);
        assertKept();
        clearHost();
        Run run = generate();
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.messages("warning")).singleElement().asString().contains(what);
        assertThat(Files.readString(output)).contains("name: \"0\"", "libcuda.so." + SmallHost.VERSION);
    }

    private void clearHost() throws IOException {
        Files.move(folder.resolve("host"), folder.resolve("host-before"));
    }

    @Test
    void healthyHostsNeedNoWarning() throws IOException {
        Run run = generate("--strict");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.messages("warning")).isEmpty();
        assertThat(Files.readString(output)).contains("name: \"0\"", "name: \"1\"", "name: all");
    }

    @Test
    void noLibrary() {
        host.without("libnvidia-ml");
        Run run = generate("--debug");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error"))
                .containsExactly("no libnvidia-ml.so.1 below driver root /: there is no NVIDIA driver");
        assertThat(run.err()).contains("/etc/ld.so.cache");
        assertKept();
    }

    @Test
    void driverNotLoaded() {
        host.nvml().fail("nvmlInit_v2", 9);
        assertFails(ExitCode.NOTHING_TO_OFFER, "DRIVER_NOT_LOADED (9)");
    }

    /** What another mode finds does not make it a host without GPUs, whose spec may go. */
    @ParameterizedTest
    @ValueSource(strings = {"nvmlInit_v2", "nvmlDeviceGetHandleByIndex_v2"})
    void aDriverThatFailsIsNoAnswerBesideOtherModes(String call) throws IOException {
        host.with("chr /dev/gdrdrv 236 0 666").nvml().fail(call, 999);
        Run run = generate("--mode=nvml,gdrcopy", "--prune", "--on-driver-loss=delete");
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertKept();
        assertThat(output.resolveSibling("nvidia-gdrcopy.yaml")).doesNotExist();
    }

    @Test
    void noGpu() {
        host.answering(DoubleConfig.empty().driver(SmallHost.VERSION));
        assertFails(ExitCode.NOTHING_TO_OFFER, "the driver reports no GPU");
    }

    @Test
    void allGpusPartitionedAndEmpty() {
        host.nvml().gpu(0, "mig", 1).gpu(1, "mig", 1);
        assertFails(ExitCode.NOTHING_TO_OFFER, "all 2 GPUs are in MIG mode");
    }

    @Test
    void libraryAndModuleDiffer() {
        host.nvml().fail("nvmlInit_v2", 18);
        assertFails(ExitCode.HALF_UPGRADED, "LIB_RM_VERSION_MISMATCH (18)");
    }

    @Test
    void moduleOfAVersionThatIsNoLongerInstalled() {
        host.nvml().fail("nvmlInit_v2", 999);
        host.without("/sys/module").with("text /sys/module/nvidia/version 570.86.16\\n");
        assertFails(ExitCode.HALF_UPGRADED, "the loaded kernel module is 570.86.16");
    }

    @Test
    void driverLossDeletesOnRequestOnly() {
        host.nvml().fail("nvmlInit_v2", 9);
        Run run = generate("--on-driver-loss=delete");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(output).doesNotExist();
    }

    @Test
    void driverLossDeletesEveryPartOfAnEarlierRun() throws IOException {
        Path coherent = output.resolveSibling("nvidia.coherent.yaml");
        Files.writeString(coherent, """
                cdiVersion: 0.5.0
                kind: nvidia.com/gpu.coherent
                devices:
                - {name: "0", containerEdits: {env: [A=b]}}
                """);
        host.nvml().fail("nvmlInit_v2", 9);
        Run run = generate("--on-driver-loss=delete");
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(output.getParent()).isEmptyDirectory();
    }

    @Test
    void aHalfUpgradeNeverDeletes() {
        host.nvml().fail("nvmlInit_v2", 18);
        assertThat(generate("--on-driver-loss=delete").status()).isEqualTo(ExitCode.HALF_UPGRADED.status());
        assertKept();
    }

    @Test
    void oneLostGpu() throws IOException {
        host.nvml().gpu(0, "handle_code", 15);
        Run run = generate();
        assertThat(run.status()).isEqualTo(ExitCode.LEFT_OUT.status());
        assertThat(run.messages("error")).singleElement().asString().contains("GPU 0", "GPU_IS_LOST (15)");
        assertThat(Files.readString(output)).contains("name: \"1\"").doesNotContain("name: \"0\"");
    }

    @Test
    void oneLostGpuStrictly() {
        host.nvml().gpu(0, "handle_code", 15);
        assertThat(generate("--strict").status()).isEqualTo(ExitCode.INCOMPLETE.status());
        assertKept();
    }

    @Test
    void gpuWithoutItsNode() throws IOException {
        host.without("/dev/nvidia1 ");
        Run run = generate();
        assertThat(run.status()).isEqualTo(ExitCode.LEFT_OUT.status());
        assertThat(run.messages("error")).singleElement().asString().contains("GPU 1", "/dev/nvidia1");
        assertThat(Files.readString(output)).contains("name: \"0\"").doesNotContain("name: \"1\"");
    }

    @Test
    void partitionedAndEmptyBesideOthers() throws IOException {
        host.nvml().gpu(1, "mig", 1);
        assertWarns("is in MIG mode and has no MIG device");
    }

    private void partition(String uuid) {
        host.nvml()
                .gpu(1, "mig", 1)
                .mig(1, 3, "profile", "1g.5gb")
                .mig(1, 3, "gi", 9)
                .mig(1, 3, "ci", 0)
                .mig(1, 3, "uuid", uuid);
        host.with("text /proc/driver/nvidia/capabilities/gpu1/mig/gi9/access DeviceFileMinor: 219\\n")
                .with("text /proc/driver/nvidia-caps/mig-minors gpu1/gi9/access 219\\ngpu1/gi9/ci0/access 220\\n")
                .with("chr /dev/nvidia-caps/nvidia-cap219 239 219 444")
                .with("chr /dev/nvidia-caps/nvidia-cap220 239 220 444");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 10, 25, 28})
    void aPartitionedGpuThatDoesNotTellItsModeIsNotOfferedWhole(int code) throws IOException {
        partition("MIG-00000000-1111-5222-8333-444444444444");
        host.nvml().fail("nvmlDeviceGetMigMode", 1, code);
        Run run = generate();
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.LEFT_OUT.status());
        assertThat(run.messages("error"))
                .singleElement()
                .asString()
                .contains("GPU 1 ", "left out: nvmlDeviceGetMigMode answered ", "(" + code + ")");
        assertThat(Files.readString(output))
                .contains("name: \"0\"", "/dev/nvidia0")
                .doesNotContain("name: \"1\"", "/dev/nvidia1\n");
    }

    @Test
    void aGpuThatDoesNotTellItsPlaceLacksItsDrmNodes() throws IOException {
        host.nvml().fail("nvmlDeviceGetPciInfo_v3", 1, 15);
        assertWarns("lacks its DRM nodes, if it has any: nvmlDeviceGetPciInfo_v3 answered GPU_IS_LOST (15)");
    }

    @Test
    void unknownMigProfile() throws IOException {
        partition("MIG-00000000-1111-5222-8333-444444444444");
        host.nvml().privileged(false).mig(1, 3, "name", "NVIDIA A100-SXM4-40GB");
        assertWarns("unknown MIG profile");
    }

    @Test
    void legacyMigUuid() throws IOException {
        partition("MIG-GPU-00000000-1111-2222-3333-444444444444/9/0");
        assertWarns("CDI forbids 'MIG-GPU-00000000-1111-2222-3333-444444444444/9/0'");
    }

    @Test
    void migDeviceWithoutCapability() {
        partition("MIG-00000000-1111-5222-8333-444444444444");
        host.without("/proc/");
        Run run = generate();
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.LEFT_OUT.status());
        assertThat(run.messages("error")).singleElement().asString().contains("MIG device 1:3");
    }

    @Test
    void danglingLink() throws IOException {
        host.with("link " + LIB + "libnvidia-encode.so." + SmallHost.VERSION + " /gone");
        assertWarns("libnvidia-encode.so." + SmallHost.VERSION + " left out: the link leads nowhere");
    }

    @Test
    void linkLoop() throws IOException {
        host.with("link " + LIB + "libnvidia-encode.so." + SmallHost.VERSION + " libnvidia-encode.so.1")
                .with("link " + LIB + "libnvidia-encode.so.1 libnvidia-encode.so." + SmallHost.VERSION);
        assertWarns("leads back to itself");
    }

    @Test
    void elfThatIsNoElf() throws IOException {
        host.with("file " + LIB + "libnvidia-encode.so." + SmallHost.VERSION + " text");
        assertWarns("is no ELF library");
    }

    @Test
    void unreadableLibrary() throws IOException {
        host.with("fifo " + LIB + "libnvidia-encode.so." + SmallHost.VERSION);
        assertWarns("libnvidia-encode.so." + SmallHost.VERSION + " left out");
    }

    @Test
    void libraryMissing() throws IOException {
        host.without("ptxjitcompiler");
        assertWarns("libnvidia-ptxjitcompiler.so." + SmallHost.VERSION + " is not below driver root /");
    }

    @Test
    void everyDriverLibraryMissing() {
        host.without("libcuda").without("libnvidia-ml.so.580").without("libnvidia-ml.so.1");
        host.with("nvml /usr/lib64/libnvidia-ml.so.1");
        assertFails(ExitCode.NOTHING_TO_OFFER, "neither libcuda.so.580.95.05 nor libnvidia-ml.so.580.95.05");
    }

    /** Its file is the driver's, whatever it is called. */
    @Test
    void aMainLibraryWithoutItsVersion() throws IOException {
        host.without("libcuda").without("libnvidia-ml.so.580").without("libnvidia-ml.so.1");
        host.with("nvml " + LIB + "libnvidia-ml.so.1");
        Run run = generate();
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.messages("warning")).containsExactly("libcuda.so.580.95.05 is not below driver root /");
    }

    @Test
    void hangingCall() throws IOException {
        Path gate = Files.createFile(folder.resolve("gate"));
        host.nvml().hang("nvmlDeviceGetUUID", gate);
        Run run = generate("--nvml-timeout=1");
        NvmlDouble.release(gate);
        assertThat(run.status()).as(run.err()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.messages("error")).singleElement().asString().contains("nvmlDeviceGetUUID");
        assertKept();
    }

    @Test
    void eightPartitionedGpusTakeAtMost400CallsInOneSession() {
        Path log = folder.resolve("calls");
        DoubleConfig config = host.nvml().log(log);
        StringBuilder minors = new StringBuilder();
        for (int gpu = 0; gpu < 8; gpu++) {
            config.gpu(gpu, "a100-40").gpu(gpu, "mig", 1).gpu(gpu, "minor", gpu);
            host.without("/dev/nvidia" + gpu + " ").with("chr /dev/nvidia" + gpu + " 195 " + gpu + " 666");
            for (int mig = 0; mig < 7; mig++) {
                config.mig(gpu, mig, "profile", "1g.5gb")
                        .mig(gpu, mig, "gi", mig + 7)
                        .mig(gpu, mig, "ci", 0);
                minors.append("gpu").append(gpu).append("/gi").append(mig + 7).append("/access 1\\n");
                minors.append("gpu").append(gpu).append("/gi").append(mig + 7).append("/ci0/access 2\\n");
            }
        }
        host.with("text /proc/driver/nvidia-caps/mig-minors " + minors)
                .with("chr /dev/nvidia-caps/nvidia-cap1 239 1 444")
                .with("chr /dev/nvidia-caps/nvidia-cap2 239 2 444");
        Run run = generate();
        assertThat(run.status()).as(run.err()).isZero();
        CallLog calls = CallLog.read(log);
        assertThat(calls.calls()).hasSizeBetween(56 * 4, 400);
        assertThat(calls.count("nvmlInit_v2")).isEqualTo(1);
        assertThat(calls.open()).isZero();
    }
}
