package io.github.gpucdi.probe;

import java.util.regex.Pattern;

/** What NVML calls a device's UUID. */
final class DeviceUuid {
    /**
     * {@code GPU-8-4-4-4-12}, {@code MIG-8-4-4-4-12}, before driver 470 {@code MIG-GPU-<uuid>/<gi>/<ci>}, bare on some integrated
     * GPUs. Not held to more than its letters and to a length that no buffer without an end has.
     */
    private static final Pattern UUID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z/-]{0,79}");

    private DeviceUuid() {}

    /** Whether the text may be one. */
    static boolean isOne(String text) {
        return UUID.matcher(text).matches();
    }
}
