package io.github.gpucdi.generate;

import java.util.Optional;

/** How long the parts of a run take, for whoever debugs it. A replay tells nothing: it says the same each time. */
public final class PartTimes {
    /** The part that all have that look at a host. */
    public static final String LOOKING = "looking at the host";

    private final boolean told;
    private long begun = System.nanoTime();

    /**
     * The first part begins.
     *
     * @param source where the run has its facts from
     */
    public PartTimes(FactSource source) {
        told = source instanceof FactSource.Machine;
    }

    /** A part ends, and the next begins; what is to be said of the one that ends, as a line. */
    public Optional<String> ended(String part) {
        long now = System.nanoTime();
        String line = "time of " + part + ": " + (now - begun) / 1000 + " us";
        begun = now;
        return told ? Optional.of(line) : Optional.empty();
    }
}
