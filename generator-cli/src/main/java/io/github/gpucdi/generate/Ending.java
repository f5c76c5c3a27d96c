package io.github.gpucdi.generate;

import io.github.gpucdi.assemble.model.AssembleException;

/** How a run ended. */
public enum Ending {
    DONE,
    /** What is there is not what would be written. */
    DIFFERS,
    /** The request cannot be met by anything on the host, or contradicts itself. */
    USAGE,
    /** No driver, no GPU, or none that can be offered. */
    NOTHING_TO_OFFER,
    /** Incomplete and strict, or not what a target can read: nothing was written. */
    INCOMPLETE,
    /** The driver is half-upgraded: an earlier run's spec was kept. */
    HALF_UPGRADED,
    /** The destination cannot or must not be written. */
    NOT_WRITTEN,
    /** Done, but a GPU or MIG device that the driver reports is not in the spec. */
    LEFT_OUT,
    /** The program is wrong. */
    BUG;

    /** The ending that a failure to assemble brings about. */
    public static Ending of(AssembleException failure) {
        return switch (failure.reason()) {
            case GONE, NOTHING_TO_OFFER, FAILING, NO_ANSWER -> NOTHING_TO_OFFER;
            case HALF_UPGRADED -> HALF_UPGRADED;
            case UNFIT -> INCOMPLETE;
            case USAGE -> USAGE;
        };
    }
}
