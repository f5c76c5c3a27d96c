package io.github.gpucdi.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.nvml.NvmlFunction.Parameter;
import io.github.gpucdi.nvml.jna.JnaNvmlLibrary;
import io.github.gpucdi.nvmldouble.DoubleConfig;
import io.github.gpucdi.nvmldouble.NvmlDouble;
import io.github.gpucdi.nvmldouble.SymbolSet;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each function through a real dlopen, in each symbol set. */
class BindingTest {

    private static final Set<NvmlFunction> SINCE_450 = EnumSet.of(
            NvmlFunction.DEVICE_GET_ARCHITECTURE,
            NvmlFunction.DEVICE_GET_MIG_MODE,
            NvmlFunction.DEVICE_GET_MAX_MIG_DEVICE_COUNT,
            NvmlFunction.DEVICE_GET_MIG_DEVICE_HANDLE_BY_INDEX,
            NvmlFunction.DEVICE_IS_MIG_DEVICE_HANDLE,
            NvmlFunction.DEVICE_GET_DEVICE_HANDLE_FROM_MIG_DEVICE_HANDLE,
            NvmlFunction.DEVICE_GET_GPU_INSTANCE_ID,
            NvmlFunction.DEVICE_GET_COMPUTE_INSTANCE_ID,
            NvmlFunction.DEVICE_GET_ATTRIBUTES,
            NvmlFunction.DEVICE_GET_GPU_INSTANCE_BY_ID,
            NvmlFunction.GPU_INSTANCE_GET_INFO,
            NvmlFunction.GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID,
            NvmlFunction.COMPUTE_INSTANCE_GET_INFO,
            NvmlFunction.DEVICE_GET_GPU_INSTANCE_PROFILE_INFO,
            NvmlFunction.GPU_INSTANCE_GET_COMPUTE_INSTANCE_PROFILE_INFO,
            NvmlFunction.EVENT_SET_WAIT);

    /** A GPU that has everything, with two MIG devices. */
    private static DoubleConfig everything() {
        return DoubleConfig.of(1, "gb200").layout(0, "1g.23gb", "1c.3g.93gb");
    }

    private static boolean missing(SymbolSet set, NvmlFunction function) {
        if (set == SymbolSet.PLAIN) {
            return function == NvmlFunction.DEVICE_GET_MEMORY_INFO_V2
                    || function == NvmlFunction.DEVICE_GET_ATTRIBUTES
                    || function == NvmlFunction.EVENT_SET_WAIT;
        }
        int order = set.ordinal();
        return switch (function) {
            case DEVICE_GET_ADDRESSING_MODE -> order < SymbolSet.FULL.ordinal();
            case DEVICE_GET_NUMA_NODE_ID -> order < SymbolSet.DRIVER_550.ordinal();
            case DEVICE_GET_MEMORY_INFO_V2 -> order < SymbolSet.DRIVER_535.ordinal();
            case DEVICE_GET_CUDA_COMPUTE_CAPABILITY, SYSTEM_GET_CUDA_DRIVER_VERSION ->
                order < SymbolSet.DRIVER_418.ordinal();
            default -> SINCE_450.contains(function) && order < SymbolSet.DRIVER_450.ordinal();
        };
    }

    @ParameterizedTest
    @EnumSource(SymbolSet.class)
    void eachFunctionAnswersOrIsMissingAsInThatDriver(SymbolSet set) {
        NvmlDouble.configure(everything());
        JnaNvmlLibrary library = Doubles.library(set);
        assertThat(library.call(NvmlFunction.INIT)).isZero();
        Targets targets = Targets.of(library);
        for (NvmlFunction function : NvmlFunction.values()) {
            if (function == NvmlFunction.INIT || function == NvmlFunction.SHUTDOWN) {
                continue;
            }
            // Nothing comes within the time of 0 that it waits.
            int answer = function == NvmlFunction.EVENT_SET_WAIT ? 10 : 0;
            int expected = missing(set, function) ? 13 : answer;
            assertThat(library.call(function, targets.arguments(function)))
                    .as(function.symbol())
                    .isEqualTo(expected);
        }
        assertThat(library.call(NvmlFunction.SHUTDOWN)).isZero();
    }

