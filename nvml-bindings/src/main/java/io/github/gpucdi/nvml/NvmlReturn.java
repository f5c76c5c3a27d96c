package io.github.gpucdi.nvml;

import java.util.Objects;

/**
 * An {@code nvmlReturn_t}: number, name without {@code NVML_ERROR_}, meaning, and whether it is about NVML as a whole.
 *
 * <p>Whether a code answers a question ("there is none") or is a failure, no code says by itself: see {@link
 * NvmlFunction#isAbsence}. The set is open: {@link #of} keeps a number that NVML may add later.
 *
 * @param code the number that the library answered
 * @param name NVML's name of it, or {@code UNKNOWN}
 * @param meaning a few words for a person
 * @param endsSession whether no other call of the session can do better, whatever call answered it
 */
public record NvmlReturn(int code, String name, String meaning, boolean endsSession) {
    /** The call did what it says. */
    public static final NvmlReturn SUCCESS = one(0, "SUCCESS", "done");
    /** No successful init. */
    public static final NvmlReturn UNINITIALIZED = fatal(1, "UNINITIALIZED", "no successful init");
    /** Bad handle, index or pointer; in scans of MIG devices and profiles a hole. */
    public static final NvmlReturn INVALID_ARGUMENT = one(2, "INVALID_ARGUMENT", "invalid argument");
    /** The board or the platform lacks it. */
    public static final NvmlReturn NOT_SUPPORTED = one(3, "NOT_SUPPORTED", "not supported here");
    /** Device or privileged call refused. */
    public static final NvmlReturn NO_PERMISSION = one(4, "NO_PERMISSION", "no permission");
    /** Historic. */
    public static final NvmlReturn ALREADY_INITIALIZED = one(5, "ALREADY_INITIALIZED", "already initialised");
    /** No such device or instance. */
    public static final NvmlReturn NOT_FOUND = one(6, "NOT_FOUND", "not found");
    /** Buffer too small, still so after a larger one. */
    public static final NvmlReturn INSUFFICIENT_SIZE = one(7, "INSUFFICIENT_SIZE", "buffer too small");
    /** A power cable is missing. */
    public static final NvmlReturn INSUFFICIENT_POWER = one(8, "INSUFFICIENT_POWER", "power cable not attached");
    /** The kernel module is absent. */
    public static final NvmlReturn DRIVER_NOT_LOADED = fatal(9, "DRIVER_NOT_LOADED", "the kernel driver is not loaded");
    /** A wait elapsed. */
    public static final NvmlReturn TIMEOUT = one(10, "TIMEOUT", "timed out");
    /** Interrupts do not arrive. */
    public static final NvmlReturn IRQ_ISSUE = one(11, "IRQ_ISSUE", "interrupt problem");
    /** A library is missing: NVML itself when it cannot be loaded. */
    public static final NvmlReturn LIBRARY_NOT_FOUND = one(12, "LIBRARY_NOT_FOUND", "a library was not found");
    /** The function is not in this library. */
    public static final NvmlReturn FUNCTION_NOT_FOUND = one(13, "FUNCTION_NOT_FOUND", "not in this library");
    /** The board's inforom has a wrong checksum. */
    public static final NvmlReturn CORRUPTED_INFOROM = one(14, "CORRUPTED_INFOROM", "corrupted inforom");
    /** The GPU fell off the bus. */
    public static final NvmlReturn GPU_IS_LOST = one(15, "GPU_IS_LOST", "the GPU is lost");
    /** The GPU waits for a reset. */
    public static final NvmlReturn RESET_REQUIRED = one(16, "RESET_REQUIRED", "the GPU needs a reset");
    /** Blocked by the operating system, often a cgroup. */
    public static final NvmlReturn OPERATING_SYSTEM = one(17, "OPERATING_SYSTEM", "blocked by the operating system");
    /** Library and kernel module are of different versions. */
    public static final NvmlReturn LIB_RM_VERSION_MISMATCH =
            fatal(18, "LIB_RM_VERSION_MISMATCH", "library and kernel driver differ in version");
    /** The GPU is in use. */
    public static final NvmlReturn IN_USE = one(19, "IN_USE", "in use");
    /** Out of memory. */
    public static final NvmlReturn MEMORY = fatal(20, "MEMORY", "out of memory");
    /** Nothing there yet. */
    public static final NvmlReturn NO_DATA = one(21, "NO_DATA", "no data");
    /** Not met when listing devices. */
    public static final NvmlReturn VGPU_ECC_NOT_SUPPORTED =
            one(22, "VGPU_ECC_NOT_SUPPORTED", "not supported with ECC on");
    /** Ran out of something other than memory. */
    public static final NvmlReturn INSUFFICIENT_RESOURCES = one(23, "INSUFFICIENT_RESOURCES", "insufficient resources");
    /** Not met when listing devices. */
    public static final NvmlReturn FREQ_NOT_SUPPORTED = one(24, "FREQ_NOT_SUPPORTED", "frequency not supported");
    /** The library does not know the struct's version word. */
    public static final NvmlReturn ARGUMENT_VERSION_MISMATCH =
            one(25, "ARGUMENT_VERSION_MISMATCH", "struct version unknown to the library");
    /** The function is withdrawn. */
    public static final NvmlReturn DEPRECATED = one(26, "DEPRECATED", "withdrawn");
    /** The system is not ready, still so after a second try. */
    public static final NvmlReturn NOT_READY = one(27, "NOT_READY", "not ready");
    /** There are no GPUs. At init it means an empty host. */
    public static final NvmlReturn GPU_NOT_FOUND = one(28, "GPU_NOT_FOUND", "no GPU found");
    /** The GPU is in a wrong state. */
    public static final NvmlReturn INVALID_STATE = one(29, "INVALID_STATE", "invalid state");
    /** Not met when listing devices. */
    public static final NvmlReturn RESET_TYPE_NOT_SUPPORTED =
            one(30, "RESET_TYPE_NOT_SUPPORTED", "reset type not supported");
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

    public NvmlReturn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meaning, "meaning");
    }

    /**
     * The return of this number.
     *
     * @param code any number
     * @return the listed return, or one that keeps the number and has the name UNKNOWN
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

    private static NvmlReturn one(int code, String name, String meaning) {
        return new NvmlReturn(code, name, meaning, false);
    }

    private static NvmlReturn fatal(int code, String name, String meaning) {
        return new NvmlReturn(code, name, meaning, true);
    }

    private static NvmlReturn unknown(int code) {
        return one(code, "UNKNOWN", "unknown error");
    }

    /** Written out: what the compiler makes of a record is linked anew in each run, which costs a start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NvmlReturn answer
                && code == answer.code
                && endsSession == answer.endsSession
                && name.equals(answer.name)
                && meaning.equals(answer.meaning);
    }

    @Override
    public int hashCode() {
        return code;
    }
}
