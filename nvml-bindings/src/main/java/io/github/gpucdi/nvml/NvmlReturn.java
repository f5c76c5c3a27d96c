package io.github.gpucdi.nvml;

/**
 * An {@code nvmlReturn_t}: number, name without {@code NVML_ERROR_}, meaning, and what someone who lists devices does about it.
 *
 * <p>The set is open: {@link #of} keeps a number that NVML may add later and gives it the actions of 999 (UNKNOWN).
 *
 * @param code the number that the library answered
 * @param name NVML's name of it, or {@code UNKNOWN}
 * @param meaning a few words for a person
 * @param action what to do when a query of a device answers it
 * @param atInit what to do when init answers it: {@link Action#OK} for success and for "no GPUs", else {@link Action#FATAL}
 */
public record NvmlReturn(int code, String name, String meaning, Action action, Action atInit) {

    /** What an enumeration does about a code. */
    public enum Action {
        /** Carry on: the value is there (0), or there is none to be had. */
        OK,
        /** Leave this GPU or instance out, and say so. */
        SKIP,
        /** Stop with a message. */
        FATAL
    }

    /** The call did what it says. */
    public static final NvmlReturn SUCCESS = new NvmlReturn(0, "SUCCESS", "done", Action.OK, Action.OK);
    /** No successful init. */
    public static final NvmlReturn UNINITIALIZED = fatal(1, "UNINITIALIZED", "no successful init");
    /** Bad handle, index or pointer; in scans of MIG devices and profiles a hole. */
    public static final NvmlReturn INVALID_ARGUMENT = skip(2, "INVALID_ARGUMENT", "invalid argument");
    /** The board or the platform lacks it. */
    public static final NvmlReturn NOT_SUPPORTED = ok(3, "NOT_SUPPORTED", "not supported here");
    /** Device or privileged call refused. */
    public static final NvmlReturn NO_PERMISSION = skip(4, "NO_PERMISSION", "no permission");
    /** Historic. */
    public static final NvmlReturn ALREADY_INITIALIZED = ok(5, "ALREADY_INITIALIZED", "already initialised");
    /** No such device or instance. */
    public static final NvmlReturn NOT_FOUND = ok(6, "NOT_FOUND", "not found");
    /** Buffer too small, still so after a larger one. */
    public static final NvmlReturn INSUFFICIENT_SIZE = skip(7, "INSUFFICIENT_SIZE", "buffer too small");
    /** A power cable is missing. */
    public static final NvmlReturn INSUFFICIENT_POWER = skip(8, "INSUFFICIENT_POWER", "power cable not attached");
    /** The kernel module is absent. */
    public static final NvmlReturn DRIVER_NOT_LOADED = fatal(9, "DRIVER_NOT_LOADED", "the kernel driver is not loaded");
    /** A wait elapsed. */
    public static final NvmlReturn TIMEOUT = ok(10, "TIMEOUT", "timed out");
    /** Interrupts do not arrive. */
    public static final NvmlReturn IRQ_ISSUE = skip(11, "IRQ_ISSUE", "interrupt problem");
    /** A library is missing: NVML itself when it cannot be loaded. */
    public static final NvmlReturn LIBRARY_NOT_FOUND = ok(12, "LIBRARY_NOT_FOUND", "a library was not found");
    /** The function is not in this library. */
    public static final NvmlReturn FUNCTION_NOT_FOUND = ok(13, "FUNCTION_NOT_FOUND", "not in this library");
    /** The board's inforom has a wrong checksum. */
    public static final NvmlReturn CORRUPTED_INFOROM = ok(14, "CORRUPTED_INFOROM", "corrupted inforom");
    /** The GPU fell off the bus. */
    public static final NvmlReturn GPU_IS_LOST = skip(15, "GPU_IS_LOST", "the GPU is lost");
    /** The GPU waits for a reset. */
    public static final NvmlReturn RESET_REQUIRED = skip(16, "RESET_REQUIRED", "the GPU needs a reset");
    /** Blocked by the operating system, often a cgroup. */
    public static final NvmlReturn OPERATING_SYSTEM = skip(17, "OPERATING_SYSTEM", "blocked by the operating system");
    /** Library and kernel module are of different versions. */
    public static final NvmlReturn LIB_RM_VERSION_MISMATCH =
            fatal(18, "LIB_RM_VERSION_MISMATCH", "library and kernel driver differ in version");
    /** The GPU is in use. */
    public static final NvmlReturn IN_USE = skip(19, "IN_USE", "in use");
    /** Out of memory. */
    public static final NvmlReturn MEMORY = fatal(20, "MEMORY", "out of memory");
    /** Nothing there yet. */
    public static final NvmlReturn NO_DATA = ok(21, "NO_DATA", "no data");
    /** Not met when listing devices. */
    public static final NvmlReturn VGPU_ECC_NOT_SUPPORTED =
            ok(22, "VGPU_ECC_NOT_SUPPORTED", "not supported with ECC on");
    /** Ran out of something other than memory. */
    public static final NvmlReturn INSUFFICIENT_RESOURCES =
            skip(23, "INSUFFICIENT_RESOURCES", "insufficient resources");
    /** Not met when listing devices. */
    public static final NvmlReturn FREQ_NOT_SUPPORTED = ok(24, "FREQ_NOT_SUPPORTED", "frequency not supported");
    /** The library does not know the struct's version word. */
    public static final NvmlReturn ARGUMENT_VERSION_MISMATCH =
            ok(25, "ARGUMENT_VERSION_MISMATCH", "struct version unknown to the library");
    /** The function is withdrawn. */
    public static final NvmlReturn DEPRECATED = ok(26, "DEPRECATED", "withdrawn");
    /** The system is not ready, still so after a second try. */
    public static final NvmlReturn NOT_READY = skip(27, "NOT_READY", "not ready");
    /** There are no GPUs. At init it means an empty host. */
    public static final NvmlReturn GPU_NOT_FOUND =
            new NvmlReturn(28, "GPU_NOT_FOUND", "no GPU found", Action.OK, Action.OK);
    /** The GPU is in a wrong state. */
    public static final NvmlReturn INVALID_STATE = skip(29, "INVALID_STATE", "invalid state");
    /** Not met when listing devices. */
    public static final NvmlReturn RESET_TYPE_NOT_SUPPORTED =
            ok(30, "RESET_TYPE_NOT_SUPPORTED", "reset type not supported");
    /** Anything else. */
    public static final NvmlReturn UNKNOWN = unknown(999);

