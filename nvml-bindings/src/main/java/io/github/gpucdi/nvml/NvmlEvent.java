package io.github.gpucdi.nvml;

import java.util.Objects;

/**
 * Something that NVML tells of by itself.
 *
 * @param kind what it is
 * @param number of a critical error which one, an Xid; else 0
 */
public record NvmlEvent(Kind kind, long number) {
    /** Refuses null. */
    public NvmlEvent {
        Objects.requireNonNull(kind, "kind");
    }

    /** What can be asked for. */
    public enum Kind {
        /** A critical error of the GPU, {@code nvmlEventTypeXidCriticalError}. */
        XID(0x8),
        /** GPU or compute instances were made or destroyed, {@code nvmlEventMigConfigChange}. */
        MIG(0x100);

        private final long mask;

        Kind(long mask) {
            this.mask = mask;
        }

        long mask() {
            return mask;
        }
    }
}
