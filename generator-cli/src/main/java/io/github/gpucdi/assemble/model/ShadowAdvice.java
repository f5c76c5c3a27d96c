package io.github.gpucdi.assemble.model;

/**
 * What to do where two directories define the same devices and engines take the higher one's: said when a spec is
 * written, and when a host is examined.
 */
public final class ShadowAdvice {
    /** Stops the NVIDIA toolkit's units from writing a spec of their own. */
    public static final String REFRESH_OFF =
            "systemctl disable --now nvidia-cdi-refresh.path nvidia-cdi-refresh.service";

    /** For who has just written the lower one: it is of this driver, and the higher one is in its way. */
    public static final String HINT = "remove that file; if nvidia-cdi-refresh writes it: " + REFRESH_OFF;

    private ShadowAdvice() {}

    /**
     * Whether the higher file is the one to take away. The lower one is only if it alone is of another driver: what is
     * written into the higher directory is gone with the next boot.
     */
    public static boolean higherGoes(boolean lowerStale, boolean higherStale) {
        return !lowerStale || higherStale;
    }
}