    private static final NvmlReturn[] BY_CODE = {
        SUCCESS,
        UNINITIALIZED,
        INVALID_ARGUMENT,
        NOT_SUPPORTED,
        NO_PERMISSION,
        ALREADY_INITIALIZED,
        NOT_FOUND,
        INSUFFICIENT_SIZE,
        INSUFFICIENT_POWER,
        DRIVER_NOT_LOADED,
        TIMEOUT,
        IRQ_ISSUE,
        LIBRARY_NOT_FOUND,
        FUNCTION_NOT_FOUND,
        CORRUPTED_INFOROM,
        GPU_IS_LOST,
        RESET_REQUIRED,
        OPERATING_SYSTEM,
        LIB_RM_VERSION_MISMATCH,
        IN_USE,
        MEMORY,
        NO_DATA,
        VGPU_ECC_NOT_SUPPORTED,
        INSUFFICIENT_RESOURCES,
        FREQ_NOT_SUPPORTED,
        ARGUMENT_VERSION_MISMATCH,
        DEPRECATED,
        NOT_READY,
        GPU_NOT_FOUND,
        INVALID_STATE,
        RESET_TYPE_NOT_SUPPORTED
    };

    /**
     * The return of this number.
     *
     * @param code any number
     * @return the listed return, or one that keeps the number and is otherwise as 999
     */
    public static NvmlReturn of(int code) {
        if (code >= 0 && code < BY_CODE.length) {
            return BY_CODE[code];
        }
        return code == UNKNOWN.code ? UNKNOWN : unknown(code);
    }

    /** Whether the call succeeded. */
    public boolean isSuccess() {
        return code == 0;
    }

    /** Name and number, as in {@code GPU_IS_LOST (15)}. */
    @Override
    public String toString() {
        return name + " (" + code + ")";
    }

    private static NvmlReturn ok(int code, String name, String meaning) {
        return new NvmlReturn(code, name, meaning, Action.OK, Action.FATAL);
    }

    private static NvmlReturn skip(int code, String name, String meaning) {
        return new NvmlReturn(code, name, meaning, Action.SKIP, Action.FATAL);
    }

    private static NvmlReturn fatal(int code, String name, String meaning) {
        return new NvmlReturn(code, name, meaning, Action.FATAL, Action.FATAL);
    }

    private static NvmlReturn unknown(int code) {
        return skip(code, "UNKNOWN", "unknown error");
    }
}
