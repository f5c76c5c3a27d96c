package io.github.gpucdi.host;

/**
 * An NVML call that failed.
 *
 * @param call the function, such as {@code nvmlDeviceGetHandleByIndex_v2}
 * @param code its return code, see NVML's {@code nvmlReturn_t}
 * @param text the code's name, such as {@code GPU_IS_LOST}
 */
public record NvmlFailure(String call, int code, String text) {
    /** {@code NVML_ERROR_TIMEOUT}, also our own for a call that gave no answer in time. */
    public static final int TIMEOUT = 10;

    /** {@code NVML_ERROR_LIB_RM_VERSION_MISMATCH}: library and kernel module are of different versions. */
    public static final int LIB_RM_VERSION_MISMATCH = 18;
}
