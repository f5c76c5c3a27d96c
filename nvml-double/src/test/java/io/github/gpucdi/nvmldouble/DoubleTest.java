package io.github.gpucdi.nvmldouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The double itself: if it forgives, the tests built on it prove nothing. */
class DoubleTest {

    @TempDir
    private static Path libraries;

    private static Path file;
    private static NativeLibrary library;

    @TempDir
    private Path directory;

    private Path log;

    @BeforeAll
    static void load() {
        file = NvmlDouble.buildIn(libraries, "560.35.03");
        library = NativeLibrary.getInstance(file.toString(), Map.of("open-flags", 1));
    }

    @BeforeEach
    void configure() {
        log = directory.resolve("calls");
        open(DoubleConfig.of(2, "a100-40").layout(1, "1g.5gb"));
    }

    @AfterEach
    void shutDown() {
        call("nvmlShutdown");
    }

    private void open(DoubleConfig config) {
        NvmlDouble.configure(file, config.log(log));
        call("nvmlShutdown");
        assertThat(call("nvmlInit_v2")).isZero();
    }

    private static int call(String function, Object... arguments) {
        Function found = library.getFunction(function);
        return found.invokeInt(arguments);
    }

    private static Pointer handle(String function, Object... arguments) {
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        long[] out = new long[1];
        all[arguments.length] = out;
        assertThat(call(function, all)).as(function).isZero();
        return new Pointer(out[0]);
    }

    private static Pointer gpu(int index) {
        return handle("nvmlDeviceGetHandleByIndex_v2", index);
    }

    @Test
    void callsWithoutInitAnswer1AndShutdown0() {
        Pointer gpu = gpu(0);
        call("nvmlShutdown");
        assertThat(call("nvmlDeviceGetCount_v2", new int[1])).isEqualTo(1);
        assertThat(call("nvmlDeviceGetUUID", gpu, new byte[96], 96)).isEqualTo(1);
        assertThat(call("nvmlSystemGetNVMLVersion", new byte[80], 80)).isZero();
        assertThat(call("nvmlShutdown")).isZero();
    }

