package io.github.gpucdi.cdi.spec;

import java.util.Optional;

/** A released version of the CDI specification, oldest first. */
public enum CdiVersion {
    /** A draft: a number that loaders know, and most refuse as too low for any spec. */
    V0_1_0("0.1.0"),
    /** A draft, as {@link #V0_1_0}. */
    V0_2_0("0.2.0"),
    /** The oldest that specs are written in. */
    V0_3_0("0.3.0"),
    /** Adds the {@code type} of a mount. */
    V0_4_0("0.4.0"),
    /** Adds {@code hostPath} of a device node, and device names that begin with a digit. */
    V0_5_0("0.5.0"),
    /** Adds annotations, and dots in a class. */
    V0_6_0("0.6.0"),
    /** Adds {@code additionalGids} and {@code intelRdt}. */
    V0_7_0("0.7.0"),
    /** Adds nothing to what a spec may hold. */
    V0_8_0("0.8.0"),
    /** Adds nothing to what a spec may hold. */
    V1_0_0("1.0.0"),
    /** Adds {@code netDevices}, and {@code schemata} and {@code enableMonitoring} of {@code intelRdt}. */
    V1_1_0("1.1.0");

    /** The oldest version that loaders accept, whatever the content. */
    public static final CdiVersion FLOOR = V0_3_0;

    private final String text;

    CdiVersion(String text) {
        this.text = text;
    }

    /** The version as written in a spec, such as {@code 0.5.0}. */
    public String text() {
        return text;
    }

    /**
     * The version that {@code declared} names: exact text, with at most one leading {@code v}. No other leniency, as in
     * the loaders: {@code 0.6} and {@code 0.6.1} name no version.
     */
    public static Optional<CdiVersion> parse(String declared) {
        String bare = declared.startsWith("v") ? declared.substring(1) : declared;
        for (CdiVersion version : values()) {
            if (version.text.equals(bare)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * The lowest version that may declare the content of {@code spec}. Looks at the content only, not at
     * {@link CdiSpec#cdiVersion()}, and works on specs that are invalid otherwise. Loaders refuse a lower one.
     */
    public static CdiVersion minimumFor(CdiSpec spec) {
        CdiVersion minimum = FLOOR;
        if (!spec.annotations().isEmpty() || hasDottedClass(spec.kind())) {
            minimum = V0_6_0;
        }
        minimum = later(minimum, neededBy(spec.containerEdits()));
        for (Device device : spec.devices()) {
            if (!device.annotations().isEmpty()) {
                minimum = later(minimum, V0_6_0);
            }
            if (QualifiedName.startsWithDigit(device.name())) {
                minimum = later(minimum, V0_5_0);
            }
            minimum = later(minimum, neededBy(device.containerEdits()));
        }
        return minimum;
    }

    private static CdiVersion neededBy(ContainerEdits edits) {
        CdiVersion minimum = FLOOR;
        for (Mount mount : edits.mounts()) {
            if (!mount.type().isEmpty()) {
                minimum = later(minimum, V0_4_0);
            }
        }
        for (DeviceNode node : edits.deviceNodes()) {
            if (!node.hostPath().isEmpty()) {
                minimum = later(minimum, V0_5_0);
            }
        }
        if (edits.intelRdt().isPresent() || !edits.additionalGids().isEmpty()) {
            minimum = later(minimum, V0_7_0);
        }
        boolean newRdt = edits.intelRdt().isPresent()
                && (edits.intelRdt().get().schemata().isPresent()
                        || edits.intelRdt().get().enableMonitoring());
        if (newRdt || !edits.netDevices().isEmpty()) {
            minimum = V1_1_0;
        }
        return minimum;
    }

    private static boolean hasDottedClass(String kind) {
        int slash = kind.indexOf('/');
        return slash >= 0 && kind.indexOf('.', slash + 1) >= 0;
    }

    private static CdiVersion later(CdiVersion one, CdiVersion other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
