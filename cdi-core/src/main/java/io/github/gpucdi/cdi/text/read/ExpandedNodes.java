package io.github.gpucdi.cdi.text.read;

/** Counts the nodes of a document, those behind an alias again at each alias. */
final class ExpandedNodes {
    /** Beyond this we do not judge. */
    static final long LIMIT = 3_000_000;

    /** Up to this count loaders allow the larger share of aliases, */
    private static final double FEW = 400_000;
    /** from this on the smaller, between them in proportion. */
    private static final double MANY = 4_000_000;

    private static final double LARGER_SHARE = 0.99;
    private static final double SMALLER_SHARE = 0.10;

    // The document itself is the first.
    private long all = 1;
    private long behindAliases;

    void node() {
        all++;
    }

    void alias(long nodes) {
        all += nodes;
        behindAliases += nodes;
    }

    long count() {
        return all;
    }

    boolean isBeyondLimit() {
        return all > LIMIT;
    }

    /** Whether loaders refuse the document as an attack: too large a share of its nodes stands behind aliases. */
    boolean isExcessive() {
        if (behindAliases <= 100 || all <= 1_000) {
            return false;
        }
        double beyondFew = Math.max(0, (all - FEW) / (MANY - FEW));
        double allowed = LARGER_SHARE - (LARGER_SHARE - SMALLER_SHARE) * beyondFew;
        return (double) behindAliases / all > allowed;
    }
}
