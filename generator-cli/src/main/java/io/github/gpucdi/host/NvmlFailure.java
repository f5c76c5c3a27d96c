package io.github.gpucdi.host;

/**
 * An NVML call that failed, or that gave what makes no sense.
 *
 * @param call the function, such as {@code nvmlDeviceGetHandleByIndex_v2}; for work beside NVML what was done
 * @param code its return code, see NVML's {@code nvmlReturn_t}
 * @param text the code's name, such as {@code GPU_IS_LOST}; for code 0 what it gave
 */
public record NvmlFailure(String call, int code, String text) {

    /** A call that worked and gave nonsense, such as a negative count. */
    public static NvmlFailure nonsense(String call, String given) {
        return new NvmlFailure(call, NvmlCode.SUCCESS.number(), given);
    }

    /** What the code is to us. */
    public NvmlCode meaning() {
        return NvmlCode.of(code);
    }

    /** For messages: {@code nvmlDeviceGetUUID answered GPU_IS_LOST (15)}. */
    public String sentence() {
        return call + " answered " + text + (meaning() == NvmlCode.SUCCESS ? "" : " (" + code + ")");
    }
}
