package io.github.gpucdi.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the command devices prints for other programs: node labels, and lines of Slurm's gres.conf. */
class DeviceFormatsTest {

    static Set<String> hosts() {
        return SimulatedHosts.descriptions().keySet();
    }

    private static Run changed(String format, Consumer<ObjectNode> change) throws IOException {
        return DevicesTest.changed(format, snapshot -> change.accept(DevicesTest.gpu(snapshot)));
    }

    private static void fail(ObjectNode gpu) {
        gpu.putObject("failure")
                .put("call", "nvmlDeviceGetName")
                .put("code", 15)
                .put("text", "GPU_IS_LOST");
    }

    /** Partitions the GPU into one MIG device. */
    private static ObjectNode mig(ObjectNode gpu, String profile) {
        gpu.putObject("mig").put("current", true).put("pending", true);
        return gpu.putArray("migDevices")
                .addObject()
                .put("index", 2)
                .put("uuid", "MIG-x")
                .put("gpuInstance", 1)
                .put("computeInstance", 0)
                .put("profile", profile)
                .put("gpuInstanceCap", 3)
                .put("computeInstanceCap", 4);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void labelsAreWhatKubernetesTakes(String host) {
        Run run = Run.of("devices", "--simulate=" + host, "--format=nfd");
        if (run.status() == ExitCode.NOTHING_TO_OFFER.status()) {
            assertThat(run.out()).isEmpty();
            return;
        }
        assertThat(run.out().lines())
                .isNotEmpty()
                .allMatch(
                        line -> line.matches(
                                "feature\\.node\\.kubernetes\\.io/(?=[^=]{1,63}=)gpu-cdi\\.[A-Za-z0-9._-]*[A-Za-z0-9]=(?=.{0,63}$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"));
    }

    @Test
    void labelsOfTwoProductsHaveNoSingleOne() {
        assertThat(Run.of("devices", "--simulate=igx-dgpu", "--format=nfd").out())
                .contains("gpu-cdi.count=2\n", "gpu-cdi.product.NVIDIA-Thor=1\n")
                .doesNotContain("gpu-cdi.product=");
    }

    /** What is cut still tells products apart that begin alike. */
    @Test
    void labelsOfLongNames() throws IOException {
        String name = "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition of some vendor's own making";
        Run one = changed("nfd", gpu -> gpu.put("name", name));
        Run other = changed("nfd", gpu -> gpu.put("name", name + " X"));
        Pattern counted = Pattern.compile("gpu-cdi\\.product\\.(NVIDIA-RTX-PRO-6000[^=]*)=1\n");
        Set<String> words = new HashSet<>();
        for (Run run : List.of(one, other)) {
            Matcher label = counted.matcher(run.out());
            assertThat(label.find()).as(run.out()).isTrue();
            assertThat("gpu-cdi.product." + label.group(1)).hasSizeLessThanOrEqualTo(63);
            words.add(label.group(1));
        }
        assertThat(words).hasSize(2);
        assertThat(one.out()).containsPattern("gpu-cdi\\.product=NVIDIA-RTX-PRO-6000[\\w-]{1,44}\n");
    }

    @Test
    void labelsCountMigDevicesByProfile() throws IOException {
        Run run = changed("nfd", gpu -> mig(gpu, "1g.5gb+me"));
        assertThat(run.out()).contains("gpu-cdi.mig.count=1\n", "gpu-cdi.mig.1g.5gb.me=1\n", "gpu-cdi.count=1\n");
    }

    @Test
    void aFailedGpuIsCountedApart() throws IOException {
        Run run = changed("nfd", DeviceFormatsTest::fail);
        assertThat(run.out())
                .contains("gpu-cdi.count=0\n", "gpu-cdi.failed=1\n")
                .doesNotContain("product");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"= #", "+", "NVIDIA  (Test)=1,2 \\"})
    void noNameBreaksALine(String name) throws IOException {
        Run labels = changed("nfd", gpu -> gpu.put("name", name));
        assertThat(labels.out().lines())
                .allMatch(line -> line.matches("feature\\.node\\.kubernetes\\.io/gpu-cdi\\.[\\w.-]+=[\\w.-]+"));
        Run gres = changed("gres", gpu -> gpu.put("name", name));
        assertThat(gres.out().lines().skip(1))
                .singleElement()
                .asString()
                .matches("Name=gpu Type=[a-z0-9._+-]+ File=/dev/nvidia0 # 0 GPU-\\S+");
    }

