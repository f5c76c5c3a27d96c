package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gpucdi.nvmldouble.DxcoreDouble;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.testhost.HostTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mode wsl as a user meets it, with a libdxcore that is loaded. */
class WslModeTest {
    private static final String STORE = "/usr/lib/wsl/drivers/nv.inf_amd64_1";
    private static final String WSL = "--mode=wsl";

    @TempDir
    Path folder;

    private Path host(String root, String tree) throws IOException {
        assumeTrue(HostTree.canMakeNodes(), "device nodes need root");
        assumeTrue(NvmlDouble.canBuild(), "the double needs bash and a C compiler");
        Path host = Files.createDirectories(folder.resolve("host"));
        HostTree.layOut(host, tree.replace("{r}", root));
        DxcoreDouble.build(
                host.resolve(root.isEmpty() ? "" : root.substring(1)).resolve("usr/lib/wsl/lib/libdxcore.so"));
        return host;
    }

    private Path host() throws IOException {
        return host("", whole("{r}" + STORE) + "\nchr {r}/dev/dxg 10 126 666");
    }

    private static String whole(String store) {
        List<String> lines = new ArrayList<>();
        for (String name : List.of(
                "libcuda_loader.so",
                "libnvidia-ptxjitcompiler.so.1",
                "libnvidia-ml.so.1",
                "libnvidia-ml_loader.so",
                "libnvdxgdmal.so.1")) {
            lines.add("lib " + store + "/" + name + " " + name);
        }
        lines.add("lib " + store + "/libcuda.so.1.1 libcuda.so.1");
        lines.add("file " + store + "/nvcubins.bin");
        lines.add("exe " + store + "/nvidia-smi");
        return String.join("\n", lines);
    }

    private static void configure(Path host, String... lines) {
        DxcoreDouble.configure(host.resolve("usr/lib/wsl/lib/libdxcore.so"), lines);
    }

