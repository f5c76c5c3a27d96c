package io.github.gpucdi.cdi.spec;

import java.util.Optional;

/**
 * The keys that CDI did not have from 0.3.0 on. A loader that does not know a key refuses the whole spec, whatever the
 * value, even an empty one.
 */
public enum SpecField {
    /** {@code type} of a mount. */
    MOUNT_TYPE(CdiVersion.V0_4_0),
    /** {@code hostPath} of a device node. */
    DEVICE_NODE_HOST_PATH(CdiVersion.V0_5_0),
    /** {@code annotations} of the spec or of a device. */
    ANNOTATIONS(CdiVersion.V0_6_0),
    /** {@code intelRdt} of edits. */
    INTEL_RDT(CdiVersion.V0_7_0),
    /** {@code additionalGids} of edits. */
    ADDITIONAL_GIDS(CdiVersion.V0_7_0),
    /** {@code enableCMT} of {@code intelRdt}. */
    ENABLE_CMT(CdiVersion.V0_7_0, CdiVersion.V1_1_0),
    /** {@code enableMBM} of {@code intelRdt}. */
    ENABLE_MBM(CdiVersion.V0_7_0, CdiVersion.V1_1_0),
    /** {@code netDevices} of edits. */
    NET_DEVICES(CdiVersion.V1_1_0),
    /** {@code schemata} of {@code intelRdt}. */
    SCHEMATA(CdiVersion.V1_1_0),
    /** {@code enableMonitoring} of {@code intelRdt}. */
    ENABLE_MONITORING(CdiVersion.V1_1_0);

    private final CdiVersion since;
    private final Optional<CdiVersion> goneIn;

    SpecField(CdiVersion since) {
        this.since = since;
        this.goneIn = Optional.empty();
    }

    SpecField(CdiVersion since, CdiVersion goneIn) {
        this.since = since;
        this.goneIn = Optional.of(goneIn);
    }

    /** The version that brought the key. */
    public CdiVersion since() {
        return since;
    }

    /** The version that took it away again. */
    public Optional<CdiVersion> goneIn() {
        return goneIn;
    }

    /** Whether loaders whose highest version is {@code highest} know the key. */
    public boolean isKnownTo(CdiVersion highest) {
        return highest.compareTo(since) >= 0 && (goneIn.isEmpty() || highest.compareTo(goneIn.get()) < 0);
    }
}
