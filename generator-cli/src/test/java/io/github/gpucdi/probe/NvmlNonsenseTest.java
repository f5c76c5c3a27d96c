package io.github.gpucdi.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.json.SnapshotJson;
import io.github.gpucdi.nvml.NvmlFunction;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.testhost.GoldenHost;
import io.github.gpucdi.testhost.HostTree;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that answers 0 and gives nonsense: what is made of it can be recorded and read back. */
class NvmlNonsenseTest {
    @TempDir
    Path host;

    private Path library;

    @BeforeEach
    void makeHost() {
        NvmlDouble.configure(DoubleConfig.of(2, "a100-40").layout(1, "1g.5gb"));
        library = NvmlDouble.buildIn(host.resolve("usr/lib64"), "550.1");
        HostTree.layOut(host, "link /usr/lib64/libnvidia-ml.so.1 libnvidia-ml.so.550.1");
    }

    /** What a library would be whose function gives this; of GPU and MIG devices the same. */
    private NvmlFacts facts(NvmlFunction function, Object given) throws Exception {
        NvmlLibrary good = JnaNvmlLibrary.load(library);
        NvmlLibrary bad = (called, arguments) -> {
            int code = good.call(called, arguments);
            if (called == function) {
                put(given, arguments);
            }
            return code;
        };
        HostSnapshot snapshot = HostProbe.probe(ProbeRequests.nvml(
                host,
                new NvmlLoader() {
                    @Override
                    public NvmlLibrary load(Path file) {
                        return bad;
                    }

                    @Override
                    public NvmlLibrary loadBySoname() {
                        throw new AssertionError("one was found");
                    }
                },
                true));
        assertThat(SnapshotJson.read(new ByteArrayInputStream(GoldenHost.text(snapshot))))
                .isEqualTo(snapshot);
        return snapshot.get(SectionKey.NVML).data().orElseThrow();
    }

    private static void put(Object given, Object[] arguments) {
        for (Object argument : arguments) {
            if (given instanceof byte[] text && argument instanceof byte[] out) {
                Arrays.fill(out, (byte) 0);
                System.arraycopy(text, 0, out, 0, Math.min(text.length, out.length));
            } else if (given instanceof Integer number && argument instanceof int[] out) {
                out[0] = number;
            }
        }
    }