    static Stream<Arguments> failures() {
        Stream<Arguments> someOfEach = Arrays.stream(NvmlFunction.values())
                .flatMap(function -> Stream.of(2, 15, 999).map(code -> Arguments.of(function, code)));
        Stream<Arguments> allOfOne = IntStream.concat(IntStream.rangeClosed(1, 30), IntStream.of(4242))
                .filter(code -> code != 2 && code != 15)
                .mapToObj(code -> Arguments.of(NvmlFunction.DEVICE_GET_MINOR_NUMBER, code));
        return Stream.concat(someOfEach, allOfOne);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachCodeOfEachFunctionComesThrough(NvmlFunction function, int code) {
        JnaNvmlLibrary library = Doubles.library(SymbolSet.FULL);
        NvmlDouble.configure(everything());
        assertThat(library.call(NvmlFunction.INIT)).isZero();
        Object[] arguments = Targets.of(library).arguments(function);
        NvmlDouble.configure(everything().fail(function.symbol(), code));
        if (function == NvmlFunction.INIT) {
            assertThat(library.call(function, arguments)).isEqualTo(code);
        } else {
            assertThat(library.call(NvmlFunction.INIT)).isZero();
            assertThat(library.call(function, arguments)).isEqualTo(code);
        }
        NvmlDouble.configure(DoubleConfig.empty());
        library.call(NvmlFunction.INIT);
        while (library.call(NvmlFunction.DEVICE_GET_COUNT, new int[1]) != 1) {
            library.call(NvmlFunction.SHUTDOWN);
        }
    }

    @Test
    void aSymbolThatAnswers13CountsAsMissing() {
        NvmlDouble.configure(everything()
                .fail("nvmlDeviceGetPciInfo_v3", 13)
                .fail("nvmlInit_v2", 13)
                .fail("nvmlDeviceGetNumaNodeId", 13));
        try (Nvml nvml = Nvml.open(Doubles.library(SymbolSet.FULL))) {
            assertThat(nvml.gpu(0).pciBusId()).contains("0008:01:00.0");
            assertThat(nvml.gpu(0).numaNode()).isEmpty();
        }
    }

    @Test
    void errorTextIsTheLibrarys() {
        assertThat(Doubles.library(SymbolSet.FULL).errorString(15)).isEqualTo("GPU is lost");
        assertThat(Doubles.library(SymbolSet.FULL).errorString(4242)).isEqualTo("Unknown Error");
    }

    /** Handles of each kind, and arguments for each function. */
    private record Targets(
            long gpu, long mig, long gpuInstance, long computeInstance, int gi, int ci, long set, String uuid) {

        static Targets of(NvmlLibrary library) {
            long[] gpu = new long[1];
            byte[] uuid = new byte[96];
            assertThat(library.call(NvmlFunction.DEVICE_GET_HANDLE_BY_INDEX, 0, gpu))
                    .isZero();
            assertThat(library.call(NvmlFunction.DEVICE_GET_UUID, gpu[0], uuid)).isZero();
            long[] mig = new long[1];
            long[] gpuInstance = new long[1];
            long[] computeInstance = new long[1];
            int[] gi = new int[1];
            int[] ci = new int[1];
            // Where MIG is missing all of these answer 13, and the handles are never looked at.
            library.call(NvmlFunction.DEVICE_GET_MIG_DEVICE_HANDLE_BY_INDEX, gpu[0], 1, mig);
            library.call(NvmlFunction.DEVICE_GET_GPU_INSTANCE_ID, mig[0], gi);
            library.call(NvmlFunction.DEVICE_GET_COMPUTE_INSTANCE_ID, mig[0], ci);
            library.call(NvmlFunction.DEVICE_GET_GPU_INSTANCE_BY_ID, gpu[0], gi[0], gpuInstance);
            library.call(NvmlFunction.GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID, gpuInstance[0], ci[0], computeInstance);
            long[] set = new long[1];
            assertThat(library.call(NvmlFunction.EVENT_SET_CREATE, set)).isZero();
            return new Targets(
                    gpu[0],
                    mig[0],
                    gpuInstance[0],
                    computeInstance[0],
                    gi[0],
                    ci[0],
                    set[0],
                    NvmlText.decode(uuid, 0, uuid.length));
        }

        Object[] arguments(NvmlFunction function) {
            List<Parameter> parameters = function.parameters();
            Object[] arguments = new Object[parameters.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = switch (parameters.get(i)) {
                    // That of a function's second handle is a set.
                    case HANDLE -> i == 0 ? handle(function) : set;
                    case U32 -> number(function);
                    case TEXT -> uuid;
                    case TEXT_OUT -> new byte[96];
                    case U64 -> NvmlEvent.Kind.XID.mask();
                    case U32_OUT -> new int[1];
                    case U64_OUT, HANDLE_OUT -> new long[1];
                    case STRUCT -> layout(function).allocate();
                };
            }
            return arguments;
        }

        private long handle(NvmlFunction function) {
            return switch (function) {
                case GPU_INSTANCE_GET_INFO,
                        GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID,
                        GPU_INSTANCE_GET_COMPUTE_INSTANCE_PROFILE_INFO -> gpuInstance;
                case COMPUTE_INSTANCE_GET_INFO -> computeInstance;
                case EVENT_SET_WAIT, EVENT_SET_FREE -> set;
                case DEVICE_GET_GPU_INSTANCE_ID,
                        DEVICE_GET_COMPUTE_INSTANCE_ID,
                        DEVICE_GET_ATTRIBUTES,
                        DEVICE_GET_DEVICE_HANDLE_FROM_MIG_DEVICE_HANDLE -> mig;
                default -> gpu;
            };
        }

        private int number(NvmlFunction function) {
            return switch (function) {
                case DEVICE_GET_GPU_INSTANCE_BY_ID -> gi;
                case GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID -> ci;
                default -> 0;
            };
        }

        private static StructLayout layout(NvmlFunction function) {
            return switch (function) {
                case EVENT_SET_WAIT -> Structs.EVENT_DATA;
                case DEVICE_GET_PCI_INFO -> Structs.PCI_INFO;
                case DEVICE_GET_MEMORY_INFO -> Structs.MEMORY;
                case DEVICE_GET_MEMORY_INFO_V2 -> Structs.MEMORY_V2;
                case DEVICE_GET_ADDRESSING_MODE -> Structs.ADDRESSING_MODE_V1;
                case DEVICE_GET_ATTRIBUTES -> Structs.DEVICE_ATTRIBUTES;
                case GPU_INSTANCE_GET_INFO -> Structs.GPU_INSTANCE_INFO;
                case COMPUTE_INSTANCE_GET_INFO -> Structs.COMPUTE_INSTANCE_INFO;
                case DEVICE_GET_GPU_INSTANCE_PROFILE_INFO -> Structs.GPU_INSTANCE_PROFILE_INFO;
                case GPU_INSTANCE_GET_COMPUTE_INSTANCE_PROFILE_INFO -> Structs.COMPUTE_INSTANCE_PROFILE_INFO;
                default -> throw new AssertionError(function);
            };
        }
    }
}