    @Test
    void gresNamesTypesAsSlurmsDetectionDoes() {
        assertThat(Run.of("devices", "--simulate=dgx-a100", "--format=gres")
                        .out()
                        .lines())
                .startsWith(
                        "# slurm.conf: GresTypes=gpu, and Gres=gpu:nvidia_a100-sxm4-40gb:8",
                        "Name=gpu Type=nvidia_a100-sxm4-40gb File=/dev/nvidia0 # 0"
                                + " GPU-1c3610f7-fd61-d3dc-1747-946bf51e9424");
    }

    @Test
    void gresOfAMigDeviceNamesItsThreeNodes() {
        assertThat(Run.of("devices", "--simulate=dgx-a100-mig", "--format=gres")
                        .out()
                        .lines())
                .hasSize(57)
                .contains("Name=gpu Type=nvidia_a100-sxm4-40gb_1g.5gb MultipleFiles=/dev/nvidia0,"
                        + "/dev/nvidia-caps/nvidia-cap120,/dev/nvidia-caps/nvidia-cap121"
                        + " # 0:0 MIG-a8aab97d-6ce4-4fa9-81dc-ed125750b149");
        Run withoutNodes = Run.of("devices", "--simulate=wsl2", "--format=gres");
        assertThat(withoutNodes.out()).isEmpty();
        assertThat(withoutNodes.status()).isEqualTo(ExitCode.LEFT_OUT.status());
    }

    @Test
    void whatHasNoLineInGresIsToldAndAnExitCode() throws IOException {
        Run empty = changed("gres", gpu -> {
            mig(gpu, "x");
            gpu.putArray("migDevices");
        });
        assertThat(empty.messages("warning"))
                .containsExactly("left out: GPU 0: it is in MIG mode and has no MIG device");
        Run gone = changed("gres", gpu -> gpu.put("minor", 9));
        assertThat(gone.messages("warning"))
                .containsExactly("left out: GPU 0: /dev/nvidia9 does not exist as a device node");
        Run failed = changed("gres", DeviceFormatsTest::fail);
        assertThat(failed.status()).isEqualTo(ExitCode.LEFT_OUT.status());
        assertThat(failed.out()).isEmpty();
        assertThat(failed.messages("warning")).singleElement().asString().startsWith("left out: GPU 0: ");
        Run withoutMinor = changed("gres", gpu -> gpu.remove("minor"));
        assertThat(withoutMinor.status()).isEqualTo(ExitCode.LEFT_OUT.status());
        Run withoutCapability = changed("gres", gpu -> mig(gpu, "1g.5gb").remove("computeInstanceCap"));
        assertThat(withoutCapability.messages("warning"))
                .containsExactly("left out: MIG device 0:2: the driver names no capability for it");
    }

    /** slurmd looks for them on the host. */
    @Test
    void gresNamesNodesBelowAnotherDevRootAsTheHostDoes() throws IOException {
        Run below = inDevRoot("/run/nvidia/driver");
        assertThat(below.out().lines().skip(1))
                .singleElement()
                .asString()
                .contains(" File=/run/nvidia/driver/dev/nvidia0 # ");
        Run unnamable = inDevRoot("/a b");
        assertThat(unnamable.status()).isEqualTo(ExitCode.LEFT_OUT.status());
        assertThat(unnamable.out()).isEmpty();
        assertThat(unnamable.messages("warning"))
                .containsExactly("left out: GPU 0: gres.conf cannot name /a b/dev/nvidia0");
    }

    private static Run inDevRoot(String root) throws IOException {
        return DevicesTest.changed("gres", snapshot -> ((ObjectNode) snapshot.get("options")).put("devRoot", root));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfd", "gres"})
    void withoutNvmlThereIsNothing(String format) throws IOException {
        ObjectNode wsl = (ObjectNode)
                new JsonMapper().readTree(Run.of("snapshot", "--simulate=wsl2").out());
        wsl.putObject("nvml").put("absent", "no library");
        byte[] snapshot = wsl.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(Run.of(Map.of(), snapshot, "devices", "--snapshot=-").status())
                .isZero();
        Run run = Run.of(Map.of(), snapshot, "devices", "--snapshot=-", "--format=" + format);
        assertThat(run.status()).isEqualTo(ExitCode.NOTHING_TO_OFFER.status());
        assertThat(run.out()).isEmpty();
    }
}