    static List<byte[]> texts() {
        byte[] endless = new byte[4096];
        Arrays.fill(endless, (byte) 'x');
        return List.of(
                new byte[0],
                endless,
                new byte[] {(byte) 0xff, (byte) 0xfe, 'a'},
                "two\nlines".getBytes(StandardCharsets.UTF_8),
                "esc\u001b[31m \u202e".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aUuidThatIsNoneLeavesTheDeviceOut(byte[] text) throws Exception {
        NvmlFacts facts = facts(NvmlFunction.DEVICE_GET_UUID, text);

        assertThat(facts.gpus()).hasSize(2).allSatisfy(gpu -> {
            assertThat(gpu.failure()).map(NvmlFailure::call).contains("nvmlDeviceGetUUID");
            assertThat(gpu.failure().orElseThrow().sentence()).startsWith("nvmlDeviceGetUUID answered '");
            assertThat(gpu.uuid()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("texts")
    void otherTextsAreOnlyShown(byte[] text) throws Exception {
        for (NvmlFunction function : List.of(
                NvmlFunction.DEVICE_GET_NAME,
                NvmlFunction.DEVICE_GET_SERIAL,
                NvmlFunction.SYSTEM_GET_NVML_VERSION,
                NvmlFunction.SYSTEM_GET_DRIVER_VERSION)) {
            NvmlFacts facts = facts(function, text);

            assertThat(facts.failure()).isEmpty();
            assertThat(facts.gpus()).extracting(Gpu::failure).containsOnly(Optional.empty());
            assertThat(facts.gpus().get(1).migDevices()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aBusIdThatIsNoneIsAFailureOfThatCall(byte[] text) throws Exception {
        byte[] struct = new byte[68];
        System.arraycopy(text, 0, struct, 0, Math.min(text.length, 16));
        System.arraycopy(text, 0, struct, 36, Math.min(text.length, 32));
        NvmlFacts facts = facts(NvmlFunction.DEVICE_GET_PCI_INFO, struct);

        assertThat(facts.gpus()).hasSize(2).allSatisfy(gpu -> {
            assertThat(gpu.failure()).isEmpty();
            assertThat(gpu.pciBusId()).isEmpty();
            assertThat(gpu.pciFailure().orElseThrow().sentence())
                    .startsWith("nvmlDeviceGetPciInfo_v3 answered bus id '");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000_000, -1, Integer.MIN_VALUE, NvmlFacts.MAX_GPUS + 1})
    void aCountOfGpusThatCannotBe(int count) throws Exception {
        NvmlFacts facts = facts(NvmlFunction.DEVICE_GET_COUNT, count);

        assertThat(facts.gpus()).isEmpty();
        assertThat(facts.failure().orElseThrow().sentence())
                .isEqualTo("nvmlDeviceGetCount_v2 answered " + Integer.toUnsignedString(count) + " GPUs");
    }

    @Test
    void noGpuIsNoFailure() throws Exception {
        NvmlFacts facts = facts(NvmlFunction.DEVICE_GET_COUNT, 0);

        assertThat(facts.gpus()).isEmpty();
        assertThat(facts.failure()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000_000, -1, 0, Gpu.MAX_MIG_DEVICES + 1})
    void aCountOfMigDevicesThatCannotBeLeavesTheGpuOut(int count) throws Exception {
        NvmlFacts facts = facts(NvmlFunction.DEVICE_GET_MAX_MIG_DEVICE_COUNT, count);

        assertThat(facts.gpus().get(0).failure()).isEmpty();
        assertThat(facts.gpus().get(1).migEnabled()).isTrue();
        assertThat(facts.gpus().get(1).failure().orElseThrow().sentence())
                .isEqualTo("nvmlDeviceGetMaxMigDeviceCount answered " + count + " for a GPU in MIG mode");
    }

    @Test
    void asManyAsThereCanBe() throws Exception {
        Gpu gpu = facts(NvmlFunction.DEVICE_GET_MAX_MIG_DEVICE_COUNT, Gpu.MAX_MIG_DEVICES)
                .gpus()
                .get(1);
        assertThat(gpu.failure()).isEmpty();
        assertThat(gpu.migDevices()).extracting(MigDevice::index).containsExactly(0);

        NvmlFacts most = facts(NvmlFunction.DEVICE_GET_COUNT, NvmlFacts.MAX_GPUS);
        assertThat(most.failure()).isEmpty();
        assertThat(most.gpus()).hasSize(NvmlFacts.MAX_GPUS);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -1})
    void aMigModeThatIsNeitherOffNorOnIsNotOff(int mode) throws Exception {
        assertThat(facts(NvmlFunction.DEVICE_GET_MIG_MODE, mode).gpus().get(1).migEnabled())
                .isTrue();
    }

    @Test
    void aDetailThatCannotBeIsNotShown() throws Exception {
        NvmlDouble.configure(DoubleConfig.of(2, "a100-40").layout(1, "1g.5gb").gpu(0, "numa", 4));
        assertThat(details(NvmlFunction.DEVICE_GET_SERIAL, "1".getBytes(StandardCharsets.US_ASCII))
                        .numaNode())
                .hasValue(4);
        assertThat(details(NvmlFunction.DEVICE_GET_NUMA_NODE_ID, -1).numaNode()).isEmpty();
        assertThat(details(NvmlFunction.DEVICE_GET_NUMA_NODE_ID, 0).numaNode()).hasValue(0);
        assertThat(details(NvmlFunction.DEVICE_GET_MEMORY_INFO_V2, memory(-1)).memoryBytes())
                .isEmpty();
        assertThat(details(NvmlFunction.DEVICE_GET_MEMORY_INFO_V2, memory(0)).memoryBytes())
                .hasValue(0);
        assertThat(details(NvmlFunction.DEVICE_GET_MEMORY_INFO_V2, memory(40L << 30))
                        .memoryBytes())
                .hasValue(40L << 30);
    }

    private GpuDetails details(NvmlFunction function, Object given) throws Exception {
        return facts(function, given).gpus().get(0).details().data().orElseThrow();
    }

    private static byte[] memory(long total) {
        return ByteBuffer.allocate(40)
                .order(ByteOrder.nativeOrder())
                .putLong(8, total)
                .array();
    }

    @Test
    void negativeNumbers() throws Exception {
        assertThat(facts(NvmlFunction.DEVICE_GET_MINOR_NUMBER, -1).gpus())
                .allSatisfy(gpu -> assertThat(gpu.failure()).isPresent());
        for (NvmlFunction function :
                List.of(NvmlFunction.DEVICE_GET_GPU_INSTANCE_ID, NvmlFunction.DEVICE_GET_COMPUTE_INSTANCE_ID)) {
            assertThat(facts(function, -1).gpus().get(1).migDevices())
                    .extracting(MigDevice::failure)
                    .containsExactly(Optional.of(new NvmlFailure(function.symbol(), 0, "4294967295")));
        }
        assertThat(facts(NvmlFunction.SYSTEM_GET_CUDA_DRIVER_VERSION, -1).cudaDriverVersion())
                .isEmpty();
        assertThat(facts(NvmlFunction.DEVICE_GET_NUMA_NODE_ID, -1)
                        .gpus()
                        .get(0)
                        .details()
                        .data())
                .isPresent();
        byte[] memory = ByteBuffer.allocate(40)
                .order(ByteOrder.nativeOrder())
                .putLong(8, -1)
                .array();
        assertThat(facts(NvmlFunction.DEVICE_GET_MEMORY_INFO_V2, memory).gpus()).hasSize(2);
    }
}