    private static Run generate(Path host, String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--host-root=" + host, WSL));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static void assertNothing(Run run, String error) {
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.out()).isEmpty();
        assertThat(run.messages("error")).containsExactly(error);
        assertThat(run.messages("hint")).hasSize(1);
    }

    @Test
    void aWholeStoreIsACompleteSpec() throws IOException {
        Path host = host();
        configure(host, "adapter 3100 " + STORE);
        Run run = generate(host, "--hooks=none", "--strict");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("kind: nvidia.com/gpu\n", "- path: /dev/dxg\n", "- NVIDIA_VISIBLE_DEVICES=void\n")
                .contains("containerPath: " + STORE + "/libcuda.so.1.1\n", "containerPath: /usr/bin/nvidia-smi\n")
                .contains("containerPath: /usr/lib64/libcuda.so.1\n", "containerPath: /usr/lib/wsl/lib/libdxcore.so\n")
                .doesNotContain("hooks:", host.toString());
    }

    @Test
    void asInNvidiasMannersItIsTheSame() throws IOException {
        Path host = host();
        configure(host, "adapter 3100 " + STORE);
        Run run = Run.of("cdi", "generate", "--host-root=" + host, WSL, "--hooks=nvidia", "--no-all-device");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("- " + STORE + "/nvidia-smi::/usr/bin/nvidia-smi\n", "- name: all\n");
        assertThat(run.out()).contains("- --folder\n    - " + STORE + "\n    - --folder\n    - /usr/lib/wsl/lib\n");
    }

    @Test
    void rootsAreInHostPathsOnly() throws IOException {
        Path host = host("/r", whole("{r}" + STORE) + "\nchr {r}/dev/dxg 10 126 660 0 44");
        DxcoreDouble.configure(host.resolve("r/usr/lib/wsl/lib/libdxcore.so"), "adapter 3100 " + STORE);
        Run run = generate(host, "--driver-root=/r", "--hooks=none");
        assertThat(run.out())
                .contains("hostPath: /r" + STORE + "/libcuda.so.1.1\n    containerPath: " + STORE + "/libcuda.so.1.1\n")
                .contains("hostPath: /r/dev/dxg\n", "additionalGids:")
                .doesNotContain("containerPath: /r/");
        assertNothing(
                generate(host),
                "this is not WSL: no libdxcore.so in /usr/lib/wsl/lib, /, /usr/lib64, /usr/lib/x86_64-linux-gnu,"
                        + " /usr/lib/aarch64-linux-gnu, /usr/lib/x86_64-linux-gnu/nvidia/current,"
                        + " /usr/lib/aarch64-linux-gnu/nvidia/current, /lib64, /lib/x86_64-linux-gnu,"
                        + " /lib/aarch64-linux-gnu, /lib/x86_64-linux-gnu/nvidia/current,"
                        + " /lib/aarch64-linux-gnu/nvidia/current and /etc/ld.so.cache");
    }

    @Test
    void aLibraryAmongTheLoadersIsMountedOnce() throws IOException {
        Path host = host();
        Path elsewhere = Files.createDirectories(host.resolve("usr/lib64")).resolve("libdxcore.so");
        Files.move(host.resolve("usr/lib/wsl/lib/libdxcore.so"), elsewhere);
        DxcoreDouble.configure(elsewhere, "adapter 3100 " + STORE);
        Run run = generate(host, "--hooks=none", "--strict");
        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .filteredOn(line -> line.endsWith("containerPath: /usr/lib64/libdxcore.so"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# | /usr/lib/wsl/lib/libdxcore.so reports no adapter",
                "adapter 2600 /s"
                        + " | no adapter that /usr/lib/wsl/lib/libdxcore.so reports has a driver of WDDM 2.7 or newer",
                "adapter 3100 /elsewhere | no driver store has libcuda.so.1.1: /elsewhere",
                "fail D3DKMTEnumAdapters2 c0000001 | /usr/lib/wsl/lib/libdxcore.so: D3DKMTEnumAdapters3 answered"
                        + " 0xc000000d; D3DKMTEnumAdapters2 answered 0xc0000001",
                "adapter 3100 relative | an adapter does not tell its driver store: D3DKMTQueryAdapterInfo answered as a"
                        + " driver store's path 'relative'",
            })
    void nothingFoundIsToldWithWhy(String line, String error) throws IOException {
        Path host = host();
        configure(host, line, line.startsWith("fail") ? "fail D3DKMTEnumAdapters3 c000000d" : "");
        assertNothing(generate(host), error);
    }

    @Test
    void aLibraryThatHangsIsNoAnswer() throws IOException {
        Path host = host();
        Path hanging = Files.createFile(folder.resolve("hanging"));
        configure(host, "hang D3DKMTEnumAdapters3 " + hanging);
        Run run = generate(host, "--nvml-timeout=1");
        Files.delete(hanging);
        assertNothing(run, "/usr/lib/wsl/lib/libdxcore.so: D3DKMTEnumAdapters3: no answer within 1.0 s");
        assertThat(run.messages("hint").get(0)).contains("--nvml-timeout");
    }

    @Test
    void withoutItsNodeThereIsNothing() throws IOException {
        Path host = host("", whole("{r}" + STORE));
        configure(host, "adapter 3100 " + STORE);
        assertNothing(generate(host), "there is no /dev/dxg below dev root /");
        Files.createDirectories(host.resolve("dev/dxg"));
        assertNothing(generate(host), "there is no device node: /dev/dxg is a directory, not a device node");
    }

    @Test
    void whatAStoreLacksMakesTheSpecIncomplete() throws IOException {
        Path host = host();
        configure(host, "adapter 3100 " + STORE, "adapter 3100 /none/of/it", "adapter 3100 relative");
        Files.delete(host.resolve(STORE.substring(1) + "/libnvdxgdmal.so.1"));
        Files.delete(host.resolve(STORE.substring(1) + "/nvidia-smi"));
        Run run = generate(host, "--hooks=none");
        assertThat(run.status()).isZero();
        assertThat(run.out()).doesNotContain("nvidia-smi");
        assertThat(run.messages("warning"))
                .containsExactly(
                        "an adapter does not tell its driver store: D3DKMTQueryAdapterInfo answered as a driver store's path"
                                + " 'relative'",
                        "driver store " + STORE + " lacks libnvdxgdmal.so.1, nvidia-smi");
        assertThat(generate(host, "--strict").status()).isEqualTo(ExitCode.INCOMPLETE.status());
    }

    @Test
    void aStoreThatTheHookProgramCannotTakeIsLeftOutOfHooks() throws IOException {
        Path host = host("", whole("/a,b") + "\nchr /dev/dxg 10 126 666");
        configure(host, "adapter 3100 /a,b");
        Run run = generate(host, "--hooks=nvidia");
        assertThat(run.out()).contains("containerPath: /a,b/libcuda.so.1.1\n").doesNotContain("create-symlinks");
        assertThat(run.messages("warning"))
                .contains(
                        "/a,b left out: the hook program cannot take a path that holds ',' or '::'",
                        "/a,b/nvidia-smi left out: the hook program cannot take a path that holds ',' or '::'");
        assertThat(generate(host, "--hooks=none").out()).contains("containerPath: /usr/bin/nvidia-smi\n");
    }

    @Test
    void aSnapshotGivesTheSameBytes() throws IOException {
        Path host = host();
        configure(host, "adapter 3100 " + STORE);
        Path file = folder.resolve("host.json");
        Run snapshot = Run.of("snapshot", "--host-root=" + host, "--redact", "--output=" + file);
        assertThat(snapshot.status()).isZero();
        for (String hooks : List.of("--hooks=none", "--hooks=nvidia")) {
            assertThat(Run.of("generate", WSL, "--snapshot=" + file, hooks).out())
                    .isNotEmpty()
                    .isEqualTo(generate(host, hooks).out());
        }
    }

    @Test
    void oneSpecOfTheKindOfGpusIsEnough() {
        Run run = Run.of("generate", "--simulate=wsl2", "--mode=nvml,wsl");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE.status());
        assertThat(run.messages("error"))
                .containsExactly("the specs of modes nvml and wsl would have one kind, nvidia.com/gpu");
    }

    @Test
    void devicesListsTheNode() {
        assertThat(Run.of("devices", "--simulate=wsl2").out())
                .contains("RTX 4080 Laptop GPU")
                .containsPattern("wsl +1 +/dev/dxg");
    }

    @Test
    void doctorJudgesItByItsOwnNodeAndDriver() throws IOException {
        Path host = host();
        configure(host, "adapter 3100 " + STORE);
        Path spec = host.resolve("etc/cdi/nvidia.yaml");
        assertThat(generate(host, "--hooks=none", "--output=" + spec).status()).isZero();
        Run healthy = Run.of("doctor", "--host-root=" + host, "--engine=podman-5.4.0");
        assertThat(healthy.out()).doesNotContain("error").doesNotContain("warning");
        assertThat(healthy.status()).isZero();
        configure(host, "fail D3DKMTQueryAdapterInfo c0000001", "adapter 3100 " + STORE);
        Run silent = Run.of("doctor", "--host-root=" + host, "--engine=podman-5.4.0");
        assertThat(silent.status()).isEqualTo(ExitCode.DIFFERS.status());
        assertThat(silent.out())
                .contains(
                        "error driver-no-answer: an adapter does not tell its driver store: D3DKMTQueryAdapterInfo answered 0xc0000001")
                .contains("$ dmesg | grep -i dxg");
    }
}
