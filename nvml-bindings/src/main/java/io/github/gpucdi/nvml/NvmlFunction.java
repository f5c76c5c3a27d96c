package io.github.gpucdi.nvml;

import java.util.List;

/**
 * Every NVML function that this library calls, as data: the exported symbols, newest first, and the parameters.
 *
 * <p>The plain export of a function is its oldest ABI, so symbols are always asked for with their suffix. Older names are
 * listed only where the parameters are the same, or where the older struct is a prefix of the newer one.
 */
public enum NvmlFunction {
    /** Connects to the driver without attaching a GPU; the plain name attaches all. */
    INIT(symbols("nvmlInit_v2", "nvmlInit"), Absence.NO_GPU),
    /** Gives back one successful init. */
    SHUTDOWN(symbols("nvmlShutdown")),
    /** Version of the kernel driver, as in {@code 560.35.03}. */
    SYSTEM_GET_DRIVER_VERSION(symbols("nvmlSystemGetDriverVersion"), Parameter.TEXT_OUT),
    /** Version of NVML, as in {@code 12.560.35.03}. */
    SYSTEM_GET_NVML_VERSION(symbols("nvmlSystemGetNVMLVersion"), Absence.LACKING, Parameter.TEXT_OUT),
    /** 1000 * major + 10 * minor. */
    SYSTEM_GET_CUDA_DRIVER_VERSION(
            symbols("nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion"),
            Absence.LACKING_OR_LIBRARY,
            Parameter.U32_OUT),
    /** Number of GPUs; MIG devices are not counted, GPUs that may not be opened are. */
    DEVICE_GET_COUNT(symbols("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"), Parameter.U32_OUT),
    /** Handle of the GPU of one index; attaches it. */
    DEVICE_GET_HANDLE_BY_INDEX(
            symbols("nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"),
            Parameter.U32,
            Parameter.HANDLE_OUT),
    /** Handle of the GPU or MIG device of one UUID; may attach every GPU it walks past. */
    DEVICE_GET_HANDLE_BY_UUID(symbols("nvmlDeviceGetHandleByUUID"), Absence.HOLE, Parameter.TEXT, Parameter.HANDLE_OUT),
    /** UUID of a GPU or MIG device. */
    DEVICE_GET_UUID(symbols("nvmlDeviceGetUUID"), Parameter.HANDLE, Parameter.TEXT_OUT),
    /** The N of {@code /dev/nvidiaN}. */
    DEVICE_GET_MINOR_NUMBER(symbols("nvmlDeviceGetMinorNumber"), Parameter.HANDLE, Parameter.U32_OUT),
    /** Index of a GPU, or of a MIG device below its GPU. */
    DEVICE_GET_INDEX(symbols("nvmlDeviceGetIndex"), Parameter.HANDLE, Parameter.U32_OUT),
    /** PCI address; before v3 the long bus id is left alone. */
    DEVICE_GET_PCI_INFO(
            symbols("nvmlDeviceGetPciInfo_v3", "nvmlDeviceGetPciInfo_v2", "nvmlDeviceGetPciInfo"),
            Absence.LACKING,
            Parameter.HANDLE,
            Parameter.STRUCT),
    /** Product name; of a MIG handle {@code <gpu name> MIG <profile>}. */
    DEVICE_GET_NAME(symbols("nvmlDeviceGetName"), Parameter.HANDLE, Parameter.TEXT_OUT),
    /** Brand number. */
    DEVICE_GET_BRAND(symbols("nvmlDeviceGetBrand"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** Architecture number. */
    DEVICE_GET_ARCHITECTURE(symbols("nvmlDeviceGetArchitecture"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** CUDA compute capability, major and minor. */
    DEVICE_GET_CUDA_COMPUTE_CAPABILITY(
            symbols("nvmlDeviceGetCudaComputeCapability"),
            Absence.LACKING,
            Parameter.HANDLE,
            Parameter.U32_OUT,
            Parameter.U32_OUT),
    /** Serial number of the board. */
    DEVICE_GET_SERIAL(symbols("nvmlDeviceGetSerial"), Absence.LACKING_OR_CORRUPT, Parameter.HANDLE, Parameter.TEXT_OUT),
    /** Memory in bytes, first version. */
    DEVICE_GET_MEMORY_INFO(symbols("nvmlDeviceGetMemoryInfo"), Absence.LACKING, Parameter.HANDLE, Parameter.STRUCT),
    /** Memory in bytes with the reserved part; a struct of its own, not a new name of the first. */
    DEVICE_GET_MEMORY_INFO_V2(
            symbols("nvmlDeviceGetMemoryInfo_v2"), Absence.LACKING_OR_OLDER, Parameter.HANDLE, Parameter.STRUCT),
    /** 0 off, 1 on. */
    DEVICE_GET_PERSISTENCE_MODE(
            symbols("nvmlDeviceGetPersistenceMode"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** 0 off, 1 on. */
    DEVICE_GET_DISPLAY_ACTIVE(
            symbols("nvmlDeviceGetDisplayActive"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** 0 off, 1 on. */
    DEVICE_GET_DISPLAY_MODE(symbols("nvmlDeviceGetDisplayMode"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** NUMA node that the GPU's own memory is. */
    DEVICE_GET_NUMA_NODE_ID(symbols("nvmlDeviceGetNumaNodeId"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** How the GPU addresses system memory. */
    DEVICE_GET_ADDRESSING_MODE(
            symbols("nvmlDeviceGetAddressingMode"), Absence.LACKING_OR_OLDER, Parameter.HANDLE, Parameter.STRUCT),
    /** Current and pending MIG mode. */
    DEVICE_GET_MIG_MODE(
            symbols("nvmlDeviceGetMigMode"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT, Parameter.U32_OUT),
    /** How many MIG indexes there are to scan. */
    DEVICE_GET_MAX_MIG_DEVICE_COUNT(
            symbols("nvmlDeviceGetMaxMigDeviceCount"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** Handle of the MIG device of one index; 6 and 2 are holes. */
    DEVICE_GET_MIG_DEVICE_HANDLE_BY_INDEX(
            symbols("nvmlDeviceGetMigDeviceHandleByIndex"),
            Absence.HOLE,
            Parameter.HANDLE,
            Parameter.U32,
            Parameter.HANDLE_OUT),
    /** 1 if the handle is a MIG device's. */
    DEVICE_IS_MIG_DEVICE_HANDLE(
            symbols("nvmlDeviceIsMigDeviceHandle"), Absence.LACKING, Parameter.HANDLE, Parameter.U32_OUT),
    /** The GPU of a MIG device. */
    DEVICE_GET_DEVICE_HANDLE_FROM_MIG_DEVICE_HANDLE(
            symbols("nvmlDeviceGetDeviceHandleFromMigDeviceHandle"), Parameter.HANDLE, Parameter.HANDLE_OUT),
    /** GPU instance id of a MIG device. */
    DEVICE_GET_GPU_INSTANCE_ID(symbols("nvmlDeviceGetGpuInstanceId"), Parameter.HANDLE, Parameter.U32_OUT),
    /** Compute instance id of a MIG device. */
    DEVICE_GET_COMPUTE_INSTANCE_ID(symbols("nvmlDeviceGetComputeInstanceId"), Parameter.HANDLE, Parameter.U32_OUT),
    /** Slices and memory of a MIG device. The plain name takes another struct, so it is not a fall-back. */
    DEVICE_GET_ATTRIBUTES(symbols("nvmlDeviceGetAttributes_v2"), Absence.LACKING, Parameter.HANDLE, Parameter.STRUCT),
    /** Handle of a GPU instance; privileged. */
    DEVICE_GET_GPU_INSTANCE_BY_ID(
            symbols("nvmlDeviceGetGpuInstanceById"), Parameter.HANDLE, Parameter.U32, Parameter.HANDLE_OUT),
    /** Profile id and placement of a GPU instance. */
    GPU_INSTANCE_GET_INFO(symbols("nvmlGpuInstanceGetInfo"), Parameter.HANDLE, Parameter.STRUCT),
    /** Handle of a compute instance; privileged. */
    GPU_INSTANCE_GET_COMPUTE_INSTANCE_BY_ID(
            symbols("nvmlGpuInstanceGetComputeInstanceById"), Parameter.HANDLE, Parameter.U32, Parameter.HANDLE_OUT),
    /** Profile id of a compute instance; the first version's struct is a prefix. */
    COMPUTE_INSTANCE_GET_INFO(
            symbols("nvmlComputeInstanceGetInfo_v2", "nvmlComputeInstanceGetInfo"), Parameter.HANDLE, Parameter.STRUCT),
    /** GPU instance profile of one profile index. */
    DEVICE_GET_GPU_INSTANCE_PROFILE_INFO(
            symbols("nvmlDeviceGetGpuInstanceProfileInfo"), Parameter.HANDLE, Parameter.U32, Parameter.STRUCT),
    /** Compute instance profile of one profile index and engine profile. */
    GPU_INSTANCE_GET_COMPUTE_INSTANCE_PROFILE_INFO(
            symbols("nvmlGpuInstanceGetComputeInstanceProfileInfo"),
            Parameter.HANDLE,
            Parameter.U32,
            Parameter.U32,
            Parameter.STRUCT),
    /** A set that events come to. */
    EVENT_SET_CREATE(symbols("nvmlEventSetCreate"), Parameter.HANDLE_OUT),
    /** Mask of the events that a GPU can tell of. */
    DEVICE_GET_SUPPORTED_EVENT_TYPES(
            symbols("nvmlDeviceGetSupportedEventTypes"), Absence.LACKING, Parameter.HANDLE, Parameter.U64_OUT),
    /** Has a GPU tell a set of a mask of events: of all or of none. */
    DEVICE_REGISTER_EVENTS(symbols("nvmlDeviceRegisterEvents"), Parameter.HANDLE, Parameter.U64, Parameter.HANDLE),
    /** Waits so many milliseconds; the struct of the plain name is shorter, and from drivers without MIG. */
    EVENT_SET_WAIT(symbols("nvmlEventSetWait_v2"), Absence.ELAPSED, Parameter.HANDLE, Parameter.STRUCT, Parameter.U32),
    /** Gives a set back. */
    EVENT_SET_FREE(symbols("nvmlEventSetFree"), Parameter.HANDLE);

    /** What an argument is in C and which Java type {@link NvmlLibrary#call} takes for it. */
    public enum Parameter {
        /** An opaque pointer; {@link Long}. */
        HANDLE,
        /** {@code unsigned int}; {@link Integer}. */
        U32,
        /** {@code unsigned long long}; {@link Long}. */
        U64,
        /** {@code const char *}; {@link String}. */
        TEXT,
        /** {@code char *} and its length: two C arguments, one {@code byte[]}. */
        TEXT_OUT,
        /** {@code int *}, {@code unsigned int *} or a pointer to an enum; {@code int[1]}. */
        U32_OUT,
        /** {@code unsigned long long *}; {@code long[1]}. */
        U64_OUT,
        /** Pointer to an opaque pointer; {@code long[1]}. */
        HANDLE_OUT,
        /** Pointer to a struct; {@code byte[]} of its size, version word set. */
        STRUCT
    }

    /** Which codes answer a call with "there is none". Whatever is not listed is a failure. */
    private enum Absence {
        /** There always is one. */
        NEVER(),
        /** The host has no GPU. */
        NO_GPU(NvmlReturn.GPU_NOT_FOUND),
        /** The board, the platform or an older library lacks it. */
        LACKING(NvmlReturn.NOT_SUPPORTED, NvmlReturn.FUNCTION_NOT_FOUND),
        /** The same, or it was kept in an inforom that is spoilt. */
        LACKING_OR_CORRUPT(NvmlReturn.NOT_SUPPORTED, NvmlReturn.FUNCTION_NOT_FOUND, NvmlReturn.CORRUPTED_INFOROM),
        /** The same, or a library on which the answer rests is not installed. */
        LACKING_OR_LIBRARY(NvmlReturn.NOT_SUPPORTED, NvmlReturn.FUNCTION_NOT_FOUND, NvmlReturn.LIBRARY_NOT_FOUND),
        /** The same, or the library is older than the struct. */
        LACKING_OR_OLDER(NvmlReturn.NOT_SUPPORTED, NvmlReturn.FUNCTION_NOT_FOUND, NvmlReturn.ARGUMENT_VERSION_MISMATCH),
        /** Nothing came in time. */
        ELAPSED(NvmlReturn.TIMEOUT),
        /** Nothing is at this index or of this name. */
        HOLE(NvmlReturn.NOT_FOUND, NvmlReturn.INVALID_ARGUMENT);

        private final List<NvmlReturn> codes;

        Absence(NvmlReturn... codes) {
            this.codes = List.of(codes);
        }
    }

    private final List<String> symbols;
    private final Absence absence;
    private final List<Parameter> parameters;

    NvmlFunction(List<String> symbols, Parameter... parameters) {
        this(symbols, Absence.NEVER, parameters);
    }

    NvmlFunction(List<String> symbols, Absence absence, Parameter... parameters) {
        this.symbols = symbols;
        this.absence = absence;
        this.parameters = List.of(parameters);
    }

    private static List<String> symbols(String... names) {
        return List.of(names);
    }

    /** Names to look up in the library, newest first; at least one. */
    public List<String> symbols() {
        return symbols;
    }

    /** The newest name: what messages call this function. */
    public String symbol() {
        return symbols.get(0);
    }

    /** The parameters in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Whether a code answers this call: there is none, and nothing is wrong. The same code may be a failure of another call:
     * {@code nvmlDeviceGetMigMode} says with 3 that the board has no MIG, and with 6 nothing at all.
     *
     * @param code any number
     */
    public boolean isAbsence(int code) {
        return absence.codes.contains(NvmlReturn.of(code));
    }
}
