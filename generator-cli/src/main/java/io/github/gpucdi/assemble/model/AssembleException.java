package io.github.gpucdi.assemble.model;

/** There is no spec to write. */
public final class AssembleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there is none. */
    public enum Reason {
        /** There is no driver, it is not loaded, or it reports no GPU. */
        GONE,
        /** There is a driver and nothing that can be offered, for now or of what was asked for. */
        NOTHING_TO_OFFER,
        /** The driver, or what tells of it, fails: what there is to be offered is not known. */
        FAILING,
        /** The driver does not answer: whether there is a GPU is not known. */
        NO_ANSWER,
        /** The driver's files and its loaded kernel module are of different versions. */
        HALF_UPGRADED,
        /** An engine that the spec is for cannot read what the spec cannot do without. */
        UNFIT,
        /** The options cannot be met on this host, or contradict each other. */
        USAGE;

        /** Whether the host has nothing of the kind, which is an answer. */
        public boolean isNothing() {
            return this == GONE || this == NOTHING_TO_OFFER;
        }
    }

    private final Reason reason;
    private final String hint;

    public AssembleException(Reason reason, String what, String hint) {
        this(reason, what, hint, null);
    }

    /** With what only whoever debugs wants to know. */
    public AssembleException(Reason reason, String what, String hint, Throwable cause) {
        super(what, cause);
        this.reason = reason;
        this.hint = hint;
    }

    public Reason reason() {
        return reason;
    }

    /** What to do, one line. */
    public String hint() {
        return hint;
    }
}