    @Test
    void handlesDieAtTheLastShutdown() {
        Pointer gpu = gpu(0);
        assertThat(call("nvmlInit_v2")).isZero();
        call("nvmlShutdown");
        assertThat(call("nvmlDeviceGetMinorNumber", gpu, new int[1])).isZero();
        call("nvmlShutdown");
        assertThat(call("nvmlInit_v2")).isZero();
        assertThat(call("nvmlDeviceGetMinorNumber", gpu, new int[1])).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvmlDeviceGetUUID",
                "nvmlDeviceGetName",
                "nvmlDeviceGetSerial",
                "nvmlSystemGetDriverVersion",
                "nvmlSystemGetNVMLVersion"
            })
    void shortBuffersAnswer7AndArePoisoned(String function) {
        byte[] out = new byte[4];
        Object[] arguments = function.startsWith("nvmlSystem") ? new Object[] {out, 4} : new Object[] {gpu(0), out, 4};
        assertThat(call(function, arguments)).isEqualTo(7);
        assertThat(out).containsOnly(0xA5);
    }

    @Test
    void nullAnswers2() {
        Pointer gpu = gpu(0);
        assertThat(call("nvmlDeviceGetUUID", gpu, null, 96)).isEqualTo(2);
        assertThat(call("nvmlDeviceGetMinorNumber", gpu, null)).isEqualTo(2);
        assertThat(call("nvmlDeviceGetMinorNumber", null, new int[1])).isEqualTo(2);
        assertThat(call("nvmlDeviceGetPciInfo_v3", gpu, null)).isEqualTo(2);
        assertThat(call("nvmlDeviceGetMigMode", gpu, new int[1], null)).isEqualTo(2);
        assertThat(call("nvmlDeviceGetHandleByIndex_v2", 0, null)).isEqualTo(2);
        assertThat(call("nvmlDeviceGetHandleByUUID", null, new long[1])).isEqualTo(2);
        assertThat(call("nvmlDeviceGetCount_v2", new Object[] {null})).isEqualTo(2);
    }

    @Test
    void handlesOfAnotherKindAnswer2() {
        Pointer gpu = gpu(1);
        Pointer mig = handle("nvmlDeviceGetMigDeviceHandleByIndex", gpu, 0);
        assertThat(call("nvmlDeviceGetAttributes_v2", gpu, new byte[40])).isEqualTo(2);
        assertThat(call("nvmlGpuInstanceGetInfo", mig, new byte[24])).isEqualTo(2);
        assertThat(call("nvmlDeviceGetMigDeviceHandleByIndex", mig, 0, new long[1]))
                .isEqualTo(2);
        assertThat(call("nvmlDeviceGetMinorNumber", new Pointer(0x1000), new int[1]))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 0x01000028, 0x02000018, 0x03000028})
    void anotherVersionWordAnswers25(int word) {
        for (String function :
                List.of("nvmlDeviceGetMemoryInfo_v2", "nvmlDeviceGetAddressingMode", "nvmlDeviceGetPciInfoExt")) {
            try (Memory struct = new Memory(64)) {
                struct.clear();
                struct.setInt(0, word);
                assertThat(call(function, gpu(0), struct)).as(function).isEqualTo(25);
            }
        }
    }

    @Test
    void failuresPoisonWhatTheyWouldHaveWritten() {
        open(DoubleConfig.of(1, "a100-40").fail("nvmlDeviceGetPciInfo_v3", 15).fail("nvmlDeviceGetMinorNumber", 15));
        byte[] struct = new byte[70];
        int[] number = new int[1];
        assertThat(call("nvmlDeviceGetPciInfo_v3", gpu(0), struct)).isEqualTo(15);
        assertThat(call("nvmlDeviceGetMinorNumber", gpu(0), number)).isEqualTo(15);
        assertThat(java.util.Arrays.copyOf(struct, 68)).containsOnly(0xA5);
        assertThat(java.util.Arrays.copyOfRange(struct, 68, 70)).containsOnly(0);
        assertThat(number).containsExactly(0xA5A5A5A5);
    }

    @Test
    void eachCallIsLoggedAndTotalsComeAtTheEnd() {
        gpu(0);
        gpu(1);
        gpu(1);
        call("nvmlDeviceGetMigDeviceHandleByIndex", gpu(1), 3, new long[1]);
        call("nvmlShutdown");
        CallLog calls = CallLog.read(log);
        assertThat(calls.count("nvmlDeviceGetHandleByIndex_v2")).isEqualTo(4);
        assertThat(calls.calls())
                .anySatisfy(call -> assertThat(call.function() + call.gpu() + call.mig() + call.code())
                        .isEqualTo("nvmlDeviceGetMigDeviceHandleByIndex136"));
        assertThat(calls.totals()).hasSize(1);
        assertThat(calls.totals().get(0).attached()).isEqualTo(2);
        assertThat(calls.totals().get(0).failed()).isEqualTo(1);
        assertThat(calls.overlaps()).isZero();
    }

    @Test
    void badLinesAreCountedAndTheRestIsRead() {
        DoubleConfig config = DoubleConfig.empty()
                .line("# a comment")
                .line("no key")
                .line("gpu.0 = unheard-of")
                .line("gpu.0 = t4")
                .line("gpu.0.minor = seven")
                .line("gpu.0.colour = red")
                .line("gpu.x.minor = 1")
                .line("gpu.64.minor = 1")
                .line("fail nvmlDeviceGetUUID gpu=0")
                .line("fail nvmlDeviceGetUUID speed=0 code=1")
                .line("hang nvmlDeviceGetUUID")
                .line("text nvmlDeviceGetUUID")
                .line("gpu.0.minor = 5");
        open(config);
        int[] minor = new int[1];
        assertThat(call("nvmlDeviceGetMinorNumber", gpu(0), minor)).isZero();
        assertThat(minor).containsExactly(5);
        assertThat(CallLog.read(log).badLines()).containsExactly(2, 3, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void anInitWithoutConfigurationFindsNoDriver() throws java.io.IOException {
        java.nio.file.Files.delete(NvmlDouble.configFile(file));
        assertThat(call("nvmlInit_v2")).isEqualTo(9);
    }

    @Test
    void twoDoublesOfOneProcessAnswerApart() {
        Path other = NvmlDouble.buildIn(directory, "470.1");
        NvmlDouble.configure(other, DoubleConfig.of(3, "t4"));
        NativeLibrary loaded = NativeLibrary.getInstance(other.toString(), Map.of("open-flags", 1));
        int[] count = new int[1];
        assertThat(loaded.getFunction("nvmlInit_v2").invokeInt(new Object[0])).isZero();
        assertThat(loaded.getFunction("nvmlDeviceGetCount_v2").invokeInt(new Object[] {count}))
                .isZero();
        assertThat(count).containsExactly(3);
        loaded.getFunction("nvmlShutdown").invokeInt(new Object[0]);
        assertThat(call("nvmlDeviceGetCount_v2", count)).isZero();
        assertThat(count).containsExactly(2);
    }

    /** The file that the variable names is for all doubles of a process. */
    @Test
    void theVariableIsNotSetHere() {
        assertThat(NvmlDouble.canBuild()).isTrue();
        assertThat(NvmlDouble.configFile(file)).isEqualTo(file.resolveSibling("libnvidia-ml.so.560.35.03.conf"));
        assertThatThrownBy(NvmlDouble::configFile)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("NVML_DOUBLE_CONFIG is not set");
    }

    @Test
    void latencyIsSpentOnTheCallsNamed() {
        open(DoubleConfig.of(1, "t4")
                .set("latency_us", 0)
                .set("latency_us.nvmlDeviceGetCount_v2", 3000)
                .set("attach_ms", 4));
        call("nvmlDeviceGetCount_v2", new int[1]);
        gpu(0);
        CallLog calls = CallLog.read(log);
        assertThat(calls.calls())
                .filteredOn(call -> call.function().equals("nvmlDeviceGetCount_v2"))
                .allSatisfy(call -> assertThat(call.micros()).isGreaterThanOrEqualTo(3000));
        assertThat(calls.calls())
                .filteredOn(call -> call.function().equals("nvmlDeviceGetHandleByIndex_v2"))
                .last()
                .satisfies(call -> assertThat(call.micros()).isGreaterThanOrEqualTo(4000));
    }

    @Test
    void whatIsDerivedDependsOnTheSeedAlone() {
        assertThat(uuid(1)).isEqualTo(uuid(1)).isNotEqualTo(uuid(2)).matches("GPU-[0-9a-f-]{36}");
    }

    private String uuid(int seed) {
        open(DoubleConfig.of(1, "t4").set("seed", seed));
        byte[] uuid = new byte[96];
        assertThat(call("nvmlDeviceGetUUID", gpu(0), uuid, 96)).isZero();
        return com.sun.jna.Native.toString(uuid);
    }

    @Test
    void callsFromManyThreadsAreAllCounted() throws InterruptedException {
        Pointer gpu = gpu(0);
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int j = 0; j < 50; j++) {
                    call("nvmlDeviceGetMinorNumber", gpu, new int[1]);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(CallLog.read(log).count("nvmlDeviceGetMinorNumber")).isEqualTo(400);
    }
}
