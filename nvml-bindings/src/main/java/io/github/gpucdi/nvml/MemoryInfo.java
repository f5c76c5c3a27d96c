package io.github.gpucdi.nvml;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Memory of a GPU or MIG device, in bytes.
 *
 * @param total all of it
 * @param free not in use
 * @param used in use; with the older call it includes what is reserved
 * @param reserved held by driver and firmware; absent from the older call
 */
public record MemoryInfo(long total, long free, long used, OptionalLong reserved) {
    public MemoryInfo {
        Objects.requireNonNull(reserved, "reserved");
    }
}
