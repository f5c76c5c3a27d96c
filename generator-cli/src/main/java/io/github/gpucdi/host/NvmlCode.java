package io.github.gpucdi.host;

/** The NVML return codes that something is done about; {@code nvmlReturn_t} has more. */
public enum NvmlCode {
    /** 0: the call worked; in a failure, that what it gave makes no sense. */
    SUCCESS(0),
    /** 3: the call is not for this device. */
    NOT_SUPPORTED(3),
    /** 4: the device or NVML as a whole may not be opened. */
    NO_PERMISSION(4),
    /** 9: the kernel module is absent. */
    DRIVER_NOT_LOADED(9),
    /** 10: also our own for a call, or other work of the probe, that did not end in time. */
    TIMEOUT(10),
    /** 12: a library is missing. */
    LIBRARY_NOT_FOUND(12),
    /** 17: blocked by the operating system, often a cgroup. */
    OPERATING_SYSTEM(17),
    /** 18: library and kernel module are of different versions. */
    LIB_RM_VERSION_MISMATCH(18),
    /** 28: there is no GPU. */
    GPU_NOT_FOUND(28),
    /** 999: anything. */
    UNKNOWN(999),
    /** Any other number. */
    OTHER(-1);

    private final int number;

    NvmlCode(int number) {
        this.number = number;
    }

    /** NVML's number. */
    public int number() {
        return number;
    }

    /** The code of this number. */
    public static NvmlCode of(int number) {
        for (NvmlCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return OTHER;
    }
}
